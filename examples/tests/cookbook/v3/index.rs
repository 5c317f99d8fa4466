//! The scopes that the recipes name, against the table of operations.

use harvest_generated::v3::operations::OPERATIONS;

use crate::index::{head, read, recipes};

/// The scopes that a recipe names at its head.
pub fn scopes(recipe: &str) -> Vec<String> {
    let head = head(&read(&format!("v3/{recipe}.rs")));
    let (_, scopes) = head.split_once("Scopes: ").expect("scopes");
    let codes = scopes.split('`').skip(1).step_by(2);
    codes
        .filter(|code| code.starts_with("harvest:"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_recipe_names_scopes_that_there_are() {
    let recipes = recipes("v3");
    assert_eq!(recipes.len(), 12);
    for (name, _) in recipes {
        let scopes = scopes(&name);
        assert!(!scopes.is_empty(), "{name}");
        for scope in scopes {
            assert!(
                OPERATIONS.iter().any(|o| o.permission == scope),
                "{name}: there is no scope {scope}"
            );
        }
    }
}
