//! The files of an operation: taken from one that is there, with texts to be written in place of its own.

use std::fmt::Write as _;

use harvest_openapi::extension;

use super::Wanted;

/// An operation that is there, cut at its keys.
pub(super) struct Template {
    id: String,
    tag: String,
    blocks: Vec<(String, String)>,
}

impl Template {
    pub fn read(id: &str, tag: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            tag: tag.to_owned(),
            blocks: cut(text, ""),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    fn block(&self, key: &str) -> Option<&str> {
        let found = self.blocks.iter().find(|(name, _)| name == key);
        found.map(|(_, text)| text.as_str())
    }

    /// How far it is from what is wanted: smaller is better, and the length of the file decides between equals.
    pub fn distance(&self, wanted: &Wanted) -> usize {
        const FAR: usize = 1 << 20;
        let is_list = |id: &str| id.starts_with("list_");
        let has_body = self.block("requestBody").is_some();
        let wants_body = ["post", "put", "patch"].contains(&wanted.method.as_str());
        let verb = |id: &str| id.split('_').next().map(str::to_owned);
        let mut distance = 0;
        if is_list(&self.id) != is_list(&wanted.operation) {
            distance += 4 * FAR;
        }
        if has_body != wants_body {
            distance += 2 * FAR;
        }
        if verb(&self.id) != verb(&wanted.operation) {
            distance += FAR;
        }
        if self.block("deprecated").is_some() {
            distance += FAR;
        }
        distance
    }
}

/// A YAML mapping cut at its keys, which are indented by `indent`. What stands before the first is left out.
fn cut(text: &str, indent: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let own = line.strip_prefix(indent).unwrap_or_default();
        let is_key = own.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '\'');
        if is_key && let Some((key, _)) = own.split_once(':') {
            out.push((key.trim_matches('\'').to_owned(), String::new()));
        }
        if let Some((_, block)) = out.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    out
}

/// The name of the model of a resource: `InterviewRoom` of `interview_rooms`.
pub(super) fn model(resource: &str) -> String {
    let one = resource
        .strip_suffix("ies")
        .map(|stem| format!("{stem}y"))
        .or_else(|| resource.strip_suffix('s').map(str::to_owned));
    let one = one.unwrap_or_else(|| resource.to_owned());
    let parts = one.split('_').filter(|part| !part.is_empty());
    parts
        .map(|part| part[..1].to_ascii_uppercase() + &part[1..])
        .collect()
}

/// The model of what an operation is sent; none if it has no body.
pub(super) fn sent(wanted: &Wanted) -> Option<String> {
    let verb = match wanted.method.as_str() {
        "post" => "Create",
        "put" => "Replace",
        "patch" => "Update",
        _ => return None,
    };
    Some(model(&wanted.resource) + verb)
}

/// The parameters of a path.
pub(super) fn parameters(path: &str) -> Vec<&str> {
    path.split('/')
        .filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'))
        .collect()
}

/// The type of the id in a path: that of the resource, unless it is named after another.
fn id_type(parameter: &str, wanted: &Wanted) -> String {
    match parameter.strip_suffix("_id") {
        Some(other) => model(other) + "Id",
        None => model(&wanted.resource) + "Id",
    }
}

/// A reference to an id from a file of the resource, whose own models are `local`.
fn id_reference(name: &str, local: &str) -> String {
    if has(local, name) {
        format!("schemas.yaml#/{name}")
    } else {
        format!("../../shared/schemas.yaml#/{name}")
    }
}

/// Whether a file of components has one of this name.
fn has(text: &str, name: &str) -> bool {
    text.lines().any(|line| line == format!("{name}:"))
}

/// The file of the operation; `local` are the models of its resource.
pub(super) fn operation(template: &Template, local: &str, wanted: &Wanted) -> String {
    let mut out = format!(
        "operationId: {}\ntags: [{}]\nsummary: 'TODO: what it does, in one line.'\n\
         description: 'TODO: what it does, in your own words.'\n",
        wanted.operation, wanted.resource
    );
    out.push_str(
        "externalDocs:\n  url: 'TODO: its place in the official documentation, an https URL.'\n",
    );
    let security = template.block("security").unwrap_or_default();
    out.push_str(&security.replace(&template.tag, &wanted.resource));
    if template.block(extension::PERMISSION).is_some() {
        out.push_str("x-harvest-permission: 'TODO: as the service names it.'\n");
    }
    out.push_str(template.block(extension::PAGINATION).unwrap_or_default());
    let mut list = String::new();
    for name in parameters(&wanted.path) {
        let _ = write!(
            list,
            "  - name: {name}\n    in: path\n    required: true\n    description: 'TODO: whose id \
             it is.'\n    schema: {{$ref: {}}}\n    example: 4010\n",
            id_reference(&id_type(name, wanted), local)
        );
    }
    for line in template.block("parameters").unwrap_or_default().lines() {
        if line.starts_with("  - $ref: ../../shared/") {
            let _ = writeln!(list, "{line}");
        }
    }
    if !list.is_empty() {
        let _ = write!(out, "parameters:\n{list}");
    }
    if let Some(sent) = sent(wanted) {
        let _ = write!(
            out,
            "requestBody:\n  required: true\n  content:\n    application/json:\n      \
             schema: {{$ref: schemas.yaml#/{sent}}}\n      example: {{name: 'Blue'}}\n"
        );
    }
    out.push_str("responses:\n");
    for (status, block) in cut(template.block("responses").unwrap_or_default(), "  ") {
        if status.starts_with('2') {
            success(&mut out, &status, &block, wanted);
        } else {
            out.push_str(&block);
        }
    }
    out
}

fn success(out: &mut String, status: &str, block: &str, wanted: &Wanted) {
    if out.contains("TODO: what is answered") {
        return;
    }
    let _ = write!(
        out,
        "  '{status}':\n    description: 'TODO: what is answered.'\n"
    );
    for (key, text) in cut(block, "    ") {
        if key == "headers" {
            // Comments between keys are about the other operation.
            let lines = text
                .lines()
                .filter(|line| !line.trim_start().starts_with('#'));
            lines.for_each(|line| {
                let _ = writeln!(out, "{line}");
            });
        }
    }
    if wanted.method == "delete" {
        return;
    }
    let model = model(&wanted.resource);
    let record = "{id: 4010, name: 'Blue'}";
    let (schema, example) = if wanted.operation.starts_with("list_") {
        (
            format!("{{type: array, items: {{$ref: schemas.yaml#/{model}}}}}"),
            format!("[{record}]"),
        )
    } else {
        (
            format!("{{$ref: schemas.yaml#/{model}}}"),
            record.to_owned(),
        )
    };
    let _ = write!(
        out,
        "    content:\n      application/json:\n        schema: {schema}\n        example: \
         {example}\n"
    );
}

/// The models of a resource, with those that the operation needs.
///
/// In a version that `classifies`, each text says whether it is about a person.
pub(super) fn models(old: &str, template: &Template, classifies: bool, wanted: &Wanted) -> String {
    let mut out = old.to_owned();
    if out.is_empty() {
        let _ = writeln!(out, "# TODO: what the resource is.");
    }
    let name = model(&wanted.resource);
    if !has(&out, &name) && wanted.method != "delete" {
        let required = if template.block(extension::PERMISSION).is_some() {
            "  required: [id]\n"
        } else {
            ""
        };
        let id = if required.is_empty() {
            format!(
                "    id:\n      nullable: true\n      allOf: [{{$ref: \
                 ../../shared/schemas.yaml#/{name}Id}}]\n"
            )
        } else {
            format!("    id:\n      $ref: ../../shared/schemas.yaml#/{name}Id\n")
        };
        let personal = if classifies {
            "      x-harvest-personal: none\n"
        } else {
            ""
        };
        let _ = write!(
            out,
            "\n{name}:\n  type: object\n  description: 'TODO: what it is.'\n{required}  \
             properties:\n{id}    name:\n      type: string\n      nullable: true\n{personal}      \
             description: 'TODO: and the other properties.'\n"
        );
    }
    if let Some(sent) = sent(wanted)
        && !has(&out, &sent)
    {
        let _ = write!(
            out,
            "\n{sent}:\n  type: object\n  description: 'TODO: what is sent.'\n  required: \
             [name]\n  properties:\n    name:\n      type: string\n      description: 'TODO: and \
             the other properties.'\n"
        );
    }
    out
}

/// The shared schemas, with the ids that the operation needs and that neither they nor the models of its resource have.
pub(super) fn ids(old: &str, local: &str, wanted: &Wanted) -> String {
    let mut out = old.to_owned();
    let mut names: Vec<_> = parameters(&wanted.path)
        .iter()
        .map(|name| id_type(name, wanted))
        .collect();
    let name = model(&wanted.resource);
    if wanted.method != "delete" && !has(local, &name) {
        names.push(name + "Id");
    }
    for name in names {
        if !has(&out, &name) && !has(local, &name) {
            let _ = write!(
                out,
                "\n{name}:\n  type: integer\n  format: int64\n  x-harvest-id: true\n  description: \
                 'TODO: what it identifies.'\n"
            );
        }
    }
    out
}
