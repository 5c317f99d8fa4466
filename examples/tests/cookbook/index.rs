//! The list of recipes, for whoever looks for one.

use std::fs;

use harvest_generated::v1::operations::OPERATIONS;

/// What the cookbook promises, beside the smallest program.
const RECIPES: [&str; 18] = [
    "export_candidates",
    "create_candidate",
    "advance_application",
    "reject_application",
    "sync_job_fields",
    "disable_user",
    "list_offers",
    "download_resumes",
    "tag_candidates",
    "probe_permissions",
    "mirror_candidates",
    "export_applications",
    "export_scorecards",
    "report_openings",
    "import_candidates",
    "find_duplicates",
    "job_service",
    "reject_stale_applications",
];

/// How names of permissions begin.
const METHODS: [&str; 5] = ["GET: ", "POST: ", "PUT: ", "PATCH: ", "DELETE: "];

fn read(name: &str) -> String {
    // cargo runs a test in the folder of its package.
    fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a program says at its head, in one line.
fn head(program: &str) -> String {
    let lines = program.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_recipe_says_how_to_run_it_and_what_the_key_needs() {
    for name in RECIPES {
        let head = head(&read(&format!("{name}.rs")));
        assert!(
            head.contains(&format!("cargo run --example {name}")),
            "{name}: {head}"
        );
        assert!(head.contains("The key needs"), "{name}: {head}");
        let changes = head.contains("`HARVEST_ON_BEHALF_OF` has to name a user");
        let permissions: Vec<_> = head
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| METHODS.iter().any(|method| code.starts_with(method)))
            .collect();
        assert!(!permissions.is_empty() || name == "probe_permissions");
        for permission in permissions {
            assert!(
                OPERATIONS.iter().any(|o| o.permission == permission),
                "{name}: there is no permission {permission:?}"
            );
            assert!(changes || permission.starts_with("GET: "), "{name}");
        }
    }
}

#[test]
fn each_recipe_handles_its_errors() {
    for name in RECIPES {
        let program = read(&format!("{name}.rs"));
        assert!(program.contains("pub async fn run("), "{name}");
        for excuse in [".unwrap()", ".expect(", "panic!", "todo!", "#[allow"] {
            assert!(!program.contains(excuse), "{name} has {excuse}");
        }
    }
}

#[test]
fn every_program_is_listed() {
    let (readme, manifest) = (read("README.md"), read("Cargo.toml"));
    let mut listed = 0;
    for entry in fs::read_dir(".").unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = file.strip_suffix(".rs").filter(|name| *name != "lib") else {
            continue;
        };
        assert!(
            readme.contains(&format!("[`{name}`]({file})")),
            "README.md does not list {name}"
        );
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"{file}\"")),
            "Cargo.toml does not have {name}"
        );
        listed += 1;
    }
    assert_eq!(listed, RECIPES.len() + 1);
    assert_eq!(readme.matches(".rs) |").count(), listed);
}
