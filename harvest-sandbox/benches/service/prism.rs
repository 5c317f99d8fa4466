//! Prism from the same description, for comparison.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::connection::Connection;
use crate::face::Face;
use crate::sample::per_second;

/// How long it has to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prints how soon and how fast it answers.
pub(crate) fn measure(program: &Path) -> Outcome<()> {
    // cargo runs a benchmark in the folder of its package.
    let document = "../harvest-spec/dist/v1.json";
    // Free a moment ago; it can't be made to look for one itself.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = format!("127.0.0.1:{port}");
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(["mock", document, "--port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let measured = answers(&address, began);
    child.kill()?;
    child.wait()?;
    let (start, answers) = measured?;
    println!(
        "Prism: {start:.2} s from start to first answer, {answers:.0} answers a second to GET {}",
        Face::v1().small
    );
    Ok(())
}

fn answers(address: &str, began: Instant) -> Outcome<(f64, f64)> {
    let v1 = Face::v1();
    loop {
        let asked = Connection::open(address, &v1.authorization);
        let asked = asked.and_then(|mut it| it.get(&v1.small));
        match asked {
            Ok(()) => break,
            Err(error) if began.elapsed() > PATIENCE => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    let start = began.elapsed().as_secs_f64();
    Ok((start, per_second(address, &v1)?))
}
