//! Counts of schemathesis' report.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::Error;

/// What was tried on a version, and what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// How many operations are described.
    pub described: usize,
    /// How many of them are tried.
    pub operations: usize,
    /// How many requests were made up.
    pub requests: u64,
    /// The operations of which at least one request succeeded.
    pub reached: BTreeSet<String>,
    /// How many answers, or kinds of answers, are not what the description says.
    pub findings: u64,
    /// How long it took.
    pub seconds: f64,
}

impl Counts {
    /// Adds what was tried at the same time.
    pub fn add(&mut self, other: Self) {
        self.described = self.described.max(other.described);
        self.operations = self.operations.max(other.operations);
        self.requests += other.requests;
        self.reached.extend(other.reached);
        self.findings += other.findings;
        self.seconds = self.seconds.max(other.seconds);
    }

    /// Reads the report in JSON.
    ///
    /// # Errors
    ///
    /// If it counts something else.
    pub fn read(report: &Value) -> Result<Self, Error> {
        let number = |path: &str| {
            let value = report.pointer(path).and_then(Value::as_u64);
            value.ok_or_else(|| Error::Document(format!("the report has no {path}")))
        };
        let count = |path: &str| number(path).map(|it| usize::try_from(it).unwrap_or(usize::MAX));
        let operations = number("/operations/selected")?;
        let untested = operations.saturating_sub(number("/operations/tested")?);
        let rates = report["valid_rates"].as_object().into_iter().flatten();
        let succeeded = |phases: &Value| {
            let mut phases = phases.as_object().into_iter().flatten();
            phases.any(|(_, rates)| rates["accepted"].as_u64() > Some(0))
        };
        Ok(Self {
            described: count("/operations/total")?,
            operations: count("/operations/selected")?,
            requests: number("/test_cases/generated")?,
            reached: rates
                .filter(|(_, phases)| succeeded(phases))
                .map(|(operation, _)| operation.clone())
                .collect(),
            // An operation that was not tested was not found right.
            findings: number("/test_cases/with_failures")?
                + number("/test_cases/errored")?
                + untested,
            seconds: report["running_time"].as_f64().unwrap_or_default(),
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} operations, {} of them with a success, {} requests, {} findings, {:.0} s",
            self.operations,
            self.described,
            self.reached.len(),
            self.requests,
            self.findings,
            self.seconds
        )
    }
}
