//! Reads files and joins them into one document.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::error::{Error, LoadErrorKind};
use super::location::SourceLocation;
use super::source::Source;
use super::{escape, located, whole, yaml};

/// The kinds of components that `OpenAPI` 3.0 knows and a description may keep in files of that name.
const KINDS: [&str; 6] = [
    "schemas",
    "parameters",
    "headers",
    "responses",
    "requestBodies",
    "examples",
];

/// How the names of files end that hold parts of a description.
const YAML: [&str; 2] = [".yaml", ".yml"];

/// What was read.
pub(super) struct Read {
    pub document: Value,
    pub places: BTreeMap<String, SourceLocation>,
    pub unused: Vec<SourceLocation>,
    pub sources: BTreeMap<String, Source>,
}

/// Reads the root and all that it refers to. See [`super::load`].
pub(super) fn read(root: &Path, base: &Path) -> Result<Read, Error> {
    let named = root.display().to_string();
    let Some(name) = root.strip_prefix(base).ok().map(slashed) else {
        return Err(Error {
            place: whole(&named),
            what: LoadErrorKind::Outside(base.display().to_string()),
        });
    };
    let mut loader = Loader {
        base: base.to_owned(),
        folder: name
            .rfind('/')
            .map_or_else(String::new, |at| name[..=at].to_owned()),
        files: BTreeMap::new(),
        sources: BTreeMap::new(),
        components: BTreeMap::new(),
        places: BTreeMap::new(),
        open: Vec::new(),
    };
    match loader.read(&name) {
        Ok((document, unused)) => Ok(Read {
            document,
            places: loader.places,
            unused,
            sources: loader.sources,
        }),
        Err(mut error) => {
            if error.place.position.is_none() {
                error.place = located(&loader.sources, error.place);
            }
            Err(error)
        }
    }
}

/// A path with `/` between its parts, whatever the system writes.
fn slashed(path: &Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

struct Component {
    file: String,
    value: Value,
}

struct Loader {
    /// The folder that the names of files start from.
    base: PathBuf,
    /// The folder of the root in it, with a `/` at the end unless it is empty.
    folder: String,
    files: BTreeMap<String, Value>,
    sources: BTreeMap<String, Source>,
    components: BTreeMap<(String, String), Component>,
    places: BTreeMap<String, SourceLocation>,
    /// The files that are being spliced in at the moment, outermost first.
    open: Vec<String>,
}

impl Loader {
    /// The document whose root is called `name`, and what nothing in it refers to.
    fn read(&mut self, name: &str) -> Result<(Value, Vec<SourceLocation>), Error> {
        let mut document = self.whole(name, "", None)?;
        self.join(name, &mut document)?;
        let mut unused = self.unread()?;
        unused.extend(self.unused());
        let unused = unused
            .into_iter()
            .map(|place| located(&self.sources, place))
            .collect();
        Ok((document, unused))
    }

    fn file(&mut self, name: &str, from: Option<(&SourceLocation, &str)>) -> Result<&Value, Error> {
        if !self.files.contains_key(name) {
            let text = std::fs::read_to_string(self.base.join(name)).map_err(|error| Error {
                place: from.map_or_else(|| whole(name), |(place, _)| place.clone()),
                what: match from {
                    Some((_, reference)) if error.kind() == std::io::ErrorKind::NotFound => {
                        LoadErrorKind::Dangling(reference.to_owned(), name.to_owned())
                    }
                    _ => LoadErrorKind::Read(error),
                },
            })?;
            let value = yaml::parse(&text).map_err(|error| Error {
                place: SourceLocation {
                    file: name.to_owned(),
                    position: error.position,
                    pointer: error.pointer,
                },
                what: LoadErrorKind::Parse(error.message),
            });
            self.sources.insert(name.to_owned(), Source::new(text));
            self.files.insert(name.to_owned(), value?);
        }
        Ok(&self.files[name])
    }

    /// The content of a file, resolved, as it will stand at `at` in the document.
    fn whole(
        &mut self,
        name: &str,
        at: &str,
        from: Option<(&SourceLocation, &str)>,
    ) -> Result<Value, Error> {
        let place = whole(name);
        if self.open.iter().any(|open| open == name) {
            return Err(Error {
                place: from.map_or(place, |(p, _)| p.clone()),
                what: LoadErrorKind::Circle(format!("{} -> {name}", self.open.join(" -> "))),
            });
        }
        let value = self.file(name, from)?.clone();
        if value.is_null() {
            return Err(Error {
                place,
                what: LoadErrorKind::Empty,
            });
        }
        self.places.insert(at.to_owned(), place.clone());
        self.open.push(name.to_owned());
        let value = self.resolve(value, &place, at);
        self.open.pop();
        value
    }

    fn resolve(&mut self, value: Value, place: &SourceLocation, at: &str) -> Result<Value, Error> {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    if map.len() > 1 {
                        let siblings: Vec<_> =
                            map.keys().filter(|k| *k != "$ref").cloned().collect();
                        return Err(Error {
                            place: place.clone(),
                            what: LoadErrorKind::Siblings(siblings.join(", ")),
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
                        let inner = place.inside(&step);
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
                    let inner = place.inside(&index.to_string());
                    self.resolve(item, &inner, &format!("{at}/{index}"))
                })
                .collect::<Result<_, _>>()
                .map(Value::Array),
            other => Ok(other),
        }
    }

    fn reference(
        &mut self,
        reference: &str,
        place: &SourceLocation,
        at: &str,
    ) -> Result<Value, Error> {
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
            self.joined(&place.file, path)
                .ok_or_else(|| fail(LoadErrorKind::Form(reference.to_owned())))?
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
            return Err(fail(LoadErrorKind::Form(reference.to_owned())));
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
                fail(LoadErrorKind::Dangling(
                    reference.to_owned(),
                    format!("{name} in {file}"),
                ))
            })?;
        if let Some(known) = known {
            let other = format!("{known}#/{name}");
            return Err(Error {
                place: whole(&file).inside(&escape(&name)),
                what: LoadErrorKind::Twice(name, other),
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
        let home = whole(&file).inside(&escape(&name));
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
                        place: whole(&component.file).inside(&escape(name)),
                        what: LoadErrorKind::Twice(
                            name.clone(),
                            format!("{file}#/components/{kind}/{name}"),
                        ),
                    });
                }
            }
        }
        Ok(())
    }

    fn unused(&self) -> Vec<SourceLocation> {
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
                    unused.push(whole(file).inside(&escape(name)));
                }
            }
        }
        unused
    }

    /// The YAML files in the folder of the root that nothing refers to: what they describe would be lost.
    fn unread(&self) -> Result<Vec<SourceLocation>, Error> {
        let mut unread = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let fail = |error| Error {
                place: whole(&folder),
                what: LoadErrorKind::Read(error),
            };
            for entry in std::fs::read_dir(self.base.join(&folder)).map_err(fail)? {
                let entry = entry.map_err(fail)?;
                let name = format!("{folder}{}", entry.file_name().to_string_lossy());
                // A link may lead anywhere, and round in a circle.
                let kind = entry.file_type().map_err(fail)?;
                if kind.is_dir() {
                    folders.push(format!("{name}/"));
                } else if YAML.iter().any(|end| name.ends_with(end))
                    && !self.files.contains_key(&name)
                {
                    unread.push(whole(&name));
                }
            }
        }
        unread.sort();
        Ok(unread)
    }

    /// The path of `target` as seen from the file `from`, with `.` and `..` taken out. `None` if it leaves the folder of
    /// the root.
    fn joined(&self, from: &str, target: &str) -> Option<String> {
        let inner = from.strip_prefix(&self.folder)?;
        let mut parts: Vec<&str> = inner.split('/').collect();
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
        Some(format!("{}{}", self.folder, parts.join("/")))
    }
}
