//! Connections and arguments for the programs in the folders beside this one: see `README.md`.
//!
//! A program of your own needs none of this: `Client::from_env()?` of a version is its connection.

pub mod v1;
pub mod v3;

use std::env;
use std::error::Error;
use std::io::{self, BufRead as _};
use std::str::FromStr;

use anyhow::{Context as _, Result};

/// The argument at this place of the command line. What it is stands in the error, and its text does not: it can be about
/// a person.
///
/// # Errors
///
/// If it is missing, or is not what it should be.
pub fn argument<T>(place: usize, what: &str) -> Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text = env::args().nth(place);
    let text = text.with_context(|| format!("argument {place} is missing: {what}"))?;
    text.parse()
        .with_context(|| format!("argument {place} is not {what}"))
}

/// The ids on the standard input, one a line. Empty lines are left out.
///
/// # Errors
///
/// If a line is no id: its number.
pub fn ids<T>() -> Result<Vec<T>>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let mut ids = Vec::new();
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        let line = line.trim();
        if !line.is_empty() {
            let id = line.parse();
            ids.push(id.with_context(|| format!("line {} is not an id", number + 1))?);
        }
    }
    Ok(ids)
}
