//! Lines of the documents that call the program: each is understood, and those that need no account are run.

use std::fs;

use super::{Program, code, stderr};

/// The documents, and whether commands within their sentences count: those of the reference are names of chapters.
const DOCUMENTS: [(&str, bool); 3] = [
    ("../README.md", true),
    ("../docs/export.md", true),
    ("../docs/cli.md", false),
];
const CALLS: [&str; 2] = ["harvest ", "cargo run -p harvest-cli -- "];
/// What ends a command in a line: a comment, or what a shell does with it.
const ENDS: [&str; 5] = ["  ", " #", " > ", " | ", " && "];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The arguments of a text that calls the program.
fn arguments(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let called = CALLS.iter().find_map(|call| text.strip_prefix(call))?;
    let ends = ENDS.iter().filter_map(|end| called.find(end));
    let called = &called[..ends.min().unwrap_or(called.len())];
    // What stands for something else is no command yet.
    if called.contains(['[', '<']) && !called.contains('\'') {
        return None;
    }
    let mut arguments = Vec::new();
    for (at, part) in called.split('\'').enumerate() {
        if at % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(plain));
        }
    }
    // `title='Field lead'` is one argument.
    let mut joined: Vec<String> = Vec::new();
    for argument in arguments {
        match joined.last_mut() {
            Some(last) if last.ends_with('=') => last.push_str(&argument),
            _ => joined.push(argument),
        }
    }
    Some(joined)
}

/// A word, with a number in the place of a name for something.
fn plain(word: &str) -> String {
    let is_name = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    if is_name && !METHODS.contains(&word) {
        "1".to_owned()
    } else {
        word.to_owned()
    }
}

/// All commands, each with the document that has it.
fn commands() -> Vec<(&'static str, Vec<String>)> {
    let mut commands = Vec::new();
    for (path, has_sentences) in DOCUMENTS {
        let text = fs::read_to_string(path).expect("a document");
        let mut sentences = String::new();
        let mut is_code = false;
        for line in text.lines() {
            if line.starts_with("```") {
                is_code = !is_code;
            } else if is_code {
                commands.extend(arguments(line).map(|it| (path, it)));
            } else {
                sentences.push_str(line);
                sentences.push(' ');
            }
        }
        if has_sentences {
            let spans = sentences.split('`').skip(1).step_by(2);
            commands.extend(spans.filter_map(arguments).map(|it| (path, it)));
        }
    }
    commands
}

#[test]
fn every_command_of_the_documents_is_understood() {
    let program = Program::new();
    let commands = commands();
    for (path, arguments) in &commands {
        let mut all: Vec<_> = arguments.iter().map(String::as_str).collect();
        all.push("--help");
        let output = program.run(&all);
        assert_eq!(
            code(&output),
            0,
            "{path}: {arguments:?}: {}",
            stderr(&output)
        );
    }
    for (path, _) in DOCUMENTS {
        let found = commands.iter().filter(|(of, _)| *of == path).count();
        assert!(found > 1, "{path} has {found}");
    }
}

/// What a command takes beside its arguments to be run without an account; none if it is not run.
fn beside(arguments: &[&str]) -> Option<&'static [&'static str]> {
    // An object store takes an account of its own.
    if arguments.iter().any(|it| it.contains("://")) {
        return None;
    }
    match arguments {
        ["webhooks", ..]
        | ["--sandbox", "webhooks", ..]
        | ["migrate", "scan", "1"]
        | ["migrate", "scopes"] => None,
        ["--sandbox", ..]
        | ["export", "verify", "out"]
        | ["auth", "list" | "status"]
        | [.., "--help"] => Some(&[]),
        ["migrate", ..] if !arguments.contains(&"--input") => Some(&[]),
        ["api", path, ..] if path.starts_with('/') => Some(&["--sandbox"]),
        ["doctor"] | ["import", .., "--dry-run"] | [_, "list", ..] => Some(&["--sandbox"]),
        // As short as possible: tests of exports read them all.
        ["export", "--to", to, ..] if *to != "1" && arguments.contains(&"--streams") => {
            Some(&["--sandbox"])
        }
        ["export", "--to", to, ..] if *to != "1" => {
            Some(&["--sandbox", "--streams", "users,candidates"])
        }
        _ => None,
    }
}

#[test]
fn commands_that_need_no_account_are_run() {
    let program = Program::new();
    let folder = program.0.path();
    let within = |name: &str, text: &str| fs::write(folder.join(name), text).expect("written");
    within("people.csv", "first_name,last_name\nRui,Pires\n");
    fs::create_dir(folder.join("src")).expect("a folder");
    within(
        "src/call.py",
        "GET = 'https://harvest.greenhouse.io/v1/candidates'\n",
    );
    let mut count = 0;
    for (path, arguments) in commands() {
        let mut all: Vec<_> = arguments.iter().map(String::as_str).collect();
        let Some(beside) = beside(&all) else {
            continue;
        };
        if all.starts_with(&["export", "--to", "out"]) {
            let _ = fs::remove_dir_all(folder.join("out"));
        }
        // Those of one sandbox have other ids than those of the next, so each export is a new one.
        all.extend(beside);
        let output = program.command(&all).current_dir(folder).output();
        let output = output.expect("it runs");
        let found_something = all.starts_with(&["migrate", "scan"]);
        let expected = if found_something { 8 } else { 0 };
        assert_eq!(
            code(&output),
            expected,
            "{path}: {all:?}: {}",
            stderr(&output)
        );
        count += 1;
    }
    assert!(count >= 20, "only {count} were run");
}
