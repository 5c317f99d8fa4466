//! Streams: the lists that are exported as wholes.

use harvest_runtime::{Core, Operation, Pagination, Range, Request};

use crate::catalog::{Catalog, Entry, Field, Kind, Shapes};
use crate::error::ExportError;
use crate::window::Span;

/// The names by which lists take a range of the last change.
const RANGE: &str = "updated_at";
const SINCE: &str = "updated_after";
const BEFORE: &str = "updated_before";
const PAGE_SIZE: &str = "per_page";
const IDS: &str = "ids";
const PROPERTIES: &str = "fields";
const ID: &str = "id";
/// How many ids a request takes where that is not described.
const USUAL_IDS: usize = 50;

/// A list that is exported as a whole.
#[derive(Debug)]
pub struct Stream {
    /// The name: the path of the list without the version, `job_posts`.
    pub name: String,
    /// The operation that reads it.
    pub operation: &'static Operation,
    page_size: Option<(&'static str, i64)>,
    pub(crate) filter: Option<Filter>,
    /// The parameter that chooses properties.
    properties: Option<&'static str>,
    /// How records are asked for by id.
    by_id: Option<ById>,
}

/// How records are asked for by id.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ById {
    /// By a parameter of the list that takes so many at once.
    List(&'static str, usize),
    /// One by one, by an operation with the id in its path.
    One(&'static Operation, &'static str),
}

/// How a list is narrowed to what changed in a span of time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Filter {
    /// By one parameter that takes a range.
    Range(&'static str),
    /// By two parameters, the first bound included.
    Bounds(&'static str, &'static str),
}

/// The streams of a version, and the lists that are none: those of one record each, whose ids other lists have.
pub fn streams(catalog: &Catalog) -> (Vec<Stream>, Vec<&'static Operation>) {
    let is_list = |entry: &&Entry| entry.is_list() && entry.is_read();
    let lists: Vec<_> = catalog.entries().filter(is_list).collect();
    let mut streams = Vec::new();
    let mut others = Vec::new();
    for entry in &lists {
        let path = entry.operation.path;
        let needs_more = entry.parameters.iter().any(|it| it.required);
        // Records of `/users/search` are those of `/users`.
        let is_part = lists.iter().any(|other| {
            let below = path.strip_prefix(other.operation.path);
            below.is_some_and(|below| below.starts_with('/'))
        });
        if needs_more {
            others.push(entry.operation);
        } else if !is_part {
            streams.push(Stream::of(entry, catalog));
        }
    }
    (streams, others)
}

/// The streams of these names; all if there are none.
///
/// # Errors
///
/// If there is no stream of a name.
pub fn choose<'s>(all: &'s [Stream], names: &[String]) -> Result<Vec<&'s Stream>, ExportError> {
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let chosen = names.iter().map(|name| {
        let found = all.iter().find(|stream| stream.name == *name);
        found.ok_or_else(|| unknown(name, all))
    });
    chosen.collect()
}

pub(crate) fn unknown(name: &str, all: &[Stream]) -> ExportError {
    let known: Vec<_> = all.iter().map(|stream| stream.name.as_str()).collect();
    ExportError::UnknownStream {
        name: name.to_owned(),
        known: known.join(", "),
    }
}

impl Stream {
    fn of(entry: &Entry, catalog: &Catalog) -> Self {
        let named = |name: &str| entry.parameter(name);
        let filter = match (named(RANGE), named(SINCE), named(BEFORE)) {
            (Some(range), ..) if range.kind == Kind::TimeRange => Some(Filter::Range(range.name)),
            (_, Some(since), Some(before)) => Some(Filter::Bounds(since.name, before.name)),
            _ => None,
        };
        let mut steps = entry.operation.path.trim_start_matches('/').split('/');
        steps.next();
        let page_size = named(PAGE_SIZE).and_then(|it| Some((it.name, it.largest?)));
        let listed = named(IDS).map(|it| ById::List(it.name, it.most.unwrap_or(USUAL_IDS)));
        let properties = named(PROPERTIES).filter(|_| entry.answer.iter().any(|it| it.name == ID));
        Self {
            properties: properties.map(|it| it.name),
            by_id: listed.or_else(|| one(entry, catalog)),
            name: steps.collect::<Vec<_>>().join("_"),
            operation: entry.operation,
            page_size,
            filter,
        }
    }

    /// The properties of its records.
    pub fn fields<'a>(&self, shapes: &'a Shapes) -> &'a [Field] {
        shapes.get(self.operation.id).map_or(&[], Vec::as_slice)
    }

    /// Whether pages are numbered, so that a list that changes shifts them.
    pub(crate) fn is_numbered(&self) -> bool {
        self.operation.pagination == Pagination::Offset
    }

    /// The request for what changed in a span. A cursor list without a lower bound is asked for as a whole: a filter
    /// could only leave records out.
    pub(crate) fn request(&self, core: &Core, span: &Span) -> Request {
        let mut request = self.whole(core);
        match self.filter {
            Some(filter) if self.is_filtered(span) => filter.apply(&mut request, span),
            _ => {}
        }
        request
    }

    /// The request for all records.
    pub(crate) fn whole(&self, core: &Core) -> Request {
        let mut request = core.request(self.operation);
        if let Some((name, size)) = self.page_size {
            request.query(name, &size);
        }
        request
    }

    /// The request for the ids of all records, with as little else as possible.
    pub(crate) fn keys(&self, core: &Core) -> Request {
        let mut request = self.whole(core);
        if let Some(name) = self.properties {
            request.query(name, ID);
        }
        request
    }

    /// How records are asked for by id. None: there is no way.
    pub(crate) fn by_id(&self) -> Option<ById> {
        self.by_id
    }

    /// Whether the request for a span has a filter.
    pub(crate) fn is_filtered(&self, span: &Span) -> bool {
        self.filter.is_some() && (self.is_numbered() || span.from.is_some())
    }

    /// A request for as little as possible.
    pub(crate) fn smallest(&self, core: &Core) -> Request {
        let mut request = core.request(self.operation);
        if let Some((name, _)) = self.page_size {
            request.query(name, &1);
        }
        request
    }
}

/// The operation that reads one record of a list.
fn one(list: &Entry, catalog: &Catalog) -> Option<ById> {
    let mut entries = catalog.entries().filter(|it| it.is_read());
    entries.find_map(|entry| {
        let below = entry.operation.path.strip_prefix(list.operation.path)?;
        let name = below.strip_prefix("/{")?.strip_suffix('}')?;
        let parameter = entry.parameter(name)?;
        let is_one = !name.contains('/') && !entry.is_list() && parameter.kind == Kind::Integer;
        is_one.then_some(ById::One(entry.operation, parameter.name))
    })
}

impl Filter {
    fn apply(self, request: &mut Request, span: &Span) {
        match self {
            Self::Range(name) => {
                let range = span
                    .from
                    .as_ref()
                    .map_or_else(Range::<String>::any, Range::since);
                request.query_range(name, &range.before(&span.to));
            }
            Self::Bounds(since, before) => {
                if let Some(from) = &span.from {
                    request.query(since, from);
                }
                request.query(before, &span.to);
            }
        }
    }
}
