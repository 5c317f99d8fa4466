//! What `bench-compile` makes of its measurements, and the rustc that it watches. The measuring itself takes minutes
//! and says something only on a quiet machine, so no test does it.

use std::path::Path;
use std::process::Command;

use xtask::bench::{Case, Measured, Sample, budgets, report, rustc};

fn measured(case: Case, seconds: &[f64], mebibytes: Option<f64>) -> Measured {
    let sample = |seconds: &f64| Sample {
        seconds: *seconds,
        mebibytes,
    };
    Measured {
        case,
        samples: seconds.iter().map(sample).collect(),
    }
}

/// Each case just within its budget.
fn within() -> Vec<Measured> {
    vec![
        measured(Case::Full, &[5.0, 4.0, 9.0], Some(650.0)),
        measured(Case::Progenitor, &[7.0, 6.0, 6.8], Some(900.0)),
        measured(Case::Users, &[1.2], Some(100.0)),
        measured(Case::Candidates, &[2.0], Some(100.0)),
        measured(Case::Regen, &[0.8, 1.2], None),
        measured(Case::FirstAwsLc, &[83.0], None),
        measured(Case::FirstRing, &[47.0], None),
    ]
}

fn broken(measured: &[Measured]) -> Vec<&'static str> {
    budgets(measured)
        .into_iter()
        .filter(xtask::bench::Budget::broken)
        .map(|b| b.promise)
        .collect()
}

#[test]
fn budgets_hold_up_to_their_bounds() {
    assert_eq!(broken(&within()), Vec::<&str>::new());
}

#[test]
fn each_budget_can_be_broken() {
    let with = |index: usize, other: Measured| {
        let mut all = within();
        all[index] = other;
        all
    };
    let slow = with(0, measured(Case::Full, &[5.1], Some(650.0)));
    assert_eq!(broken(&slow), ["(a) at most 5.0 s"]);
    let large = with(0, measured(Case::Full, &[5.0], Some(651.0)));
    assert_eq!(broken(&large), ["(a) at most 650 MiB"]);
    let near = with(1, measured(Case::Progenitor, &[6.6], None));
    assert_eq!(broken(&near), ["(a) at most 0.75 of the time of (b)"]);
    let users = with(2, measured(Case::Users, &[1.3], None));
    assert_eq!(broken(&users), ["(c) users: at most 1.2 s"]);
    let regen = with(4, measured(Case::Regen, &[1.1], None));
    assert_eq!(broken(&regen), ["(d) at most 1.0 s"]);
}

#[test]
fn what_cannot_be_measured_breaks_nothing_and_says_so() {
    let mut all = within();
    all[0] = measured(Case::Full, &[4.0], None);
    let budgets = budgets(&all);
    assert!(budgets.iter().all(|b| !b.broken()));
    let text = report(&all, &budgets);
    let line = text
        .lines()
        .find(|l| l.starts_with("(a) at most 650 MiB"))
        .unwrap();
    assert!(line.ends_with("n/a"), "{line}");
}

#[test]
fn the_report_has_medians_and_extremes_side_by_side() {
    let all = within();
    let text = report(&all, &budgets(&all));
    assert!(
        text.starts_with("medians (least..most) of 3 runs\n"),
        "{text}"
    );
    let line = |case: Case| {
        text.lines()
            .find(|l| l.starts_with(&case.to_string()))
            .unwrap()
            .to_owned()
    };
    assert!(line(Case::Full).contains(" 5.00 (4.00..9.00) "), "{text}");
    assert!(line(Case::Full).contains(" 650 (650..650)"), "{text}");
    // An even number of runs: between the two in the middle.
    assert!(line(Case::Regen).contains(" 1.00 (0.80..1.20) "), "{text}");
    assert!(line(Case::Regen).ends_with("n/a"), "{text}");
}

/// Runs this program as cargo would run it in place of rustc, and returns its exit code.
fn wrapped(folder: &Path, watched: &str, source: &str) -> (Option<i32>, Option<Sample>) {
    let (file, record) = (folder.join("probe.rs"), folder.join("record.txt"));
    std::fs::write(&file, source).unwrap();
    let _ = std::fs::remove_file(&record);
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg(rustc)
        .args([
            "--crate-name",
            "probe",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "--out-dir",
        ])
        .arg(folder)
        .arg(&file)
        .env(rustc::RECORD, &record)
        .env(rustc::CRATE, watched)
        .output()
        .unwrap()
        .status;
    (
        status.code(),
        std::fs::read_to_string(record)
            .ok()
            .and_then(|text| rustc::read(&text)),
    )
}

#[test]
fn the_rustc_of_one_crate_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let (code, sample) = wrapped(folder.path(), "probe", "pub fn nothing() {}");
    assert_eq!(code, Some(0));
    let sample = sample.unwrap();
    assert!(sample.seconds > 0.0);
    if cfg!(target_os = "linux") {
        // A rustc needs more than this to start at all.
        assert!(sample.mebibytes.unwrap() > 5.0, "{sample:?}");
    }
    assert_eq!(
        wrapped(folder.path(), "another", "pub fn nothing() {}"),
        (Some(0), None)
    );
}

#[test]
fn a_failure_of_rustc_is_passed_on_and_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(wrapped(folder.path(), "probe", "pub fn"), (Some(1), None));
    assert_eq!(wrapped(folder.path(), "another", "pub fn"), (Some(1), None));
}
