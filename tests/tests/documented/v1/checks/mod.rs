//! Comparisons of the description of v1 with the documentation.

mod any_json;
mod examples;
mod objects;
mod operations;
mod parameters;

pub use any_json::any_json;
pub use examples::examples;
pub use objects::objects;
pub use operations::operations;
pub use parameters::parameters;

use crate::described::Described;
use crate::report::Report;
use crate::v1::facts::Facts;

/// Makes every comparison.
pub fn all(facts: &Facts, described: &Described) -> Report {
    let mut report = Report::default();
    operations(facts, described, &mut report);
    parameters(facts, described, &mut report);
    examples(facts, described, &mut report);
    objects(facts, described, &mut report);
    report
}

/// That every documented value is among the described ones. A property without listed values takes all.
fn covered(described: Option<&[&str]>, documented: &[&str]) -> Result<(), String> {
    let Some(described) = described else {
        return Err("no values are described".to_owned());
    };
    let missing: Vec<_> = documented
        .iter()
        .filter(|value| !described.contains(value))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("{missing:?} not among the described values"))
    }
}
