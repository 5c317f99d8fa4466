//! Descriptions that a sandbox serves, and the faces that it has for them.

use std::sync::Arc;

use crate::control::ClientCredentials;
use crate::faces::token_service::{Endpoint, TOKEN_PATH};
use crate::faces::{Face, v1};
use crate::http::limit::Limit;
use crate::http::overlooked::Tolerance;
use crate::openapi::document::Document;
use crate::openapi::examples;
use crate::pipeline::Faces;
use crate::refusal::StartError;
use crate::sandbox::rate_limit::RateLimit;
use crate::sandbox::versions::{face, others, parsed, read_all};

/// The description that a builder names.
#[derive(Clone)]
pub(super) enum Api {
    Version(String),
    Document(String),
}

/// What is served.
pub(super) struct Descriptions {
    /// The one that the builder names.
    pub(super) document: Arc<Document>,
    /// Of its version, as far as there is one.
    face: Option<&'static Face>,
    /// Of the other versions, where records are kept.
    beside: Vec<(&'static Face, Arc<Document>)>,
    keeps_records: bool,
}

impl Descriptions {
    pub(super) fn read(api: &Api, examples: bool) -> Result<Self, StartError> {
        let version = match api {
            Api::Version(version) => version,
            Api::Document(json) => {
                return Ok(Self {
                    document: Arc::new(Document::parse(json)?),
                    face: None,
                    beside: Vec::new(),
                    keeps_records: false,
                });
            }
        };
        if !examples {
            read_all();
        }
        let document = parsed(version)?;
        let face = face(version);
        if face.is_none() && !examples {
            let version = version.clone();
            return Err(StartError::NoRecords { version });
        }
        let beside = if examples {
            Vec::new()
        } else {
            others(version)?
        };
        Ok(Self {
            document,
            face,
            beside,
            keeps_records: !examples,
        })
    }

    /// The faces of records, that of the named version first; none if no records are kept.
    pub(super) fn faces(&self) -> Option<Vec<&'static Face>> {
        let first = self.face.filter(|_| self.keeps_records)?;
        let beside = self.beside.iter().map(|(face, _)| *face);
        Some(std::iter::once(first).chain(beside).collect())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        let beside = self.beside.iter().map(|(_, document)| &**document);
        std::iter::once(&*self.document).chain(beside)
    }

    /// Whether there has to be a token service beside them.
    pub(super) fn want_tokens(&self) -> bool {
        self.all().any(wants_tokens)
    }

    /// The names of all operations, with those of the token service.
    pub(super) fn operations(&self) -> Vec<String> {
        let described = self.all().flat_map(|it| &it.operations);
        let described = described.map(|it| it.id.clone());
        let issuing = Endpoint::ALL.iter().filter(|_| self.want_tokens());
        let issuing = issuing.map(|it| it.operation().to_owned());
        described.chain(issuing).collect()
    }

    /// The limit of each, in their order.
    pub(super) fn limits(&self, rate_limit: RateLimit) -> Vec<Limit> {
        let first = self.face.map_or(v1::FACE.limit, |face| face.limit);
        let beside = self.beside.iter().map(|(face, _)| face.limit);
        let rules = std::iter::once(first).chain(beside);
        rules.map(|rule| rate_limit.of(rule)).collect()
    }

    /// How much each overlooks, in their order.
    pub(super) fn tolerances(&self, strict: bool) -> Vec<Tolerance> {
        let beside = self.beside.iter().map(|(face, _)| Some(*face));
        let faces = std::iter::once(self.face).chain(beside);
        let tolerances = faces.map(|face| match face {
            _ if strict => Tolerance::Strict,
            Some(face) if face.lenient => Tolerance::Lenient,
            _ => Tolerance::Described,
        });
        tolerances.collect()
    }

    /// The descriptions, to be chosen from by the paths of requests.
    pub(super) fn into_faces(self) -> Faces {
        let beside = self.beside.into_iter().map(|(_, document)| document);
        Faces::new(self.document, beside)
    }

    /// Lines for a shell that try them.
    pub(super) fn curl(
        &self,
        url: &str,
        key: &str,
        credentials: Option<&ClientCredentials>,
    ) -> Vec<String> {
        self.all()
            .filter_map(|document| curl(document, url, key, credentials))
            .collect()
    }
}

/// A line for a shell that tries a description.
fn curl(
    document: &Document,
    url: &str,
    key: &str,
    credentials: Option<&ClientCredentials>,
) -> Option<String> {
    if let Some(credentials) = credentials
        && document.takes_tokens()
    {
        return Some(credentials.curl(url));
    }
    let list = examples::list(document).into_iter();
    let mut operations = list.chain(&document.operations);
    operations.find_map(|operation| operation.curl(url, key))
}

/// Whether operations take a bearer token, so that there has to be a token service beside them. A path of the document's
/// own goes before that of the service.
pub(super) fn wants_tokens(document: &Document) -> bool {
    let mut operations = document.operations.iter();
    document.takes_tokens() && !operations.any(|operation| operation.path == TOKEN_PATH)
}
