//! Presentations: how a face shows records, and whose records it shows inside of others.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rusqlite::Connection;

use super::View;
use crate::refusal::{Outcome, broken};
use crate::store::{Actor, Document, Kind, Row};

/// How a face shows the records of a kind.
pub(crate) struct Presentation {
    pub(crate) kind: &'static Kind,
    /// Makes the JSON that is sent of a record, as it is sent to those who may see all of it.
    pub(crate) show: Show,
    /// Whose records are shown inside.
    pub(crate) embeds: &'static [Embeds],
    /// Takes out what the acting user may not see.
    pub(crate) redact: Option<Redact>,
}

/// Makes the JSON that is sent of a record.
pub(crate) type Show = fn(&View<'_>, &Row) -> Outcome<Document>;

/// Takes out of a document of a record with this id what a user may not see.
pub(crate) type Redact = fn(&View<'_>, &Actor, i64, Document) -> Outcome<Document>;

/// A kind whose records are shown inside of those of another.
pub(crate) struct Embeds {
    /// The table of the kind that is embedded.
    pub(crate) table: &'static str,
    /// SQL that selects the ids of the records that embed record `?1` of that kind. It compares with `= ?1` alone, which is
    /// read as `IN` a list where it is asked for several.
    pub(crate) ids: &'static str,
    pub(crate) linked: Linked,
    pub(crate) depth: Depth,
}

impl Embeds {
    /// SQL that selects the ids of the records that embed those whose ids are in the list `?1`, as JSON.
    pub(crate) fn ids_of_many(&self) -> String {
        self.ids
            .replace("= ?1", "IN (SELECT value FROM json_each(?1))")
    }
}

/// Which of two records knows that one is shown inside of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    /// The one that shows the other, or a table that is written along with it. Who changes the link changes that record, so
    /// that the link can be followed when all is written.
    ByShowing,
    /// The one that is shown. The link is followed before it is changed, and after that.
    ByShown,
}

/// How much of a record is shown inside of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Nothing but its own fields, such as its name. A change of what it embeds in its turn does not matter: an opening of
    /// a job is no reason to render all applications on that job again.
    Fields,
    /// What it embeds, too.
    Deep,
}

/// Where a face stores how it shows records.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StoredText {
    /// In this column of the table of each kind that it shows, but for these tables, whose records are rendered for each
    /// reader.
    InAllBut(&'static str, &'static [&'static str]),
    /// In this column of these tables. Records of other kinds are rendered for each reader.
    InSome(&'static str, &'static [&'static str]),
}

impl StoredText {
    #[cfg(test)]
    pub(crate) const NOWHERE: Self = Self::InSome("", &[]);

    /// The column in a table, if it has one.
    fn column_of(self, table: &str) -> Option<&'static str> {
        match self {
            Self::InAllBut(column, tables) => (!tables.contains(&table)).then_some(column),
            Self::InSome(column, tables) => tables.contains(&table).then_some(column),
        }
    }
}

/// The presentations of a face.
pub(crate) struct Presentations {
    face: &'static str,
    stored_in: StoredText,
    by_table: HashMap<&'static str, &'static Presentation>,
    embedded_in: HashMap<&'static str, Vec<(&'static Kind, &'static Embeds)>>,
    /// The tables of whatever can show something else when a record of a table has changed.
    reached_from: HashMap<&'static str, Vec<&'static str>>,
    /// The tables that say when their records were made and changed, once they were looked up.
    dated: OnceLock<HashSet<String>>,
}

impl Presentations {
    /// Of a face with this name. A table in which text is stored has the column for it.
    pub(crate) fn of(
        face: &'static str,
        stored_in: StoredText,
        presentations: impl IntoIterator<Item = &'static Presentation>,
    ) -> Self {
        let mut by_table = HashMap::new();
        let mut embedded_in: HashMap<_, Vec<_>> = HashMap::new();
        for presentation in presentations {
            by_table.insert(presentation.kind.table, presentation);
            for embeds in presentation.embeds {
                let kinds = embedded_in.entry(embeds.table).or_default();
                kinds.push((presentation.kind, embeds));
            }
        }
        let tables = embedded_in.keys();
        let reached_from = tables.map(|table| (*table, reached(&embedded_in, table)));
        Self {
            face,
            stored_in,
            by_table,
            reached_from: reached_from.collect(),
            embedded_in,
            dated: OnceLock::new(),
        }
    }

    pub(in crate::store) fn face(&self) -> &'static str {
        self.face
    }

    pub(in crate::store) fn get(&self, kind: &Kind) -> Outcome<&'static Presentation> {
        let known = self.by_table.get(kind.table).copied();
        known.ok_or_else(|| broken(format!("{} does not show {}", self.face, kind.table)))
    }

    /// The column that has the text of the records in a table.
    pub(in crate::store) fn column_of(&self, table: &str) -> Option<&'static str> {
        let column = self.stored_in.column_of(table);
        column.filter(|_| self.by_table.contains_key(table))
    }

    /// Whether the times of the records in a table are to be read along with them: they are part of what is made for each
    /// reader.
    pub(in crate::store) fn is_dated(&self, connection: &Connection, table: &str) -> Outcome<bool> {
        if self.column_of(table).is_some() {
            return Ok(false);
        }
        if let Some(dated) = self.dated.get() {
            return Ok(dated.contains(table));
        }
        let sql =
            "SELECT it.name FROM sqlite_schema AS it JOIN pragma_table_xinfo(it.name) AS known
                   WHERE it.type = 'table' AND known.name IN ('created_at', 'updated_at')
                   GROUP BY it.name HAVING count(*) = 2";
        let mut statement = connection.prepare(sql)?;
        let tables = statement.query_map([], |row| row.get(0))?;
        let tables = tables.collect::<Result<HashSet<String>, _>>()?;
        Ok(self.dated.get_or_init(|| tables).contains(table))
    }

    /// All whose text is stored, with its column.
    pub(in crate::store) fn stored(
        &self,
    ) -> impl Iterator<Item = (&'static Presentation, &'static str)> {
        let all = self.by_table.values();
        all.filter_map(|it| Some((*it, self.stored_in.column_of(it.kind.table)?)))
    }

    /// The kinds that embed records of a table.
    pub(in crate::store) fn embedded_in(&self, table: &str) -> &[(&'static Kind, &'static Embeds)] {
        self.embedded_in.get(table).map_or(&[], Vec::as_slice)
    }

    /// The tables of whatever embeds records of a table, and of whatever embeds these in its turn.
    pub(in crate::store) fn reached_from(&self, table: &str) -> &[&'static str] {
        self.reached_from.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether it stores what it shows.
    pub(in crate::store) fn stores(&self) -> bool {
        !matches!(self.stored_in, StoredText::InSome(_, []))
    }
}

fn reached(
    embedded_in: &HashMap<&'static str, Vec<(&'static Kind, &'static Embeds)>>,
    table: &'static str,
) -> Vec<&'static str> {
    let embedders = |table| embedded_in.get(table).into_iter().flatten();
    let mut reached: Vec<&'static str> = embedders(table).map(|(it, _)| it.table).collect();
    let mut place = 0;
    while let Some(table) = reached.get(place) {
        let deep = embedders(table).filter(|(_, embeds)| embeds.depth == Depth::Deep);
        let deep: Vec<_> = deep.map(|(it, _)| it.table).collect();
        for table in deep {
            if !reached.contains(&table) {
                reached.push(table);
            }
        }
        place += 1;
    }
    reached
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::json::{Value, json};

    use super::*;
    use crate::clock::Clock;
    use crate::refusal::Refusal;
    use crate::store::{Edit, FaceId, Migration, Schema, Store, Visibility, stale};

    const LAYOUT: &[Migration] = &[Migration::of_tables(
        "0001_books",
        "CREATE TABLE author (id INTEGER PRIMARY KEY, state TEXT NOT NULL, whole TEXT, flat TEXT);
         CREATE TABLE book (id INTEGER PRIMARY KEY, state TEXT NOT NULL, whole TEXT, flat TEXT,
                            author_id INTEGER AS (state ->> 'author_id'));
         CREATE TABLE sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
         CREATE TABLE block (kind TEXT, number INTEGER, records INTEGER, PRIMARY KEY (kind, \
         number));",
    )];

    static AUTHOR: Kind = Kind {
        table: "author",
        first_id: 1,
        visibility: Visibility::EVERYONE,
    };
    static BOOK: Kind = Kind {
        table: "book",
        first_id: 100,
        visibility: Visibility::EVERYONE,
    };

    const fn as_kept(kind: &'static Kind) -> Presentation {
        Presentation {
            kind,
            show: |_, row| Document::of(&row.state::<Value>()?),
            embeds: &[],
            redact: None,
        }
    }

    /// Shows the author inside of a book, as a face remembers the author.
    static WITH_AUTHOR: Presentation = Presentation {
        kind: &BOOK,
        show: |view, row| {
            let book: Value = row.state()?;
            let author = summary(view, &book, "author")?;
            Document::of(&json!({"title": book["title"], "author": author}))
        },
        embeds: &[Embeds {
            table: "author",
            ids: "SELECT id FROM book WHERE author_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        }],
        redact: None,
    };
    /// Shows the author's id, and remembers something else of the author.
    static WITH_ID: Presentation = Presentation {
        kind: &BOOK,
        show: |view, row| {
            let book: Value = row.state()?;
            let author = summary(view, &book, "id")?;
            Document::of(&json!({"title": book["title"], "author_id": author}))
        },
        embeds: &[],
        redact: None,
    };
    static AUTHOR_AS_KEPT: Presentation = as_kept(&AUTHOR);
    static BOOK_AS_KEPT: Presentation = as_kept(&BOOK);

    fn summary(view: &View<'_>, book: &Value, what: &str) -> Outcome<Value> {
        let id = book["author_id"].as_i64().unwrap();
        let known = view.memo(&AUTHOR, id, || {
            let author: Value = view.get(&AUTHOR, id)?;
            Ok(if what == "id" {
                id.into()
            } else {
                author["name"].clone()
            })
        });
        Ok((*known?).clone())
    }

    const WHOLE: usize = 0;
    const FLAT: usize = 1;
    const UNSTORED: usize = 2;

    fn face(place: usize) -> FaceId {
        let schema = schema();
        let (face, _) = schema.faces().nth(place).unwrap();
        face
    }

    fn schema() -> Schema {
        Schema::of(
            [&AUTHOR, &BOOK],
            [
                Presentations::of(
                    "whole",
                    StoredText::InAllBut("whole", &[]),
                    [&AUTHOR_AS_KEPT, &WITH_AUTHOR],
                ),
                Presentations::of(
                    "flat",
                    StoredText::InAllBut("flat", &[]),
                    [&AUTHOR_AS_KEPT, &WITH_ID],
                ),
                Presentations::of("unstored", StoredText::NOWHERE, [&BOOK_AS_KEPT]),
            ],
            LAYOUT,
        )
    }

    /// One book by one author, as a new organization has them.
    fn store() -> Store {
        Store::open(None, schema(), Clock::default(), None, |edit| {
            edit.insert(&AUTHOR, &json!({"name": "Iva"}))?;
            let book = edit.new_id(&BOOK)?;
            edit.settle()?;
            edit.insert_shown(&BOOK, book, &json!({"title": "Tides", "author_id": 1}))
        })
        .unwrap()
    }

    fn stored(store: &Store, table: &str) -> [bool; 2] {
        let of = |column: &str| {
            let sql = format!("SELECT {column} IS NOT NULL FROM {table}");
            store.read(|view| view.value(&sql, [])).unwrap().unwrap()
        };
        [of("whole"), of("flat")]
    }

    fn shown(store: &Store, place: usize) -> Value {
        let read = store.read_as(face(place), |view| view.document(&BOOK, 100)?.read());
        read.unwrap()
    }

    fn write_as(store: &Store, place: usize, write: impl FnOnce(&mut Edit<'_>) -> Outcome<()>) {
        store.write_as(face(place), write).unwrap();
    }

    #[test]
    fn each_face_shows_the_same_records_in_its_own_way() {
        let store = store();
        // What is seeded is stored for each.
        assert_eq!(stored(&store, "author"), [true, true]);
        assert_eq!(stored(&store, "book"), [true, true]);
        let whole = json!({"title": "Tides", "author": "Iva"});
        assert_eq!(shown(&store, WHOLE), whole);
        assert_eq!(
            shown(&store, FLAT),
            json!({"title": "Tides", "author_id": 1})
        );
        let kept = json!({"title": "Tides", "author_id": 1});
        assert_eq!(shown(&store, UNSTORED), kept);
        let unknown = store.read_as(face(UNSTORED), |view| view.document(&AUTHOR, 1));
        assert!(unknown.is_err(), "it shows no authors");
    }

    #[test]
    fn a_write_invalidates_what_each_face_embeds_and_renders_its_own() {
        let rename = |name: &'static str| {
            move |edit: &mut Edit<'_>| edit.save(&AUTHOR, 1, &json!({"name": name}))
        };
        let store = store();
        write_as(&store, WHOLE, rename("Oda"));
        assert_eq!(stored(&store, "author"), [true, false]);
        assert_eq!(
            stored(&store, "book"),
            [true, true],
            "one names the id only"
        );
        assert_eq!(shown(&store, WHOLE)["author"], "Oda");
        assert_eq!(shown(&store, FLAT)["author_id"], 1);

        write_as(&store, FLAT, rename("Una"));
        assert_eq!(stored(&store, "author"), [false, true]);
        assert_eq!(stored(&store, "book"), [false, true]);
        assert_eq!(shown(&store, WHOLE)["author"], "Una");

        write_as(&store, UNSTORED, |edit| {
            edit.save(&BOOK, 100, &json!({"title": "Ebb", "author_id": 1}))
        });
        assert_eq!(stored(&store, "book"), [false, false]);
        for place in [WHOLE, FLAT, UNSTORED] {
            assert_eq!(shown(&store, place)["title"], "Ebb");
        }
    }

    #[test]
    fn a_write_leaves_long_texts_that_show_it_to_their_readers() {
        let store = store();
        let title = "t".repeat(1_024 * 1_024);
        write_as(&store, WHOLE, |edit| {
            for _ in 0..20 {
                edit.insert(&BOOK, &json!({"title": title, "author_id": 1}))?;
            }
            Ok(())
        });
        let left = || {
            let sql = "SELECT count(*) FROM book WHERE whole IS NULL";
            store.read(|view| view.value::<i64>(sql, [])).unwrap()
        };
        assert_eq!(left(), Some(0), "what is written is rendered, however much");
        write_as(&store, WHOLE, |edit| {
            edit.save(&AUTHOR, 1, &json!({"name": "Oda"}))
        });
        assert!(left() >= Some(11), "{:?} of 20", left());
        let all = store.read_as(face(WHOLE), |view| {
            let all = view.documents(&BOOK, "true", [])?;
            all.iter().map(Document::read).collect()
        });
        let all: Vec<Value> = all.unwrap();
        assert_eq!(all.len(), 21);
        assert!(all.iter().all(|book| book["author"] == "Oda"));
    }

    #[test]
    fn what_was_undone_and_then_done_is_shown_by_each_face() {
        let store = store();
        let titled = |title: &str| json!({"title": title, "author_id": 1});
        write_as(&store, UNSTORED, |edit| {
            let refused = edit.attempt(|edit| {
                edit.save(&BOOK, 100, &titled("Ebb"))?;
                Err::<(), _>(Refusal::not_found())
            });
            assert!(refused.is_err());
            edit.attempt(|edit| edit.save(&BOOK, 100, &titled("Flow")))
        });
        for place in [WHOLE, FLAT, UNSTORED] {
            assert_eq!(shown(&store, place)["title"], "Flow", "face {place}");
        }
    }

    #[test]
    fn what_is_shared_is_read_once_until_it_changes() {
        let store = store();
        let author = |edit: &Edit<'_>| -> Outcome<Rc<Value>> {
            edit.shared(&AUTHOR, 1)?.ok_or(Refusal::NotFound)
        };
        write_as(&store, WHOLE, |edit| {
            let first = author(edit)?;
            // What others change is none of it.
            edit.save(&BOOK, 100, &json!({"title": "Ebb", "author_id": 1}))?;
            assert!(Rc::ptr_eq(&first, &author(edit)?));
            let refused: Outcome<()> = edit.attempt(|edit| {
                edit.save(&AUTHOR, 1, &json!({"name": "Ivo"}))?;
                assert_eq!(author(edit)?["name"], json!("Ivo"));
                Err(Refusal::NotFound)
            });
            assert!(refused.is_err());
            let second = author(edit)?;
            assert_eq!(second["name"], json!("Iva"));
            // What is refused before it has changed anything takes nothing along.
            let refused: Outcome<()> = edit.attempt(|_| Err(Refusal::NotFound));
            assert!(refused.is_err() && Rc::ptr_eq(&second, &author(edit)?));
            Ok(())
        });
    }

    #[test]
    fn what_was_changed_before_an_attempt_is_out_of_date_after_it() {
        let store = store();
        let named = |name: &str| json!({"name": name});
        write_as(&store, WHOLE, |edit| {
            let author = |edit: &Edit<'_>| {
                let book: Value = edit.document(&BOOK, 100).unwrap().read().unwrap();
                book["author"].clone()
            };
            edit.save(&AUTHOR, 1, &named("Oda"))?;
            let refused = edit.attempt(|edit| {
                // A text is read, so that it is looked up which are out of date.
                assert_eq!(author(edit), "Oda");
                edit.save(&AUTHOR, 1, &named("Una"))?;
                assert_eq!(author(edit), "Una");
                Err::<(), _>(Refusal::not_found())
            });
            assert!(refused.is_err());
            assert_eq!(author(edit), "Oda");
            Ok(())
        });
        assert_eq!(shown(&store, WHOLE)["author"], "Oda");
        let read = store.read_as(face(FLAT), |view| {
            view.document(&AUTHOR, 1)?.read::<Value>()
        });
        assert_eq!(read.unwrap(), named("Oda"));
    }

    #[test]
    fn what_shows_a_record_is_looked_up_once_however_often_it_changes() {
        let store = store();
        write_as(&store, WHOLE, |edit| {
            (0..300).try_for_each(|number| {
                let book = json!({"title": format!("Tides {number}"), "author_id": 1});
                edit.insert(&BOOK, &book).map(drop)
            })
        });
        let found = |times: usize| {
            let before = stale::found();
            write_as(&store, UNSTORED, |edit| {
                (0..times).try_for_each(|number| {
                    let author = json!({"name": format!("Oda {number}")});
                    edit.attempt(|edit| edit.save(&AUTHOR, 1, &author))
                })
            });
            stale::found() - before
        };
        let once = found(1);
        assert_eq!(once, 301);
        assert_eq!(found(100), once);
        assert_eq!(shown(&store, WHOLE)["author"], "Oda 99");
    }

    #[test]
    fn what_a_view_remembers_is_of_one_face() {
        let store = store();
        write_as(&store, WHOLE, |edit| {
            edit.save(&BOOK, 100, &json!({"title": "Ebb", "author_id": 1}))?;
            // Both are rendered in this one write.
            edit.settle()
        });
        assert_eq!(stored(&store, "book"), [true, true]);
        assert_eq!(shown(&store, WHOLE)["author"], "Iva");
        assert_eq!(shown(&store, FLAT)["author_id"], 1);
    }
}
