//! The parser of `Link` headers: one header a line.

use harvest_runtime::Links;
use harvest_runtime::reqwest::Url;
use harvest_runtime::reqwest::header::{HeaderMap, HeaderValue, LINK};

/// Pages by number, and by cursor.
const PAGES: [&str; 2] = [
    "https://harvest.example.com/v1/candidates?per_page=2&page=3",
    "https://harvest.example.com/v3/candidates?cursor=bm8tcGFnZS1pbi1oZXJl",
];

/// What is read is a URL, and is not printed.
///
/// # Panics
///
/// If that does not hold.
pub fn run(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(LINK, value);
        }
    }
    for page in PAGES {
        read(&headers, &Url::parse(page).expect("a URL"));
    }
}

fn read(headers: &HeaderMap, page: &Url) {
    let links = Links::read(headers, page);
    for url in [links.next(), links.prev(), links.last()]
        .into_iter()
        .flatten()
    {
        assert!(Url::parse(url.as_str()).is_ok(), "{url}");
    }
    let printed = format!("{links:?}");
    assert!(
        !printed.contains(':') || !printed.contains('/'),
        "{printed}"
    );
}

pub fn seeds() -> Vec<Vec<u8>> {
    [
        r#"<https://harvest.example.com/v1/candidates?page=4&per_page=2>; rel="next""#,
        concat!(
            r#"<https://h.example/v1/users?page=2>; "#,
            r#"rel="next",<https://h.example/v1/users?page=9>; rel="last""#
        ),
        concat!(
            r#"<https://harvest.example.com/v3/candidates?cursor=bm8tcGFnZS1pbi1oZXJlNA%3D%3D>; "#,
            r#"rel="next""#
        ),
        "<?cursor=bm8=&cursor=dHdv>; rel=next, </v3/candidates?cursor=>; rel=next",
        "<?page=2>; rel=next\n</v1/users?page=1>; rel=prev",
        r#"<a,b;c>; title="x\"y<z>, \\"; rel="last next"; anchor="/other", <b>;rel=prev"#,
        "<https://elsewhere.example/\u{e9}?a=%FF>; REL=\"NEXT\"; title*=UTF-8''%e2%82%ac",
        "<http://[::1]:99999/>; rel=next",
        "<>; rel=\"next\"; rel=\"prev\", <unclosed",
    ]
    .iter()
    .map(|seed| seed.as_bytes().to_vec())
    .collect()
}
