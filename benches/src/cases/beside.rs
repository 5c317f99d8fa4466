//! Programs of others on the list that is exported: dlt of v3, and Airbyte's connector of v1.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::{Scale, Shown, complete};
use crate::process::{Server, measured};
use crate::report::Row;
use crate::service::Version;

/// Their name, the version that they read, and the program that runs them.
const OTHERS: [(&str, Version, &str); 2] = [
    (
        "dlt to JSON lines",
        Version::V3,
        include_str!("../../beside/dlt_candidates.py"),
    ),
    (
        "airbyte-source-greenhouse",
        Version::V1,
        include_str!("../../beside/airbyte_candidates.py"),
    ),
];

/// Runs each as often as the exports, with a Python that has them. What they take is not judged.
///
/// # Errors
///
/// If a process does not run to its end.
pub fn beside(
    scale: &Scale,
    python: &Path,
    mut tell: impl FnMut(Shown),
) -> Result<(), Box<dyn Error>> {
    for (name, version, program) in OTHERS {
        let server = Server::start(&scale.exported(version, scale.records))?;
        let mut runs = Vec::new();
        for _ in 0..scale.rounds {
            let folder = tempfile::tempdir()?;
            let mut command = Command::new(python);
            command
                .args(["-c", program, &server.url])
                .arg(folder.path());
            runs.push(measured(command)?);
        }
        server.stop()?;
        tell(Shown {
            claims: vec![complete(name, scale.records, &runs)],
            rows: vec![Row::new(
                format!("{name}, {} of {}", scale.records, version.name()),
                runs,
            )],
        });
    }
    Ok(())
}
