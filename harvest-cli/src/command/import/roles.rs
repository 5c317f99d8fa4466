//! Operations of a version that an import takes: found by what they take and answer with.

use harvest_export::catalog::{Catalog, Entry, Kind, Property};
use harvest_generated::runtime::Method;

use crate::failure::Failure;

/// The kind of record that is imported.
pub(super) const KIND: &str = "candidate";
/// The property of e-mail addresses, by which candidates are known.
pub(super) const EMAILS: &str = "email_addresses";
/// The names of the property that has the application of a new candidate, or a list of them.
const APPLICATION: [&str; 2] = ["application", "applications"];
/// The property that makes an application one for a job.
pub(super) const JOB: &str = "job_id";
/// The property that makes an application one for no job, where the same operation adds both.
pub(super) const PROSPECT: &str = "prospect";
const EMAIL: &str = "email";

/// What adds a candidate.
#[derive(Clone, Copy)]
pub(super) struct Create<'a> {
    pub entry: &'a Entry,
    /// The property that has the application.
    pub application: &'a Property,
}

impl Create<'_> {
    /// Whether it takes several applications.
    pub(super) fn takes_list(&self) -> bool {
        matches!(self.application.kind, Kind::List(_))
    }

    /// Whether the application can have a property.
    pub(super) fn has(&self, name: &str) -> bool {
        self.application.within.contains(&name)
    }
}

/// Where in a request something goes, by its name there.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Body(&'static str),
    Path(&'static str),
    Query(&'static str),
}

/// What attaches a file to an application.
pub(super) struct Attach<'a> {
    pub entry: &'a Entry,
    /// Where the id of the application goes.
    pub owner: Place,
}

/// What names the files of an application, or the applications of a candidate.
pub(super) enum Lookup<'a> {
    /// In a list that takes the ids of the owners.
    List(&'a Entry, &'static str),
    /// In a property of the owner, whose id goes into the path.
    Record(&'a Entry, &'static str),
}

/// What lists custom fields.
pub(super) struct Fields<'a> {
    pub entry: &'a Entry,
    /// Where the kind of record goes.
    pub kind: Place,
    /// The list of options by the ids of their fields, where the fields do not have them.
    pub options: Option<(&'a Entry, &'static str)>,
}

/// The operations that an import takes.
pub(super) struct Roles<'a> {
    pub create: Create<'a>,
    /// Lists candidates by an address.
    pub list: (&'a Entry, &'static str),
    pub applications: Lookup<'a>,
    pub attach: Attach<'a>,
    pub attached: Lookup<'a>,
    pub fields: Fields<'a>,
}

impl<'a> Roles<'a> {
    /// The operations of a version; for prospects if these are to be added.
    pub(super) fn of(catalog: &'a Catalog, prospects: bool) -> Result<Self, Failure> {
        let version = catalog.version;
        let lacks = |what: &str| {
            Failure::usage(format!(
                "{version} has no operation that {what}, which an import takes; use the current \
                 version"
            ))
        };
        let candidates = format!("/{version}/candidates");
        let applications = format!("/{version}/applications");
        let list = at(catalog, Method::Get, &candidates)
            .and_then(|entry| Some((entry, entry.parameter(EMAIL)?.name)))
            .ok_or_else(|| lacks("finds candidates by their address"))?;
        let attach = attach(catalog, &applications)
            .ok_or_else(|| lacks("attaches files to applications"))?;
        Ok(Self {
            create: create(catalog, prospects).ok_or_else(|| lacks("adds candidates"))?,
            list,
            applications: lookup(catalog, "candidate_ids", &applications, &candidates)
                .ok_or_else(|| lacks("names the applications of a candidate"))?,
            attached: attached(catalog, attach.entry.operation.path)
                .ok_or_else(|| lacks("names the files of an application"))?,
            attach,
            fields: fields(catalog).ok_or_else(|| lacks("lists custom fields"))?,
        })
    }
}

fn at<'a>(catalog: &'a Catalog, method: Method, path: &str) -> Option<&'a Entry> {
    let mut all = catalog.entries();
    all.find(|it| it.operation.method == method && it.operation.path == path)
}

fn listed<'a>(catalog: &'a Catalog, path: &str, by: &str) -> Option<Lookup<'a>> {
    let entry = at(catalog, Method::Get, path)?;
    Some(Lookup::List(entry, entry.parameter(by)?.name))
}

fn creates(catalog: &Catalog) -> impl Iterator<Item = &Entry> {
    let all = catalog.entries();
    all.filter(|it| it.operation.method == Method::Post)
}

/// What adds a person with addresses and an application: for prospects the operation that is for them alone, if there is
/// one.
fn create(catalog: &Catalog, prospects: bool) -> Option<Create<'_>> {
    let all = creates(catalog).filter_map(|entry| {
        entry.in_body(EMAILS)?;
        let mut properties = APPLICATION.into_iter();
        let application = properties.find_map(|name| entry.in_body(name))?;
        Some(Create { entry, application })
    });
    let (for_jobs, for_none): (Vec<_>, Vec<_>) = all.partition(|it| it.has(JOB));
    let usual = for_jobs.first().copied();
    if prospects {
        for_none.first().copied().or(usual)
    } else {
        usual
    }
}

fn attach<'a>(catalog: &'a Catalog, applications: &str) -> Option<Attach<'a>> {
    let mut all = creates(catalog).filter(|it| {
        let has = |name: &str| it.in_body(name).is_some();
        has("filename") && has("content") && has("type")
    });
    all.find_map(|entry| {
        if let Some(property) = entry.in_body("application_id") {
            let owner = Place::Body(property.name);
            return Some(Attach { entry, owner });
        }
        let below = entry.operation.path.strip_prefix(applications)?;
        let owner = Place::Path(in_path(entry).filter(|_| below.starts_with("/{"))?);
        Some(Attach { entry, owner })
    })
}

/// The parameter in the path of an operation, if there is one alone.
fn in_path(entry: &Entry) -> Option<&'static str> {
    let mut parameters = entry.parameters.iter().filter(|it| it.in_path);
    let parameter = parameters.next()?;
    parameters.next().is_none().then_some(parameter.name)
}

/// A list at a path that takes the ids of the owners, or a property of the owner with the ids.
fn lookup<'a>(catalog: &'a Catalog, by: &str, list: &str, owners: &str) -> Option<Lookup<'a>> {
    if let Some(listed) = listed(catalog, list, by) {
        return Some(listed);
    }
    let mut reads = catalog.entries().filter(|it| it.is_read() && !it.is_array);
    reads.find_map(|entry| {
        let below = entry.operation.path.strip_prefix(owners)?;
        let is_one = below.starts_with("/{") && below.ends_with('}');
        let parameter = in_path(entry).filter(|_| is_one)?;
        entry.in_answer("application_ids")?;
        Some(Lookup::Record(entry, parameter))
    })
}

/// The list at the path by which files are attached, or a property of the record above it.
fn attached<'a>(catalog: &'a Catalog, path: &str) -> Option<Lookup<'a>> {
    if let Some(listed) = listed(catalog, path, "application_ids") {
        return Some(listed);
    }
    let (owner, _) = path.rsplit_once('/')?;
    let entry = at(catalog, Method::Get, owner)?;
    entry.in_answer("attachments")?;
    Some(Lookup::Record(entry, in_path(entry)?))
}

fn fields(catalog: &Catalog) -> Option<Fields<'_>> {
    let lists = || catalog.entries().filter(|it| it.is_read() && it.is_array);
    let options = || {
        lists().find_map(|entry| {
            entry.in_answer("name")?;
            Some((entry, entry.parameter("custom_field_ids")?.name))
        })
    };
    lists().find_map(|entry| {
        entry.in_answer("name_key")?;
        entry.in_answer("value_type")?;
        let mut parameters = entry.parameters.iter();
        let parameter = parameters.find(|it| match &it.kind {
            Kind::Choice(kinds) => kinds.iter().any(|kind| kind == KIND),
            _ => false,
        })?;
        let has_options = entry.in_answer("custom_field_options").is_some();
        let kind = if parameter.in_path {
            Place::Path(parameter.name)
        } else {
            Place::Query(parameter.name)
        };
        Some(Fields {
            entry,
            kind,
            options: if has_options { None } else { options() },
        })
    })
}
