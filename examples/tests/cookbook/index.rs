//! The lists of recipes, in `README.md` and `Cargo.toml`, against the files.

use std::fs;

/// The folders, each with what the names of its programs begin with.
const FOLDERS: [(&str, &str); 3] = [("v3", "v3_"), ("v1", ""), ("webhooks", "webhooks_")];

pub fn read(name: &str) -> String {
    // cargo runs a test in the folder of its package.
    fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The first comment of a program, in one line.
pub fn head(program: &str) -> String {
    let lines = program.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The recipes of a folder: name and text. The smallest program of v1 is none.
pub fn recipes(folder: &str) -> Vec<(String, String)> {
    let mut recipes: Vec<_> = programs(folder)
        .into_iter()
        .filter(|(name, _)| (folder, name.as_str()) != ("v1", "list_users"))
        .collect();
    recipes.sort();
    recipes
}

fn programs(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = files.map(|file| file.file_name().into_string().unwrap());
    names
        .map(|file| {
            let name = file.strip_suffix(".rs").expect("a program").to_owned();
            (name, read(&format!("{folder}/{file}")))
        })
        .collect()
}

#[test]
fn each_recipe_handles_its_errors() {
    for (folder, _) in FOLDERS {
        for (name, program) in recipes(folder) {
            assert!(program.contains("pub async fn run("), "{folder} {name}");
            for excuse in [".unwrap()", ".expect(", "panic!", "todo!", "#[allow"] {
                assert!(!program.contains(excuse), "{folder} {name} has {excuse}");
            }
        }
    }
}

#[test]
fn each_recipe_says_how_to_run_it() {
    for (folder, prefix) in FOLDERS {
        for (name, program) in recipes(folder) {
            let head = head(&program);
            let command = format!("cargo run --example {prefix}{name}");
            assert!(head.contains(&command), "{folder} {name}: {head}");
        }
    }
}

#[test]
fn every_program_is_listed() {
    let (readme, manifest) = (read("README.md"), read("Cargo.toml"));
    let mut listed = 0;
    for (folder, prefix) in FOLDERS {
        for (name, _) in programs(folder) {
            let file = format!("{folder}/{name}.rs");
            assert!(
                readme.contains(&format!("[`{prefix}{name}`]({file})")),
                "README.md does not list {file}"
            );
            assert!(
                manifest.contains(&format!("name = \"{prefix}{name}\"\npath = \"{file}\"")),
                "Cargo.toml does not have {file}"
            );
            listed += 1;
        }
    }
    assert_eq!(readme.matches(".rs) |").count(), listed);
    assert_eq!(manifest.matches("[[example]]").count(), listed);
}
