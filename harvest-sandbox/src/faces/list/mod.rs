//! Lists: which records, in which order, a page at a time.
//!
//! A resource declares what its list is of and what it can be filtered by; everything else is the same for all.

mod filter;
mod keyset;

pub(crate) use filter::{CREATED_AND_UPDATED, Comparison, Filter};

use std::sync::Arc;

use axum::http::header::{HeaderValue, LINK};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

use crate::domain::access::{Actor, Limit, bound};
use crate::faces::{Reading, left_out};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Value;
use crate::openapi::paging::{Length, Paging, Span};
use crate::store::AnswerLength;
use crate::store::{Document, Kind, Row, View, Without};

/// The order of a list that declares no other.
const BY_ID: &str = "id";

/// Ids above this are those of copies.
const FIRST_COPY: i64 = 9_000_000_000_000;

/// Shows a record in another way than its kind does.
type Show = fn(&View<'_>, &Row) -> Outcome<Document>;

impl Reading<'_> {
    /// A list, as its declaration and the query say.
    pub(crate) fn list(&self, list: List) -> Outcome {
        list.answer(self)
    }
}

/// A list of records: of those that the acting user may see, if there is one, and as that user may see them.
pub(crate) struct List {
    kind: &'static Kind,
    filters: Vec<&'static [Filter]>,
    conditions: Vec<(String, Option<Sql>)>,
    order: &'static str,
    show: Option<Show>,
    /// Whether it is the list of one record, and so a short one.
    below: bool,
    /// Records that the acting user may not see.
    without: Option<Without>,
    /// Whether it has records, too, that are not there for clients otherwise.
    unabridged: bool,
    /// The properties that the request wants, if it does not want all.
    properties: Option<Vec<String>>,
}

impl List {
    /// All records of a kind, by id.
    pub(crate) fn of(kind: &'static Kind) -> Self {
        Self {
            kind,
            filters: Vec::new(),
            conditions: Vec::new(),
            order: BY_ID,
            show: None,
            below: false,
            without: None,
            unabridged: false,
            properties: None,
        }
    }

    /// With the records that are not there for clients otherwise, such as the service users of integrations.
    #[allow(dead_code, reason = "for the users of v3")]
    pub(crate) fn unabridged(mut self) -> Self {
        self.unabridged = true;
        self
    }

    /// What the query can narrow it down by.
    pub(crate) fn filters(mut self, filters: &'static [Filter]) -> Self {
        self.filters.push(filters);
        self
    }

    /// Only the few records for which an SQL condition holds, whatever the query says: those of one record, mostly. `?` is
    /// the value.
    pub(crate) fn within(mut self, condition: &str, value: impl Into<Sql>) -> Self {
        self.below = true;
        self.conditions
            .push((condition.to_owned(), Some(value.into())));
        self
    }

    /// The same without a value.
    pub(crate) fn only(mut self, condition: &str) -> Self {
        self.conditions.push((condition.to_owned(), None));
        self
    }

    /// Only the records for which an SQL condition holds, in which `?` is the value. Unlike with [`within`](Self::within),
    /// they can be many.
    pub(crate) fn where_is(mut self, condition: impl Into<String>, value: impl Into<Sql>) -> Self {
        self.conditions.push((condition.into(), Some(value.into())));
        self
    }

    /// Shows these properties of each record, and no others. Only pages by cursor know of it.
    pub(crate) fn properties(mut self, names: Vec<String>) -> Self {
        self.properties = Some(names);
        self
    }

    /// SQL to order by; it should end in `id`, so that the order is the same each time. A list that is paged by cursor is
    /// in the order of ids, the latest first, whatever is said here.
    pub(crate) fn order(mut self, order: &'static str) -> Self {
        self.order = order;
        self
    }

    /// Shows each record in another way than its kind does.
    pub(crate) fn shown_by(mut self, show: Show) -> Self {
        self.show = Some(show);
        self
    }

    /// The page that the request asks for, with its `Link`; or all of it, where the description pages nothing.
    pub(crate) fn answer(mut self, cx: &Reading<'_>) -> Outcome {
        for filter in self.filters.iter().copied().flatten() {
            self.conditions.extend(filter.condition(cx)?);
        }
        if let Some(condition) = self.kind.visibility.condition()
            && !self.unabridged
        {
            self.conditions.push((condition.to_owned(), None));
        }
        let Some(user) = &cx.user else {
            return self.all_or_page(cx);
        };
        if !cx.call.names_user || kind_is_open(self.kind) {
            self.limit(cx, user);
            return self.all_or_page(cx);
        }
        let all = self.count(cx)?;
        self.limit(cx, user);
        let hidden = all.saturating_sub(self.count(cx)?);
        let reply = self.all_or_page(cx)?;
        Ok(left_out::noted(reply, hidden, self.kind, user))
    }

    fn all_or_page(&self, cx: &Reading<'_>) -> Outcome {
        match cx.call.operation.paging {
            None => Ok(Reply::documents(&self.records(cx, 0, i64::MAX)?)),
            Some(paging) => self.page(cx, paging),
        }
    }

    /// Leaves out what the user may not see.
    fn limit(&mut self, cx: &Reading<'_>, user: &Actor) {
        // A page by cursor is of few records, in the order of ids, and is not counted: to look at each of them costs less
        // than to find all that are hidden.
        let paging = cx.call.operation.paging;
        let is_of_few = self.below || paging.is_some_and(Paging::is_by_cursor);
        match user.limit(self.kind, is_of_few) {
            Limit::Unlimited => {}
            Limit::Where(condition) => self.conditions.push((condition, None)),
            Limit::Without(ids) => {
                self.without = Some(Without {
                    ids: bound(&ids),
                    value: user.id,
                });
            }
        }
    }

    fn page(&self, cx: &Reading<'_>, paging: Paging) -> Outcome {
        let target = cx.call.target;
        if paging.is_by_cursor() {
            return self.page_after(cx, paging, target);
        }
        let span = paging
            .span(target.query)
            .map_err(|errors| Reply::invalid_request(&errors))?;
        let Span { start, size, .. } = span;
        let (documents, length) = if paging.counts(target.query) {
            let length = self.count(cx)? + self.inserted(cx)?;
            let documents = if start < length {
                self.grown(cx, start, size)?
            } else {
                Vec::new()
            };
            (documents, Length::Exactly(length))
        } else {
            // One more than fits says whether there is a next page, which is all that has to be known.
            let mut documents = self.grown(cx, start, size.saturating_add(1))?;
            let more = documents.len() > size;
            documents.truncate(size);
            (documents, Length::Open { more })
        };
        let link = paging.link(target, span, length);
        Ok(linked(Reply::documents(&documents), link))
    }

    /// Records, with those in front of them that a fault has inserted: copies of the first one with ids of their own.
    fn grown(&self, cx: &Reading<'_>, start: usize, limit: usize) -> Outcome<Vec<Document>> {
        let inserted = self.inserted(cx)?;
        let copies = inserted.saturating_sub(start).min(limit);
        let from = start.saturating_sub(inserted);
        let mut documents = self.records(cx, from, signed(limit - copies))?;
        if copies > 0
            && let Some(first) = self.records(cx, 0, 1)?.pop()
        {
            AnswerLength::default().add(first.text().len().saturating_mul(copies))?;
            let ids = (start..start + copies).map(|place| FIRST_COPY + signed(inserted - place));
            let copies = ids
                .map(|id| first.with_id(id))
                .collect::<Outcome<Vec<_>>>()?;
            documents.splice(0..0, copies);
        }
        Ok(documents)
    }

    /// How many records a fault has put at the front. An empty list stays empty.
    fn inserted(&self, cx: &Reading<'_>) -> Outcome<usize> {
        if cx.call.inserted == 0 || self.count(cx)? == 0 {
            return Ok(0);
        }
        Ok(cx.call.inserted)
    }

    fn count(&self, cx: &Reading<'_>) -> Outcome<usize> {
        if self.conditions.is_empty() {
            return cx.count(self.kind, self.without.as_ref());
        }
        let (condition, values) = self.condition(cx);
        let count = || self.count_where(cx, &condition, &values);
        if self.below {
            return count();
        }
        cx.length(&self.name(&condition, &values), count)
    }

    fn count_where(&self, cx: &Reading<'_>, condition: &str, values: &[Sql]) -> Outcome<usize> {
        let sql = format!("SELECT count(*) FROM {} WHERE {condition}", self.kind.table);
        let count = cx.value(&sql, params_from_iter(values))?;
        Ok(count.unwrap_or_default())
    }

    /// What identifies it among lists: SQL, and the values in it.
    fn name(&self, condition: &str, values: &[Sql]) -> String {
        let (table, order) = (self.kind.table, self.order);
        format!("{table} WHERE {condition} ORDER BY {order} {values:?}")
    }

    fn records(&self, cx: &Reading<'_>, start: usize, limit: i64) -> Outcome<Vec<Document>> {
        if self.conditions.is_empty() && self.order == BY_ID {
            let without = self.without.as_ref();
            let Some((from, skip)) = cx.seek(self.kind, start, without)? else {
                return Ok(Vec::new());
            };
            let (condition, mut values) = self.condition(cx);
            values.extend([from.into(), limit.into(), signed(skip).into()]);
            let last = values.len();
            let sql = format!(
                "{condition} AND id >= ?{} ORDER BY id LIMIT ?{} OFFSET ?{last}",
                last - 2,
                last - 1
            );
            return self.documents(cx, &sql, values);
        }
        let (condition, mut values) = self.condition(cx);
        let (table, order) = (self.kind.table, self.order);
        // The plus keeps SQLite from going through all records in the order of their ids, where an index has the few that
        // are meant.
        let inner = if order == BY_ID { "+id" } else { order };
        if let Some(ids) = self.kept_ids(cx, (&condition, &values), inner, limit)? {
            let limit = usize::try_from(limit).unwrap_or_default();
            let page: Vec<i64> = ids.iter().skip(start).take(limit).copied().collect();
            let sql = format!("id IN (SELECT value FROM json_each(?1)) ORDER BY {order}");
            // Numbers in brackets are JSON.
            return self.documents(cx, &sql, vec![format!("{page:?}").into()]);
        }
        let place = values.len() + 1;
        values.extend([limit.into(), signed(start).into()]);
        // Only the ids are gone through; the records themselves are read once they are known.
        let sql = format!(
            "id IN (SELECT id FROM {table} WHERE {condition} ORDER BY {inner}
              LIMIT ?{place} OFFSET ?{})
             ORDER BY {order}",
            place + 1
        );
        self.documents(cx, &sql, values)
    }

    /// The ids of all records, in an order, where a page of them is asked for again and they are kept.
    fn kept_ids(
        &self,
        cx: &Reading<'_>,
        (condition, values): (&str, &[Sql]),
        order: &str,
        limit: i64,
    ) -> Outcome<Option<Arc<[i64]>>> {
        if self.below || limit == i64::MAX {
            return Ok(None);
        }
        let count = || self.count_where(cx, condition, values);
        cx.ids(&self.name(condition, values), count, || {
            let table = self.kind.table;
            let sql = format!("SELECT id FROM {table} WHERE {condition} ORDER BY {order}");
            cx.column(&sql, params_from_iter(values))
        })
    }

    fn documents(
        &self,
        cx: &Reading<'_>,
        condition: &str,
        values: Vec<Sql>,
    ) -> Outcome<Vec<Document>> {
        let documents = self.show(cx, condition, values)?;
        Ok(documents.into_iter().map(|(_, it)| it).collect())
    }

    /// The records that an SQL condition picks, with their ids, as the acting user may see them.
    fn show(
        &self,
        cx: &Reading<'_>,
        condition: &str,
        values: Vec<Sql>,
    ) -> Outcome<Vec<(i64, Document)>> {
        let values = params_from_iter(values);
        let documents = match self.show {
            None => cx.documents_by_id(self.kind, condition, values)?,
            Some(show) => {
                let mut length = AnswerLength::default();
                let mut shown = Vec::new();
                for row in cx.rows(self.kind, condition, values)? {
                    let document = show(cx, &row)?;
                    length.add(document.text().len())?;
                    shown.push((row.id, document));
                }
                shown
            }
        };
        let documents = documents.into_iter();
        documents
            .map(|(id, document)| match &cx.user {
                Some(user) => Ok((id, user.redacted(cx, self.kind, id, document)?)),
                None => Ok((id, document)),
            })
            .collect()
    }

    /// A document with the properties that the request wants.
    fn select(&self, document: Document) -> Outcome<Document> {
        match &self.properties {
            Some(names) => document.with_only(names),
            None => Ok(document),
        }
    }

    /// The conditions as one, and the values in it.
    fn condition(&self, cx: &Reading<'_>) -> (String, Vec<Sql>) {
        let mut values: Vec<Sql> = Vec::new();
        let mut conditions = vec!["true".to_owned()];
        // The first value is the user, where any SQL asks for it.
        let mut asked = self.conditions.iter();
        if let Some(user) = &cx.user
            && (self.without.is_some() || asked.any(|(sql, _)| sql.contains(":user")))
        {
            values.push(user.id.into());
        }
        if let Some(without) = &self.without {
            conditions.push(format!("id NOT IN ({})", without.ids));
        }
        for (condition, value) in &self.conditions {
            let condition = match value {
                None => condition.clone(),
                Some(value) => {
                    values.push(value.clone());
                    condition.replace('?', &format!("?{}", values.len()))
                }
            };
            conditions.push(format!("({})", bound(&condition)));
        }
        (conditions.join(" AND "), values)
    }
}

/// Whether everyone sees all records of a kind.
fn kind_is_open(kind: &Kind) -> bool {
    kind.visibility.owners().is_empty()
}

/// A page of what is kept inside of one record, and is no list of records.
pub(crate) fn values(cx: &Reading<'_>, all: &[Value]) -> Outcome {
    let Some(paging) = cx.call.operation.paging else {
        return Ok(Reply::value(&all.into()));
    };
    let page = paging
        .page(cx.call.target, all.len(), 0)
        .map_err(|errors| Reply::invalid_request(&errors))?;
    let values = all.get(page.records).unwrap_or_default();
    Ok(linked(Reply::value(&values.into()), page.link))
}

/// With this `Link`. What doesn't fit into a header came from the client's own `Host` or path, and is left out.
fn linked(reply: Reply, link: Option<String>) -> Reply {
    match link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        Some(link) => reply.with_header(LINK, link),
        None => reply,
    }
}

fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
