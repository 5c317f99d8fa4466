//! Tests of the presentations of all faces.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Sql;

use super::{v1, v3};
use crate::clock::Clock;
use crate::domain;
use crate::domain::migrations::MIGRATIONS;
use crate::domain::organization::{Plan, found};
use crate::domain::past::BY_COMMAND;
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
    let store = Store::open(None, schema, Clock::default(), None, fill).unwrap();
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

/// A new organization with so many candidates, and the texts of both faces.
fn organization(candidates: usize) -> Store {
    let kinds = domain::RESOURCES.iter().flat_map(|it| it.kinds).copied();
    let faces = [&v1::FACE, &v3::FACE].map(|face| {
        let all = face.resources.iter().flat_map(|it| it.presentations);
        Presentations::of(face.name, face.stored_in, all.copied())
    });
    let plan = Plan {
        candidates,
        now: crate::clock::moment("2027-03-02T12:00:00Z").unwrap(),
        ..Plan::default()
    };
    let fill = |edit: &mut Edit<'_>| found(edit, plan);
    let schema = Schema::of(kinds, faces, MIGRATIONS);
    Store::open(None, schema, Clock::default(), None, fill).unwrap()
}

/// The rows of all tables as they are kept, but for the ids of files, in which there is something random.
fn rows(store: &Store) -> BTreeMap<String, Vec<Vec<Sql>>> {
    let read = store.read(|view| {
        let files: Vec<i64> = view.column("SELECT id FROM file", [])?;
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'
                      AND name NOT IN ('file', 'file_secret')";
        let tables: Vec<String> = view.column(tables, [])?;
        let rows = tables.into_iter().map(|table| {
            let mut statement = view.sql().prepare(&format!("SELECT * FROM {table}"))?;
            let width = statement.column_count();
            let rows = statement.query_map([], |row| {
                let row = (0..width).map(|column| row.get::<_, Sql>(column));
                row.collect::<Result<Vec<_>, _>>()
            })?;
            let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
            for value in rows.iter_mut().flatten() {
                if let Sql::Text(text) = value
                    && text.contains("_resume.txt")
                {
                    for id in &files {
                        *text = text.replace(&id.to_string(), &(id >> 32).to_string());
                    }
                }
            }
            Ok((table, rows))
        });
        rows.collect()
    });
    read.unwrap()
}

#[test]
fn hires_of_a_new_organization_leave_what_the_command_leaves() {
    let written = rows(&organization(400));
    BY_COMMAND.set(true);
    let by_command = rows(&organization(400));
    BY_COMMAND.set(false);
    let hired = written["application"].iter();
    let is_hired = |value: &Sql| matches!(value, Sql::Text(text) if text == "hired");
    let hired = hired.filter(|row| row.iter().any(is_hired)).count();
    assert!(hired > 5, "{hired} were hired");
    assert!(written.keys().eq(by_command.keys()));
    for (table, rows) in &written {
        assert_eq!(rows.len(), by_command[table].len(), "{table}");
        for (row, other) in rows.iter().zip(&by_command[table]) {
            assert_eq!(row, other, "{table}");
        }
    }
}

#[test]
fn positions_count_each_record_of_a_new_organization() {
    let store = organization(700);
    let kinds = domain::RESOURCES.iter().flat_map(|it| it.kinds);
    let uncounted = store.read(|view| {
        let mut uncounted = Vec::new();
        for kind in kinds {
            let table = kind.table;
            let sql = format!(
                "SELECT number, records FROM block WHERE kind = '{table}' AND records <> 0
                 EXCEPT SELECT id >> 8, count(*) FROM {table} GROUP BY 1"
            );
            let wrong: Vec<i64> = view.column(&sql, [])?;
            let known: Option<usize> = view.value(&format!("SELECT count(*) FROM {table}"), [])?;
            if !wrong.is_empty() || known != Some(view.count(kind, None)?) {
                uncounted.push(table);
            }
        }
        Ok(uncounted)
    });
    assert_eq!(uncounted.unwrap(), [""; 0]);
}
