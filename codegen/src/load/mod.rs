//! Stage 1: reads a root file and every file it refers to, and joins them into one document.
//!
//! A reference takes one of two forms. `path/to/file.yaml` stands for the whole file. `path/to/schemas.yaml#/Name`
//! names a component: the file's name says of which kind, and the value ends up under `components/<kind>/<Name>`.
//! `#/Name` inside such a file means the file itself, and `#/components/<kind>/<Name>` in a document that is one file
//! already is left alone.

mod publish;
mod yaml;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::hash;

/// The kinds of components that `OpenAPI` 3.0 knows and a description may keep in files of that name.
const KINDS: [&str; 6] = [
    "schemas",
    "parameters",
    "headers",
    "responses",
    "requestBodies",
    "examples",
];

/// Where a part of the bundled document was written down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the folder of the root.
    pub file: String,
    /// A JSON pointer into it; empty for the whole file.
    pub pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}#{}",
            self.file,
            if self.pointer.is_empty() {
                "/"
            } else {
                &self.pointer
            }
        )
    }
}

/// A whole description as one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The document: every reference in it is of the form `#/components/<kind>/<Name>`.
    pub document: Value,
    /// Where the parts came from: JSON pointers into `document` against places, wherever a new file begins.
    places: BTreeMap<String, Place>,
    /// Components that a file defines and nothing refers to.
    pub unused: Vec<Place>,
    json: String,
    hash: String,
}

impl Bundle {
    /// The place of the value that `pointer` leads to in the document.
    pub fn place(&self, pointer: &str) -> Place {
        let mut prefix = pointer;
        loop {
            if let Some(place) = self.places.get(prefix) {
                return Place {
                    file: place.file.clone(),
                    pointer: format!("{}{}", place.pointer, &pointer[prefix.len()..]),
                };
            }
            match prefix.rfind('/') {
                Some(at) => prefix = &prefix[..at],
                None => {
                    return Place {
                        file: String::new(),
                        pointer: pointer.to_owned(),
                    };
                }
            }
        }
    }

    fn new(document: Value, places: BTreeMap<String, Place>, unused: Vec<Place>) -> Self {
        // A `Value` has text keys and finite numbers, so it always serializes.
        let mut json =
            serde_json::to_string_pretty(&publish::publish(&document)).unwrap_or_default();
        json.push('\n');
        let hash = hash::sha256([json.as_str()]);
        Self {
            document,
            places,
            unused,
            json,
            hash,
        }
    }

    /// The document as it is published, for every other tool: indented, with a line feed at the end.
    ///
    /// It says the same, but for what a strict validator would otherwise misunderstand: where a reference may be
    /// null, it refers to a nullable copy of the component.
    pub fn to_json(&self) -> &str {
        &self.json
    }

    /// The SHA-256 of [`Bundle::to_json`] in hexadecimal: the same wherever and however the sources were checked out.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Takes a document that is one file already, for tests and for descriptions that other tools wrote.
    pub fn from_document(document: Value) -> Self {
        let place = Place {
            file: "document".to_owned(),
            pointer: String::new(),
        };
        Self::new(
            document,
            BTreeMap::from([(String::new(), place)]),
            Vec::new(),
        )
    }
}

/// Why a description could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Error {
    /// Where.
    pub place: Place,
    what: What,
}

#[derive(Debug, thiserror::Error)]
enum What {
    #[error("cannot read the file: {0}")]
    Read(#[source] std::io::Error),
    #[error("not YAML that JSON can hold: {0}")]
    Parse(String),
    #[error("`{0}` refers to {1}, which does not exist")]
    Dangling(String, String),
    #[error(
        "`{0}` is no reference that a description may hold: refer to a whole file, or to a key of a file named after a \
         kind of component (schemas.yaml#/Name)"
    )]
    Form(String),
    #[error("the component {0} is defined here and in {1}; give one of them another name")]
    Twice(String, String),
    #[error("`$ref` has siblings ({0}), which OpenAPI 3.0 ignores; wrap it in `allOf`")]
    Siblings(String),
    #[error("the files refer to each other in a circle: {0}")]
    Circle(String),
}

/// Reads the description whose root is the file `root`.
///
/// # Errors
///
/// The first file that is missing, does not parse or refers to nothing, with the place of the mistake.
pub fn load(root: &Path) -> Result<Bundle, Error> {
    let base = root.parent().unwrap_or(Path::new("")).to_owned();
    let mut loader = Loader {
        base,
        files: BTreeMap::new(),
        components: BTreeMap::new(),
        places: BTreeMap::new(),
        open: Vec::new(),
    };
    let name = root.file_name().map_or_else(
        || root.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    );
    let mut document = loader.whole(&name, "", None)?;
    loader.join(&name, &mut document)?;
    let unused = loader.unused();
    Ok(Bundle::new(document, loader.places, unused))
}

struct Component {
    file: String,
    value: Value,
}

struct Loader {
    base: PathBuf,
    files: BTreeMap<String, Value>,
    components: BTreeMap<(String, String), Component>,
    places: BTreeMap<String, Place>,
    /// The files that are being spliced in at the moment, outermost first.
    open: Vec<String>,
}

impl Loader {
    fn file(&mut self, name: &str, from: Option<(&Place, &str)>) -> Result<&Value, Error> {
        if !self.files.contains_key(name) {
            let here = || {
                from.map_or_else(
                    || Place {
                        file: name.to_owned(),
                        pointer: String::new(),
                    },
                    |(place, _)| place.clone(),
                )
            };
            let text = std::fs::read_to_string(self.base.join(name)).map_err(|error| Error {
                place: here(),
                what: match from {
                    Some((_, reference)) if error.kind() == std::io::ErrorKind::NotFound => {
                        What::Dangling(reference.to_owned(), name.to_owned())
                    }
                    _ => What::Read(error),
                },
            })?;
            let value = yaml::parse(&text).map_err(|error| Error {
                place: Place {
                    file: name.to_owned(),
                    pointer: String::new(),
                },
                what: What::Parse(error),
            })?;
            self.files.insert(name.to_owned(), value);
        }
        Ok(&self.files[name])
    }

    /// The content of a file, resolved, as it will stand at `at` in the document.
    fn whole(
        &mut self,
        name: &str,
        at: &str,
        from: Option<(&Place, &str)>,
    ) -> Result<Value, Error> {
        let place = Place {
            file: name.to_owned(),
            pointer: String::new(),
        };
        if self.open.iter().any(|open| open == name) {
            return Err(Error {
                place: from.map_or(place, |(p, _)| p.clone()),
                what: What::Circle(format!("{} -> {name}", self.open.join(" -> "))),
            });
        }
        let value = self.file(name, from)?.clone();
        self.places.insert(at.to_owned(), place.clone());
        self.open.push(name.to_owned());
        let value = self.resolve(value, &place, at);
        self.open.pop();
        value
    }

    fn resolve(&mut self, value: Value, place: &Place, at: &str) -> Result<Value, Error> {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    if map.len() > 1 {
                        let siblings: Vec<_> =
                            map.keys().filter(|k| *k != "$ref").cloned().collect();
                        return Err(Error {
                            place: place.clone(),
                            what: What::Siblings(siblings.join(", ")),
                        });
                    }
                    return self.reference(reference, place, at);
                }
                let mut out = Map::new();
                for (key, value) in map {
                    // An example is data: what looks like a reference in it is none. A property may have that name.
                    let example = key == "example" && !at.ends_with("/properties");
                    let resolved = if example || (key == "value" && at.contains("/examples/")) {
                        value
                    } else {
                        let step = escape(&key);
                        let inner = Place {
                            file: place.file.clone(),
                            pointer: format!("{}/{step}", place.pointer),
                        };
                        self.resolve(value, &inner, &format!("{at}/{step}"))?
                    };
                    out.insert(key, resolved);
                }
                Ok(Value::Object(out))
            }
            Value::Array(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, item)| {
                    let inner = Place {
                        file: place.file.clone(),
                        pointer: format!("{}/{index}", place.pointer),
                    };
                    self.resolve(item, &inner, &format!("{at}/{index}"))
                })
                .collect::<Result<_, _>>()
                .map(Value::Array),
            other => Ok(other),
        }
    }

    fn reference(&mut self, reference: &str, place: &Place, at: &str) -> Result<Value, Error> {
        let fail = |what| Error {
            place: place.clone(),
            what,
        };
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        if path.is_empty() && pointer.starts_with("/components/") {
            return Ok(serde_json::json!({ "$ref": reference }));
        }
        let file = if path.is_empty() {
            place.file.clone()
        } else {
            join(&place.file, path).ok_or_else(|| fail(What::Form(reference.to_owned())))?
        };
        if pointer.is_empty() {
            return self.whole(&file, at, Some((place, reference)));
        }
        let kind = file
            .rsplit('/')
            .next()
            .and_then(|name| name.rsplit_once('.'))
            .map_or("", |(stem, _)| stem)
            .to_owned();
        let name = pointer.trim_start_matches('/').to_owned();
        if !KINDS.contains(&kind.as_str()) || name.is_empty() || name.contains('/') {
            return Err(fail(What::Form(reference.to_owned())));
        }
        let target = serde_json::json!({ "$ref": format!("#/components/{kind}/{name}") });
        let key = (kind.clone(), name.clone());
        let known = self.components.get(&key).map(|known| known.file.clone());
        if known.as_ref() == Some(&file) {
            return Ok(target);
        }
        let value = self
            .file(&file, Some((place, reference)))?
            .get(&name)
            .cloned()
            .ok_or_else(|| {
                fail(What::Dangling(
                    reference.to_owned(),
                    format!("{name} in {file}"),
                ))
            })?;
        if let Some(known) = known {
            let other = format!("{known}#/{name}");
            return Err(Error {
                place: Place {
                    file,
                    pointer: format!("/{name}"),
                },
                what: What::Twice(name, other),
            });
        }
        // Known before it is resolved: schemas may refer to themselves.
        self.components.insert(
            key.clone(),
            Component {
                file: file.clone(),
                value: Value::Null,
            },
        );
        let home = Place {
            file,
            pointer: format!("/{}", escape(&name)),
        };
        let at = format!("/components/{kind}/{}", escape(&name));
        self.places.insert(at.clone(), home.clone());
        let value = self.resolve(value, &home, &at)?;
        if let Some(component) = self.components.get_mut(&key) {
            component.value = value;
        }
        Ok(target)
    }

    /// Puts the collected components into the document, whose root is `file`, each kind in the order of names.
    fn join(&self, file: &str, document: &mut Value) -> Result<(), Error> {
        let Some(root) = document.as_object_mut() else {
            return Ok(());
        };
        if self.components.is_empty() {
            return Ok(());
        }
        let components = root
            .entry("components")
            .or_insert_with(|| Value::Object(Map::new()));
        let Some(components) = components.as_object_mut() else {
            return Ok(());
        };
        for kind in KINDS {
            for ((_, name), component) in self.components.iter().filter(|((k, _), _)| k == kind) {
                let section = components
                    .entry(kind)
                    .or_insert_with(|| Value::Object(Map::new()));
                let Some(section) = section.as_object_mut() else {
                    continue;
                };
                if section
                    .insert(name.clone(), component.value.clone())
                    .is_some()
                {
                    return Err(Error {
                        place: Place {
                            file: component.file.clone(),
                            pointer: format!("/{}", escape(name)),
                        },
                        what: What::Twice(
                            name.clone(),
                            format!("{file}#/components/{kind}/{name}"),
                        ),
                    });
                }
            }
        }
        Ok(())
    }

    fn unused(&self) -> Vec<Place> {
        let mut unused = Vec::new();
        for (file, value) in &self.files {
            let kind = file
                .rsplit('/')
                .next()
                .and_then(|n| n.rsplit_once('.'))
                .map_or("", |(stem, _)| stem);
            if !KINDS.contains(&kind) {
                continue;
            }
            for name in value.as_object().into_iter().flat_map(Map::keys) {
                if !self
                    .components
                    .contains_key(&(kind.to_owned(), name.clone()))
                {
                    unused.push(Place {
                        file: file.clone(),
                        pointer: format!("/{name}"),
                    });
                }
            }
        }
        unused
    }
}

/// The path of `target` as seen from the file `from`, with `.` and `..` taken out. `None` if it leaves the folder of
/// the root.
fn join(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// One step of a JSON pointer.
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
