//! Hidden records after every change, action and deletion of v3 that a site admin makes of what is seen.

use std::collections::BTreeSet;

use crate::both::ids;
use crate::hidden::{around_id, body_of, of_confidential_job, of_private_candidate};
use crate::left_job::{in_folder, leave};
use crate::support::operations;

/// How many records of each list it is tried with: so many of the first, and of the last.
const EACH: usize = 20;

/// What concerns a record as a whole, as `docs/sandbox.md` says. Nothing else changes what is hidden.
const WHOLE: &[&str] = &[
    "delete_application",
    "delete_candidate",
    "delete_candidate_tag",
    "revoke_user_permissions",
];

#[tokio::test]
async fn what_is_hidden_is_as_it_was_whatever_is_done_to_the_rest() {
    let (both, records) = in_folder("v3-kept").await;
    let mut hidden = of_confidential_job(&both).await;
    hidden.extend(of_private_candidate(&both).await);
    hidden.extend(leave(&both, &records, hidden[0]).await.ids);
    let before = records.rows(&hidden);
    assert!(before.len() >= hidden.len(), "{} rows", before.len());

    let all = operations(harvest_spec::document("v3").unwrap().json);
    let lists: BTreeSet<String> = all
        .iter()
        .filter(|it| it.method == "GET")
        .map(|it| it.url.clone())
        .collect();
    // What is deleted can't be changed any more.
    let (deletions, others): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.method == "DELETE");
    let mut done = 0;
    let mut changes = BTreeSet::new();
    for operation in others.into_iter().chain(deletions) {
        let Some((list, action)) = around_id(operation) else {
            continue;
        };
        let is_read = operation.method == "GET";
        if is_read || WHOLE.contains(&operation.id.as_str()) || !lists.contains(&list) {
            continue;
        }
        let body = body_of(operation);
        let mut some = ids(&both.all(&list, 500).await);
        some.retain(|id| *id != both.sandbox.user_id());
        if some.len() > 2 * EACH {
            some.drain(EACH..some.len() - EACH);
        }
        for id in some {
            let path = format!("{list}/{id}{action}");
            let answer = both.send(&operation.method, &path, &body).await;
            assert!(answer.status < 500, "{path}: {}", answer.text);
            if answer.status < 300 {
                done += 1;
                let now = records.rows(&hidden);
                let changed = before.iter().filter(|(row, is)| now.get(*row) != Some(*is));
                changes
                    .extend(changed.map(|((table, _), _)| (operation.id.clone(), table.clone())));
            }
        }
    }
    println!("{} hidden rows, {done} changes of others", before.len());
    assert_eq!(changes, BTreeSet::new());
    assert!(done > 200, "{done}");
}
