//! The permissions that the recipes name, against the table of operations.

use harvest_generated::v1::operations::OPERATIONS;

use crate::index::{head, recipes};

/// The first words of permissions.
const METHODS: [&str; 5] = ["GET: ", "POST: ", "PUT: ", "PATCH: ", "DELETE: "];

#[test]
fn each_recipe_says_what_the_key_needs() {
    let recipes = recipes("v1");
    assert_eq!(recipes.len(), 18);
    for (name, program) in recipes {
        let head = head(&program);
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
