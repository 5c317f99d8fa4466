//! Figures of single steps: `cargo bench -p harvest-benches --features in-process`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use harvest_benches::{people, record};
use harvest_generated::v1::types::Candidate;
use harvest_runtime::reqwest::Url;
use harvest_runtime::reqwest::header::{HeaderMap, HeaderValue, LINK};
use harvest_runtime::{Limiter, StatusCode, decode};
use serde_json::Value;

const RECORDS: usize = 500;

/// A page of candidates, as bytes.
fn page(change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut page: Vec<Value> = (0..RECORDS)
        .map(|number| serde_json::from_slice(&people::json(number)).expect("JSON"))
        .collect();
    page.iter_mut().for_each(change);
    serde_json::to_vec(&page).expect("plain data")
}

fn decoding(criterion: &mut Criterion) {
    let whole = page(|_| ());
    let without_custom_fields = page(|candidate| {
        candidate["custom_fields"] = Value::Null;
        candidate["keyed_custom_fields"] = Value::Null;
    });
    let mut group = criterion.benchmark_group("a page of 500 candidates");
    for (name, page) in [
        ("", &whole),
        (", without custom fields", &without_custom_fields),
    ] {
        group.throughput(Throughput::Bytes(page.len() as u64));
        group.bench_function(format!("models{name}"), |bencher| {
            bencher.iter(|| decode::json::<Vec<Candidate>>(StatusCode::OK, black_box(page)));
        });
    }
    group.throughput(Throughput::Bytes(whole.len() as u64));
    group.bench_function("structs by hand", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Vec<record::Candidate>>(black_box(&whole)));
    });
    let models: Vec<Candidate> = serde_json::from_slice(&whole).expect("candidates");
    group.bench_function("models, written back", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&models)));
    });
    group.finish();
}

fn links(criterion: &mut Criterion) {
    let url: Url = "https://harvest.example.com/v1/candidates?page=3&per_page=500"
        .parse()
        .expect("a URL");
    let link = [("next", 4), ("prev", 2), ("last", 40)]
        .map(|(rel, page)| {
            format!(
                "<https://harvest.example.com/v1/candidates?page={page}&per_page=500>; \
                 rel=\"{rel}\""
            )
        })
        .join(",");
    let mut headers = HeaderMap::new();
    headers.insert(LINK, HeaderValue::from_str(&link).expect("a header"));
    criterion.bench_function("Link with next, prev and last", |bencher| {
        bencher.iter(|| harvest_runtime::__bench::links(black_box(&headers), &url));
    });
}

fn turns(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut answer = HeaderMap::new();
    answer.insert("x-ratelimit-limit", HeaderValue::from_static("1000000000"));
    answer.insert(
        "x-ratelimit-remaining",
        HeaderValue::from_static("999999999"),
    );
    let limiter = Limiter::starting_with(1_000_000_000, Duration::from_millis(1));
    criterion.bench_function("a turn under the limit, and its answer", |bencher| {
        bencher.iter(|| runtime.block_on(harvest_runtime::__bench::turn(&limiter, &answer)));
    });
}

criterion_group!(benches, decoding, links, turns);
criterion_main!(benches);
