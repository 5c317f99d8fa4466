//! Whether people who can't see, or can't use a mouse, are left out.

use serde_json::Value;

use crate::chromium::Chromium;

/// Checks the page that is open, in which axe must find no violation. The viewer of the API reference is not ours to fix.
pub async fn check(chromium: &Chromium, page: &str) {
    chromium
        .client
        .execute(&chromium.axe, Vec::new())
        .await
        .unwrap();
    let run = "const done = arguments[arguments.length - 1];
               axe.run({exclude: ['.viewer']}).then(
                 (found) => done(found.violations.map((it) =>
                   it.id + ': ' + it.help + ': ' + it.nodes.map((node) => node.html).join(' | '))),
                 (error) => done([String(error)]));";
    let violations = chromium
        .client
        .execute_async(run, Vec::new())
        .await
        .unwrap();
    assert_eq!(
        violations,
        Value::Array(Vec::new()),
        "{page}: {violations:#}"
    );
}
