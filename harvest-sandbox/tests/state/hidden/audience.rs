//! Audience of notes and files for admins: no operation shows them to others, or lets others change them.

use serde_json::Value;

use super::description::Operation;
use super::exceptions::is_whole;
use super::scene::FOR_ADMINS;
use super::summary;
use super::writes::{Outcome, Stage};

#[tokio::test]
async fn what_is_for_admins_is_neither_shown_to_others_nor_changed_by_them() {
    let stage = Stage::set("audience").await;
    let [(_, admin), others @ ..] = stage.scene.users;
    let shows = |body: &Value| body.to_string().contains(FOR_ADMINS);
    let mut faults = Vec::new();
    let mut shown_to_admins = 0;
    for (url, (operation, _)) in &stage.everything.answers {
        if shows(&stage.scene.seen(admin, url).await.body) {
            shown_to_admins += 1;
        }
        for (name, user) in others {
            if shows(&stage.scene.seen(user, url).await.body) {
                faults.push(format!("{name}: {operation} {url}"));
            }
        }
    }
    assert!(shown_to_admins > 0);

    // The rows of a candidate and an application have other things, too.
    let count = |row: &String| row.matches(FOR_ADMINS).count();
    let mut rows = stage.scene.file.rows();
    rows.retain(|_, row| count(row) > 0);
    assert!(rows.len() >= 4, "{rows:?}");
    let mut writes = 0;
    let look = async |operation: &Operation, (name, _), outcome: &Outcome| {
        let id = operation.id.as_str();
        if shows(&outcome.seen.body) {
            faults.push(format!("{name}: {id}"));
        }
        if !outcome.changed || is_whole(id) {
            return;
        }
        writes += 1;
        let now = stage.scene.file.rows();
        let lost = rows
            .iter()
            .filter(|(key, row)| now.get(key).map_or(0, count) < count(row));
        let lost = lost.map(|((table, key), _)| format!("{name}: {id} changes {table} {key}"));
        faults.extend(lost);
    };
    stage.each_write(&others, look).await;
    println!("{shown_to_admins} answers to admins, {writes} writes of others");
    assert!(writes > 0);
    assert!(faults.is_empty(), "{}", summary(&faults));
}
