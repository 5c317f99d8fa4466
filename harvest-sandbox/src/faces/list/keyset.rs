//! Pages by cursor: what follows the last record of the page before, in the order of ids, the latest first.

use super::{FIRST_COPY, List, linked, signed};
use crate::faces::Reading;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::openapi::paging::{Paging, Target};
use crate::store::AnswerLength;
use crate::store::Document;

impl List {
    /// The page after the key of the target. Whatever is inserted meanwhile has a higher id, and shifts nothing.
    pub(super) fn page_after(
        &self,
        cx: &Reading<'_>,
        paging: Paging,
        target: Target<'_>,
    ) -> Outcome {
        let size = paging
            .size(target.query)
            .map_err(|error| Reply::invalid_request(&[error]))?;
        // One more than fits says whether there is a next page.
        let mut records = self.grown_below(cx, target.after, size.saturating_add(1))?;
        let more = records.len() > size;
        records.truncate(size);
        let last = records.last().map(|(id, _)| *id).filter(|_| more);
        let documents = records.into_iter().map(|(_, it)| self.select(it));
        let documents = documents.collect::<Outcome<Vec<Document>>>()?;
        let link = last.map(|last| target.link_after(last));
        Ok(linked(Reply::documents(&documents), link))
    }

    /// Records with lower ids than this, with the copies of the latest one that a fault has inserted: they come first, the
    /// latest of them with the highest id.
    fn grown_below(
        &self,
        cx: &Reading<'_>,
        id: Option<i64>,
        limit: usize,
    ) -> Outcome<Vec<(i64, Document)>> {
        let id = id.unwrap_or(i64::MAX);
        let latest = FIRST_COPY.saturating_add(signed(self.inserted(cx)?));
        let highest = latest.min(id.saturating_sub(1));
        let copies: Vec<i64> = (FIRST_COPY + 1..=highest).rev().take(limit).collect();
        let mut records = self.below(cx, id, limit - copies.len())?;
        if !copies.is_empty()
            && let Some((_, first)) = self.below(cx, i64::MAX, 1)?.pop()
        {
            AnswerLength::default().add(first.text().len().saturating_mul(copies.len()))?;
            let copies = copies.into_iter().map(|id| Ok((id, first.with_id(id)?)));
            let copies = copies.collect::<Outcome<Vec<_>>>()?;
            records.splice(0..0, copies);
        }
        Ok(records)
    }

    fn below(&self, cx: &Reading<'_>, id: i64, limit: usize) -> Outcome<Vec<(i64, Document)>> {
        let (condition, mut values) = self.condition(cx);
        values.extend([id.into(), signed(limit).into()]);
        let last = values.len();
        let sql = format!(
            "{condition} AND id < ?{} ORDER BY id DESC LIMIT ?{last}",
            last - 1
        );
        self.show(cx, &sql, values)
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{Value, json};

    use super::*;
    use crate::clock::{Clock, Moment};
    use crate::domain::access::Visibility;
    use crate::faces::Call;
    use crate::faces::list::Filter;
    use crate::http::hosts::Hosts;
    use crate::http::query::Query;
    use crate::openapi::document;
    use crate::openapi::paging::Cursors;
    use crate::store::{
        FaceId, Kind, Migration, Presentation, Presentations, Schema, Store, StoredText,
    };

    const LAYOUT: &[Migration] = &[Migration::of_tables(
        "0001_boats",
        "CREATE TABLE boat (id INTEGER PRIMARY KEY, state TEXT NOT NULL, color TEXT AS (state ->> \
         'color'));
         CREATE TABLE sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
         CREATE TABLE block (kind TEXT, number INTEGER, records INTEGER, PRIMARY KEY (kind, \
         number));",
    )];
    const FILTERS: &[Filter] = &[Filter::text("color", "color")];

    static BOAT: Kind = Kind {
        table: "boat",
        first_id: 1,
        visibility: Visibility::EVERYONE,
    };
    static BOAT_PRESENTATION: Presentation = Presentation {
        kind: &BOAT,
        show: |_, row| Document::of(&json!({"id": row.id})),
        embeds: &[],
        redact: None,
    };

    /// A list of boats, red and blue in turn.
    struct Boats {
        store: Store,
        description: document::Document,
        cursors: Cursors,
        inserted: usize,
    }

    impl Boats {
        fn new(count: usize) -> Self {
            let face = Presentations::of("boats", StoredText::NOWHERE, [&BOAT_PRESENTATION]);
            let schema = Schema::of([&BOAT], [face], LAYOUT);
            let boats = Self {
                store: Store::open(None, schema, Clock::default(), None, |_| Ok(())).unwrap(),
                description: document::Document::parse(
                    &json!({
                        "openapi": "3.0.3",
                        "info": {"title": "Boats", "version": "1"},
                        "paths": {"/boats": {"get": {
                            "operationId": "list_boats",
                            "x-harvest-pagination": "cursor",
                            "parameters": [
                                {"name": "color", "in": "query", "schema": {"type": "string"}},
                            ],
                            "responses": {"200": {"description": "",
                                "content": {"application/json": {
                                "schema": {"type": "array", "items": {}}, "example": []}}}},
                        }}},
                    })
                    .to_string(),
                )
                .unwrap(),
                cursors: Cursors::of_this_process().unwrap(),
                inserted: 0,
            };
            boats.add(count);
            boats
        }

        fn add(&self, count: usize) {
            let add = |edit: &mut crate::store::Edit<'_>| {
                (0..count).try_for_each(|_| {
                    let id = edit.new_id(&BOAT)?;
                    let color = if id % 2 == 0 { "blue" } else { "red" };
                    edit.insert_as(&BOAT, id, &json!({"color": color}))
                })
            };
            self.store.write(add).unwrap();
        }

        /// The ids of a page, and the query of the next.
        fn page(&self, query: &str) -> (Vec<i64>, Option<String>) {
            let operation = &self.description.operations[0];
            let query = Query::parse(query);
            let paging = operation.paging.unwrap();
            let resumed = paging
                .resume(&self.cursors, "", &query, Moment::UNIX_EPOCH)
                .unwrap();
            let target = Target {
                base: "",
                path: "",
                ids: &[],
                query: resumed.as_ref().map_or(&query, |it| &it.query),
                after: resumed.as_ref().map(|it| it.after),
                cursors: &self.cursors,
                now: Moment::UNIX_EPOCH,
            };
            let call = Call {
                operation,
                credential: None,
                path: &[],
                target,
                body: None,
                names_user: false,
                row: None,
                is_row: false,
                hosts: &Hosts::default(),
                inserted: self.inserted,
            };
            let reply = self.store.read_as(FaceId::default(), |view| {
                let list = List::of(&BOAT).filters(FILTERS).order("color, id");
                list.answer(&Reading {
                    view,
                    call: &call,
                    user: None,
                })
            });
            let reply = reply.unwrap();
            let page: Vec<Value> = serde_json::from_slice(&reply.body).unwrap();
            let ids = page.iter().map(|it| it["id"].as_i64().unwrap()).collect();
            let link = reply.headers.get("link").map(|it| it.to_str().unwrap());
            let next = link.and_then(|link| link.strip_prefix("<?")?.split('>').next());
            (ids, next.map(str::to_owned))
        }
    }

    #[test]
    fn the_next_page_keeps_the_filters_and_follows_the_last_record() {
        let boats = Boats::new(9);
        let (first, next) = boats.page("color=red&per_page=2");
        assert_eq!(first, [9, 7]);
        // What comes now is later than all that is read.
        boats.add(5);
        let (second, next) = boats.page(&next.unwrap());
        assert_eq!(second, [5, 3]);
        // What goes now is not there, and takes nothing else along.
        let remove = |edit: &mut crate::store::Edit<'_>| edit.delete(&BOAT, 3);
        boats.store.write(remove).unwrap();
        let (third, next) = boats.page(&next.unwrap());
        assert_eq!((third, next), (vec![1], None));
        assert_eq!(boats.page("per_page=3").0, [14, 13, 12]);
        assert_eq!(boats.page("color=green"), (vec![], None));
    }

    #[test]
    fn copies_that_a_fault_inserts_come_first_and_shift_nothing() {
        let mut boats = Boats::new(3);
        boats.inserted = 2;
        let (first, next) = boats.page("per_page=1");
        assert_eq!(first, [FIRST_COPY + 2]);
        boats.inserted = 7;
        let (second, next) = boats.page(&next.unwrap());
        assert_eq!(second, [FIRST_COPY + 1]);
        let (third, next) = boats.page(&next.unwrap());
        assert_eq!(third, [3]);
        boats.inserted = 9;
        assert_eq!(boats.page(&next.unwrap()).0, [2]);
        let (all, _) = boats.page("");
        assert_eq!(all.len(), 12);
    }
}
