//! Tests of the presentations of all faces.

use std::collections::BTreeSet;

use super::{v1, v3};
use crate::clock::Clock;
use crate::domain;
use crate::domain::migrations::MIGRATIONS;
use crate::domain::organization::{Plan, found};
use crate::store::{Edit, Embeds, Linked, Presentations, Schema, Store, StoredText};

/// Those of all presentations, with the table that they are in.
fn embeds() -> impl Iterator<Item = (&'static str, &'static Embeds)> {
    let resources = [&v1::FACE, &v3::FACE]
        .into_iter()
        .flat_map(|face| face.resources);
    let presentations = resources.flat_map(|it| it.presentations);
    presentations.flat_map(|it| it.embeds.iter().map(|embeds| (it.kind.table, embeds)))
}

#[test]
fn what_shows_several_records_is_what_shows_one_of_them() {
    let kinds = domain::RESOURCES.iter().flat_map(|it| it.kinds).copied();
    let face = Presentations::of("test", StoredText::NOWHERE, []);
    let schema = Schema::of(kinds, [face], MIGRATIONS);
    let fill = |edit: &mut Edit<'_>| found(edit, Plan::default());
    let store = Store::open(None, schema, Clock::default(), fill).unwrap();
    let mut shown = 0;
    for (table, embeds) in embeds() {
        let (single, many) = (embeds.ids, embeds.ids_of_many());
        assert!(
            !many.contains("= ?1") && many.matches("?1").count() == single.matches("?1").count()
        );
        let (one_by_one, at_once) = store
            .read(|view| {
                let all = format!("SELECT id FROM {} ORDER BY id LIMIT 50", embeds.table);
                let ids: Vec<i64> = view.column(&all, [])?;
                let mut one_by_one = BTreeSet::new();
                for id in &ids {
                    one_by_one.extend(view.column::<i64>(single, [id])?);
                }
                let ids = serde_json::to_string(&ids).unwrap();
                let at_once: Vec<i64> = view.column(&many, [ids])?;
                Ok((one_by_one, BTreeSet::from_iter(at_once)))
            })
            .unwrap();
        assert_eq!(one_by_one, at_once, "{table} embeds {}", embeds.table);
        shown += at_once.len();
    }
    assert!(shown > 100);
}

#[test]
fn links_that_the_shown_record_has_are_followed_before_it_changes() {
    for (table, embeds) in embeds() {
        let shown = embeds.table;
        let is_its_own = [
            format!("{shown}.id = ?1"),
            format!("FROM {shown} WHERE id = ?1"),
        ]
        .iter()
        .any(|it| embeds.ids.contains(it));
        // The type of a field never changes.
        let is_fixed = shown == "custom_field";
        let by_shown = embeds.linked == Linked::ByShown;
        assert_eq!(by_shown, is_its_own && !is_fixed, "{table}: {}", embeds.ids);
    }
}
