//! A small workspace of our own in a temporary folder, and this program run on it.

// Each test file uses its part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use xtask::regen::{self, Change};
use xtask::workspace::Workspace;

/// The files of a description without findings: two operations on things.
const DESCRIPTION: [(&str, &str); 5] = [
    (
        "openapi.yaml",
        "\
openapi: 3.0.3
info:
  title: Things
  version: '1'
servers:
  - url: https://things.example.com
tags:
  - name: things
    description: What there is.
paths:
  /v1/things:
    get: {$ref: resources/things/list_things.yaml}
    post: {$ref: resources/things/create_thing.yaml}
components:
  securitySchemes:
    Key: {type: http, scheme: basic, description: The key is the user name.}
",
    ),
    (
        "resources/things/list_things.yaml",
        "\
operationId: list_things
tags: [things]
summary: List things
description: |-
  Every thing there is.

  The oldest come first.
externalDocs: {url: 'https://things.example.com/docs#list'}
security: [{Key: []}]
x-harvest-permission: 'GET: List Things'
x-harvest-pagination: next-only
parameters:
  - name: per_page
    in: query
    description: How many things a page holds.
    schema: {type: integer, format: int32, minimum: 1, maximum: 500}
    example: 50
responses:
  '200':
    description: A page of things.
    content:
      application/json:
        schema: {type: array, items: {$ref: schemas.yaml#/Thing}}
        example: [{id: 7, name: Lamp, made_by: {name: Ada's workshop}}]
  '401': {$ref: ../../shared/responses.yaml#/Failed}
  '403': {$ref: ../../shared/responses.yaml#/Failed}
  '422': {$ref: ../../shared/responses.yaml#/Failed}
  '429': {$ref: ../../shared/responses.yaml#/Failed}
  '500': {$ref: ../../shared/responses.yaml#/Failed}
",
    ),
    (
        "resources/things/create_thing.yaml",
        "\
operationId: create_thing
tags: [things]
summary: Add a thing
description: Adds a thing.
externalDocs: {url: 'https://things.example.com/docs#add'}
security: [{Key: []}]
x-harvest-permission: 'POST: Add Thing'
x-harvest-pagination: none
requestBody:
  required: true
  content:
    application/json:
      schema: {$ref: schemas.yaml#/ThingCreate}
      example: {name: Lamp}
responses:
  '201':
    description: The thing.
    content:
      application/json:
        schema: {$ref: schemas.yaml#/Thing}
        example: {id: 7, name: Lamp, made_by: null}
  '401': {$ref: ../../shared/responses.yaml#/Failed}
  '403': {$ref: ../../shared/responses.yaml#/Failed}
  '404': {$ref: ../../shared/responses.yaml#/Failed}
  '422': {$ref: ../../shared/responses.yaml#/Failed}
  '429': {$ref: ../../shared/responses.yaml#/Failed}
  '500': {$ref: ../../shared/responses.yaml#/Failed}
",
    ),
    (
        "resources/things/schemas.yaml",
        "\
ThingId:
  type: integer
  format: int64
  description: Identifies a thing.
  x-harvest-id: true
Maker:
  type: object
  description: Who makes things.
  required: [name]
  properties:
    name: {type: string, description: What they are called.}
Thing:
  type: object
  description: |-
    Something.

    It can be anything.
  required: [id]
  properties:
    id: {$ref: '#/ThingId'}
    name: {type: string, nullable: true, description: What it is called.}
    made_by:
      nullable: true
      description: Who made it.
      allOf: [{$ref: '#/Maker'}]
ThingCreate:
  type: object
  description: A thing to add.
  required: [name]
  properties:
    name: {type: string, description: What it is called., minLength: 1}
",
    ),
    (
        "shared/responses.yaml",
        "\
Failed:
  description: It did not work.
",
    ),
];

/// A workspace that is gone after the test.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// With the description, and nothing made of it.
    pub fn described() -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in DESCRIPTION {
            sandbox.write(&format!("harvest-spec/v1/{path}"), text);
        }
        sandbox
    }

    /// With the description and what `regen` makes of it.
    pub fn generated() -> Self {
        let sandbox = Self::described();
        let output = sandbox.xtask(&["regen"]);
        assert!(output.status.success(), "{}", text(&output));
        sandbox
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn workspace(&self) -> Workspace {
        Workspace::new(self.root())
    }

    /// What `regen` would change.
    pub fn changes(&self) -> Vec<Change> {
        let workspace = self.workspace();
        regen::plan(&workspace)
            .unwrap()
            .changes(&workspace)
            .unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Replaces a text that has to be there.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.write(path, &text.replacen(old, new, 1));
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Every file of the workspace.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(self.root(), &mut found);
        found.sort();
        found
    }

    /// Runs this program on the workspace.
    pub fn xtask(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--root")
            .arg(self.root())
            .envs(GIT_NOWHERE)
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap()
    }

    /// Runs git in the workspace.
    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.root())
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args([
                "-c",
                "init.defaultBranch=main",
                "-c",
                "commit.gpgSign=false",
            ])
            .args(["-c", "core.autocrlf=false", "-c", "core.hooksPath=none"])
            .args(arguments)
            .envs(GIT_NOWHERE)
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }
}

/// Keeps the settings of the machine out of the tests.
const GIT_NOWHERE: [(&str, &str); 2] = [("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "")];

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What a program wrote, in both streams.
pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
