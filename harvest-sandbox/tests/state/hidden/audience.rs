//! Notes and files for admins: not told to others, nor changed by them, by any operation.

use super::exceptions::WHOLE;
use super::scene::FOR_ADMINS;
use super::summary;
use super::writes::Stage;

#[tokio::test]
async fn what_is_for_admins_is_neither_told_to_others_nor_changed_by_them() {
    let stage = Stage::set("audience").await;
    let [(_, admin), others @ ..] = stage.scene.users;
    let tells = |body: &serde_json::Value| body.to_string().contains(FOR_ADMINS);
    let mut told = Vec::new();
    let mut told_to_admins = 0;
    for (url, (operation, _)) in &stage.everything.answers {
        if tells(&stage.scene.seen(admin, url).await.body) {
            told_to_admins += 1;
        }
        for (name, user) in others {
            if tells(&stage.scene.seen(user, url).await.body) {
                told.push(format!("{name}: {operation} {url}"));
            }
        }
    }
    assert!(told_to_admins > 0);

    // The rows of a candidate and an application have other things, too.
    let count = |row: &String| row.matches(FOR_ADMINS).count();
    let mut rows = stage.scene.file.rows();
    rows.retain(|_, row| count(row) > 0);
    assert!(rows.len() >= 4, "{rows:?}");
    let mut writes = 0;
    for (operation, request) in stage.requests() {
        let is_whole = WHOLE.iter().any(|(id, _)| *id == operation.id);
        for request in stage.tempting(operation, request) {
            for (name, user) in others {
                let outcome = stage.attempt(user, &request).await;
                if tells(&outcome.seen.body) {
                    told.push(format!("{name}: {}", operation.id));
                }
                if outcome.changed && !is_whole {
                    writes += 1;
                    let now = stage.scene.file.rows();
                    let lost = rows
                        .iter()
                        .filter(|(key, row)| now.get(key).map_or(0, count) < count(row));
                    told.extend(lost.map(|((table, key), _)| {
                        format!("{name}: {} changes {table} {key}", operation.id)
                    }));
                }
                stage.take_back(&outcome);
            }
        }
    }
    println!("{told_to_admins} answers to admins, {writes} writes of others");
    assert!(writes > 0);
    assert!(told.is_empty(), "{}", summary(&told));
}
