//! Prism from the same descriptions, for comparison.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Outcome;
use crate::connection::Connection;
use crate::face::Face;
use crate::figures::Figures;
use crate::sample::rates;

/// How long it has to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prints how soon and how fast it answers, and what that is to the answers a second that the sandbox gives by v1 and by v3.
pub(crate) fn measure(
    program: &Path,
    folder: &Path,
    ours: [f64; 2],
    figures: &mut Figures,
) -> Outcome<()> {
    // It takes any token.
    let faces = [Face::v1(), Face::v3_with("token")];
    for (face, ours) in faces.iter().zip(ours) {
        let document = folder.join(format!("{}.json", face.name));
        std::fs::write(&document, described(face.name)?)?;
        let theirs = measure_face(program, face, &document)?;
        let what = format!("GET {}, Prism's answers as times ours", face.small);
        figures.promise(what, theirs / ours, 0.1, "");
    }
    Ok(())
}

/// The description of a version without the parameters that Prism ends at when it is asked for anything: ranges, which are
/// objects between pipes.
fn described(version: &str) -> Outcome<String> {
    let described = harvest_spec::document(version).ok_or("there is no such version")?;
    let mut document: Value = serde_json::from_str(described.json)?;
    let shared = document["components"]["parameters"].clone();
    let items = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in items {
        for operation in item.as_object_mut().into_iter().flatten() {
            if let Some(Value::Array(parameters)) = operation.1.get_mut("parameters") {
                parameters.retain(|it| !is_a_range(it, &shared));
            }
        }
    }
    Ok(document.to_string())
}

fn is_a_range(parameter: &Value, shared: &Value) -> bool {
    let name = parameter["$ref"]
        .as_str()
        .and_then(|it| it.rsplit('/').next());
    let parameter = name.map_or(parameter, |name| &shared[name]);
    parameter["style"] == "pipeDelimited"
}

/// How many answers it gives a second by one version.
fn measure_face(program: &Path, face: &Face, document: &Path) -> Outcome<f64> {
    // Free a moment ago; it can't be made to look for one itself.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = format!("127.0.0.1:{port}");
    let began = Instant::now();
    let mut child = Command::new(program)
        .arg("mock")
        .arg(document)
        .args(["--port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let measured = answers(&address, face, began);
    child.kill()?;
    child.wait()?;
    let (start, answers) = measured?;
    println!(
        "Prism: {start:.2} s from start to first answer, {answers:.0} answers a second to GET {}",
        face.small
    );
    Ok(answers)
}

fn answers(address: &str, face: &Face, began: Instant) -> Outcome<(f64, f64)> {
    loop {
        let asked = Connection::open(address, &face.authorization);
        let asked = asked.and_then(|mut it| it.get(&face.small));
        match asked {
            Ok(()) => break,
            Err(error) if began.elapsed() > PATIENCE => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    let start = began.elapsed().as_secs_f64();
    let [answers] = rates([(address, face)])?;
    Ok((start, answers))
}
