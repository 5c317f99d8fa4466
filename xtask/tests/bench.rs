//! Evaluation of measurements by `bench-compile`, and the rustc that it watches. The measuring itself takes minutes
//! and says something only on a quiet machine, so no test does it.

use std::path::Path;
use std::process::Command;

use xtask::bench::{Case, Measured, Sample, State, Tls, budgets, case, report, rustc};

fn versions(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

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

/// Two made-up versions, each case just within its budget.
fn within() -> Vec<Measured> {
    let both = || versions(&["a", "b"]);
    let alone = |name| versions(&[name]);
    vec![
        measured(Case::Generated(both()), &[6.0, 5.0, 9.0], Some(700.0)),
        measured(Case::Progenitor(both()), &[20.0, 19.0, 30.0], Some(1_400.0)),
        measured(Case::Generated(alone("a")), &[3.0], Some(300.0)),
        measured(Case::Progenitor(alone("a")), &[10.0], Some(600.0)),
        measured(Case::Generated(alone("b")), &[2.4], Some(400.0)),
        measured(Case::Progenitor(alone("b")), &[8.0], Some(800.0)),
        measured(Case::Resource("a".to_owned()), &[0.8], Some(100.0)),
        measured(Case::Resource("b".to_owned()), &[0.8], Some(100.0)),
        measured(Case::Regen, &[1.0, 2.0], None),
        measured(Case::FirstBuild(Tls::AwsLc), &[83.0], None),
        measured(Case::FirstBuild(Tls::Ring), &[47.0], None),
    ]
}

fn in_state(measured: &[Measured], state: State) -> Vec<String> {
    budgets(&versions(&["a", "b"]), measured)
        .into_iter()
        .filter(|budget| budget.state() == state)
        .map(|budget| budget.name)
        .collect()
}

/// Every budget of two versions, in the order of the table.
const BUDGETS: [&str; 9] = [
    "a + b: time of progenitor's",
    "a + b: memory of progenitor's",
    "a: time of progenitor's",
    "a: memory of progenitor's",
    "b: time of progenitor's",
    "b: memory of progenitor's",
    "users of a: time of progenitor's a + b",
    "users of b: time of progenitor's a + b",
    "regen: time of checking a + b",
];

#[test]
fn the_cases_follow_from_the_versions() {
    let cases: Vec<Case> = within().into_iter().map(|m| m.case).collect();
    assert_eq!(case::all(&versions(&["a", "b"])), cases);
    // One version alone is all of them.
    let one = case::all(&versions(&["c"]))
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>();
    assert_eq!(
        one,
        [
            "generated, c",
            "progenitor, c",
            "generated, users of c",
            "regen",
            "first build, rustls",
            "first build, rustls-ring",
        ]
    );
}

#[test]
fn budgets_hold_up_to_their_bounds() {
    assert_eq!(in_state(&within(), State::Ok), BUDGETS);
}

#[test]
fn each_budget_can_be_broken() {
    // By the place of a case, what it takes to be beyond, and the budgets that this breaks.
    let beyond: [(usize, f64, Option<f64>, &[usize]); 9] = [
        (0, 6.1, Some(700.0), &[0]),
        (0, 6.0, Some(701.0), &[1]),
        (2, 3.1, Some(300.0), &[2]),
        (2, 3.0, Some(301.0), &[3]),
        (5, 7.9, Some(800.0), &[4]),
        (5, 8.0, Some(799.0), &[5]),
        (6, 0.81, None, &[6]),
        (7, 0.81, None, &[7]),
        (8, 1.6, None, &[8]),
    ];
    for (place, seconds, mebibytes, broken) in beyond {
        let mut all = within();
        all[place].samples = vec![Sample { seconds, mebibytes }];
        let broken: Vec<&str> = broken.iter().map(|b| BUDGETS[*b]).collect();
        assert_eq!(in_state(&all, State::Broken), broken);
    }
    // A quicker progenitor breaks what is compared with it, and only that.
    let mut all = within();
    all[1].samples = vec![Sample {
        seconds: 19.0,
        mebibytes: Some(1_400.0),
    }];
    assert_eq!(
        in_state(&all, State::Broken),
        [BUDGETS[0], BUDGETS[6], BUDGETS[7]]
    );
}

#[test]
fn what_is_not_measured_breaks_nothing_and_says_so() {
    // A system that does not say how much memory a process had.
    let mut all = within();
    all[0] = measured(Case::Generated(versions(&["a", "b"])), &[6.0], None);
    assert_eq!(in_state(&all, State::Broken), Vec::<&str>::new());
    assert_eq!(in_state(&all, State::NotMeasured), [BUDGETS[1]]);
    // A case that was left out.
    all.remove(8);
    assert_eq!(in_state(&all, State::NotMeasured), [BUDGETS[1], BUDGETS[8]]);
    let text = report(&all, &budgets(&versions(&["a", "b"]), &all));
    let line = text.lines().find(|l| l.starts_with("regen: ")).unwrap();
    assert!(line.ends_with("n/a      0.25  not measured"), "{line}");
}

#[test]
fn the_report_has_cases_and_budgets_in_two_tables() {
    let mut all = within();
    all[8] = measured(Case::Regen, &[1.0, 3.0], None);
    let text = report(&all, &budgets(&versions(&["a", "b"]), &all));
    assert!(
        text.starts_with("medians (least..most) of 3 runs\n"),
        "{text}"
    );
    let line = |start: &str| text.lines().find(|l| l.starts_with(start)).unwrap();
    let both = line("generated, a + b");
    assert!(both.contains(" 6.00 (5.00..9.00) "), "{both}");
    assert!(both.contains(" 700 (700..700)"), "{both}");
    // An even number of runs: between the two in the middle.
    let regen = line("regen  ");
    assert!(regen.contains(" 2.00 (1.00..3.00) "), "{regen}");
    assert!(regen.ends_with("n/a"), "{regen}");
    let (_, table) = text.split_once("\nbudget ").unwrap();
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), BUDGETS.len());
    for (row, name) in rows.iter().zip(BUDGETS) {
        assert!(row.starts_with(name), "{row}");
    }
    assert!(rows[0].ends_with(" 0.300      0.30  OK"), "{}", rows[0]);
    assert!(rows[8].ends_with(" 0.333      0.25  BROKEN"), "{}", rows[8]);
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
