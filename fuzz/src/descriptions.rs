//! The loader of descriptions, and what reads them first: a line `%%` begins another file.

use std::fs;

use harvest_codegen::{lint, load, lower};
use tempfile::TempDir;

/// The names of the files, in order. The first is the root.
const FILES: [&str; 4] = [
    "openapi.yaml",
    "schemas.yaml",
    "parameters.yaml",
    "item.yaml",
];

thread_local! {
    static FOLDER: TempDir = tempfile::tempdir().expect("there is room for files");
}

/// Whatever is in the files, there is a document or an error that says where. What was loaded is JSON, can be checked,
/// and either can be lowered or says why not.
///
/// # Panics
///
/// If that does not hold.
pub fn run(data: &[u8]) {
    FOLDER.with(|folder| {
        let folder = folder.path();
        let mut parts = split(data).into_iter();
        for file in FILES {
            let path = folder.join(file);
            match parts.next() {
                Some(part) => fs::write(path, part).expect("a file can be written"),
                None if path.exists() => fs::remove_file(path).expect("a file can be removed"),
                None => {}
            }
        }
        match load::load(&folder.join(FILES[0]), folder) {
            Ok(bundle) => {
                assert!(serde_json::from_str::<serde_json::Value>(bundle.to_json()).is_ok());
                for finding in lint::lint(&bundle) {
                    assert!(!finding.to_string().is_empty());
                }
                if let Err(error) = lower::lower(&bundle.document) {
                    assert!(!error.to_string().is_empty());
                }
            }
            Err(error) => assert!(FILES.contains(&error.place.file.as_str()), "{error}"),
        }
    });
}

fn split(mut data: &[u8]) -> Vec<&[u8]> {
    const MARK: &[u8] = b"\n%%\n";
    let mut parts = Vec::new();
    while let Some(at) = data.windows(MARK.len()).position(|window| window == MARK) {
        parts.push(&data[..at]);
        data = &data[at + MARK.len()..];
    }
    parts.push(data);
    parts
}

pub fn seeds() -> Vec<Vec<u8>> {
    [
        include_str!("../../codegen/src/lint/tests/good.yaml"),
        FOUR_FILES,
        "openapi: 3.0.3\npaths: {/a: {$ref: item.yaml}}\n%%\n%%\n%%\n{get: {$ref: item.yaml}}",
        "a: &a [1, 0x1f, 1.5e3, ~, true]\nb: *a\nc: !tag d\n? e\n: |\n  f\n\"\\u00e9\": >-\n g",
    ]
    .iter()
    .map(|seed| seed.as_bytes().to_vec())
    .collect()
}

const FOUR_FILES: &str = r##"openapi: 3.0.3
info: {title: Rooms, version: "1", description: A made-up API.}
paths:
  /rooms:
    $ref: item.yaml
%%
Room:
  type: object
  description: A room.
  properties:
    id: {$ref: "#/RoomId"}
    next_to: {type: array, items: {$ref: schemas.yaml#/Room}}
RoomId: {type: integer, format: int64, description: Identifies a room.}
%%
Page: {name: page, in: query, description: Which page., example: 1, schema: {type: integer}}
%%
get:
  operationId: list_rooms
  parameters: [{$ref: parameters.yaml#/Page}]
  responses:
    "200":
      description: The rooms.
      content:
        application/json:
          schema: {type: array, items: {$ref: schemas.yaml#/Room}}
          example: [{id: 1}]
"##;
