//! Faults, the clock and snapshots, for those who test against the sandbox. There only with `--control`.

use std::time::Duration;

use askama::Template;

use crate::clock::{moment, stamp};
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::http::fault::Fault;
use crate::http::refusal::{Outcome, worded};
use crate::refusal::{Refusal, broken};

const PATH: &str = "/configure/dev_center/controls";

/// Faults that are switched on and off: the name in the form, words, and the script.
const PRESETS: &[(&str, &str, &str)] = &[
    (
        "unavailable",
        "Every request is answered with 503",
        r#"{"effect": {"status": 503}}"#,
    ),
    (
        "every_third",
        "Every third request is answered with 502",
        r#"{"effect": {"status": 502}, "which": {"every": 3}}"#,
    ),
    (
        "limited",
        "Every fifth request is refused with 429 and Retry-After: 1",
        r#"{"effect": {"retry_after": {"status": 429, "wait_ms": 1000}}, "which": {"every": 5}}"#,
    ),
    (
        "slow",
        "Every answer takes 2 seconds longer",
        r#"{"effect": {"latency_ms": 2000}}"#,
    ),
    (
        "reset",
        "Every fourth connection is reset after the request was acted on",
        r#"{"effect": "reset", "which": {"every": 4}, "after_acting": true}"#,
    ),
    (
        "html",
        "Every third answer is a page for people",
        r#"{"effect": {"html": 502}, "which": {"every": 3}}"#,
    ),
    (
        "truncated",
        "Every third answer breaks off",
        r#"{"effect": "truncated_body", "which": {"every": 3}}"#,
    ),
    (
        "next",
        "Lists link to themselves as their next page",
        r#"{"effect": "next_itself"}"#,
    ),
];
/// The longest script of a fault that is shown, in characters.
const LONGEST: usize = 400;

#[derive(Template)]
#[template(path = "controls.html")]
struct Controls<'a> {
    frame: Frame,
    /// False if they were not switched on.
    has_control: bool,
    presets: Vec<Preset>,
    /// Other faults, as scripts.
    others: Vec<String>,
    script: &'a str,
    problem: Option<String>,
    now: String,
    is_frozen: bool,
    snapshots: Vec<String>,
}

struct Preset {
    name: &'static str,
    words: &'static str,
    is_on: bool,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    shown(visit, "", None)
}

fn shown(visit: &Visit<'_>, script: &str, problem: Option<String>) -> Outcome {
    let control = visit.control;
    let all = control.faults.all();
    let known = PRESETS.iter().map(|(name, words, script)| {
        let fault = parsed(script)?;
        let is_on = all.contains(&fault);
        Ok((Preset { name, words, is_on }, fault))
    });
    let known = known.collect::<Outcome<Vec<_>>>()?;
    let others = all
        .iter()
        .filter(|it| known.iter().all(|(_, fault)| fault != *it));
    let others = others.map(|it| serde_json::to_string(it).unwrap_or_default());
    let others = others
        .map(|it| it.chars().take(LONGEST).collect())
        .collect();
    let clock = control.clock();
    page(&Controls {
        frame: Frame::new(visit, "Faults, clock and snapshots", Section::DevCenter)?,
        has_control: visit.site.welcome.has_control,
        others,
        presets: known.into_iter().map(|(preset, _)| preset).collect(),
        script,
        problem,
        now: stamp(clock.now().into()),
        is_frozen: clock.is_frozen(),
        snapshots: control.snapshots()?,
    })
}

/// Turns a switch.
pub(in crate::dev_center) fn switch(visit: &Visit<'_>) -> Outcome {
    if !visit.site.welcome.has_control {
        return Err(Refusal::forbidden(
            "Nothing is controlled here. Start the sandbox with --control.",
        ));
    }
    let control = visit.control;
    let (clock, name) = (control.clock(), visit.field("name"));
    let notice = match visit.field("switch") {
        "fault" => toggle(visit, name)?,
        "add_fault" => {
            let script = visit.form.last("script").unwrap_or_default();
            match add(visit, script) {
                Ok(()) => "The fault is on.",
                Err(problem) => return shown(visit, script, Some(problem)),
            }
        }
        "clear_faults" => {
            control.faults.clear();
            "Nothing goes wrong any more."
        }
        "freeze" => {
            let at = visit.field("at");
            let at = match moment(at) {
                Some(at) => at.into(),
                None if at.is_empty() => clock.now(),
                None => {
                    return Err(Refusal::field(
                        "at",
                        worded("Is not a time like 2026-06-01T12:00:00Z"),
                    ));
                }
            };
            clock.freeze(at)?;
            "The clock stands still."
        }
        "run" => {
            clock.unfreeze()?;
            "The clock runs."
        }
        "advance" => {
            let seconds = visit.field("seconds").parse().unwrap_or_default();
            clock.advance(Duration::from_secs(seconds))?;
            "The clock was set forward."
        }
        "keep" => {
            control.snapshot(name)?;
            "The snapshot is kept."
        }
        "restore" => {
            control.restore(name)?;
            "The records are again those of the snapshot."
        }
        "drop" => {
            control.forget_snapshot(name)?;
            "The snapshot is dropped."
        }
        _ => return Err(Refusal::not_found()),
    };
    visit.done(PATH, notice)
}

fn toggle(visit: &Visit<'_>, name: &str) -> Outcome<&'static str> {
    let preset = PRESETS.iter().find(|(known, ..)| *known == name);
    let (.., script) = preset.ok_or_else(Refusal::not_found)?;
    let (fault, faults) = (parsed(script)?, &visit.control.faults);
    let mut all = faults.all();
    let before = all.len();
    all.retain(|it| *it != fault);
    if all.len() < before {
        faults.replace(&all);
        return Ok("The fault is off.");
    }
    faults.add(fault).map_err(broken)?;
    Ok("The fault is on.")
}

fn add(visit: &Visit<'_>, script: &str) -> Result<(), String> {
    let fault: Fault = serde_json::from_str(script).map_err(|error| error.to_string())?;
    let added = visit.control.faults.add(fault);
    added.map_err(|error| error.to_string())
}

fn parsed(script: &str) -> Outcome<Fault> {
    serde_json::from_str(script).map_err(|error| broken(format!("a fault: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_faults() {
        for (name, _, script) in PRESETS {
            assert!(parsed(script).is_ok(), "{name}");
        }
    }
}
