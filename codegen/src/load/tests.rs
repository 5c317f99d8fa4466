//! Descriptions in small folders, and what becomes of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::*;

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = Self(
            std::env::temp_dir().join(format!("harvest-load-{}-{number}", std::process::id())),
        );
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, text).expect("a file is written");
        }
        folder
    }

    fn load(&self) -> Result<Bundle, Error> {
        load(&self.0.join("openapi.yaml"), &self.0)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind is in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn bundle(files: &[(&str, &str)]) -> Bundle {
    match Folder::new(files).load() {
        Ok(bundle) => bundle,
        Err(error) => panic!("{error}"),
    }
}

/// The text of the error, and the place that it names.
fn refused(files: &[(&str, &str)]) -> String {
    let error = Folder::new(files).load().expect_err("an error");
    let text = error.to_string();
    assert!(
        text.starts_with(&error.place.to_string()),
        "{text} does not name {}",
        error.place
    );
    text
}

/// A description in several files, with both forms of references.
const LIBRARY: [(&str, &str); 4] = [
    (
        "openapi.yaml",
        "openapi: 3.0.3\npaths:\n  /books/{id}:\n    $ref: resources/books/path.yaml\n",
    ),
    (
        "resources/books/path.yaml",
        "get:\n  parameters:\n    - $ref: ../../shared/parameters.yaml#/Id\n  responses:\n    \
         200:\n      schema:\n        $ref: ./schemas.yaml#/Book\n",
    ),
    (
        "resources/books/schemas.yaml",
        "Book:\n  properties:\n    sequel:\n      $ref: '#/Book'\n    author:\n      $ref: \
         '#/Author'\nAuthor:\n  properties:\n    books:\n      items:\n        $ref: \
         schemas.yaml#/Book\nForgotten:\n  type: string\n",
    ),
    (
        "shared/parameters.yaml",
        "Id:\n  name: id\n  in: path\nAlso forgotten:\n  name: x\n",
    ),
];

/// The library without its keys that are no text.
fn library() -> Vec<(&'static str, &'static str)> {
    let mut files = LIBRARY.to_vec();
    files[1].1 = "get:\n  parameters:\n    - $ref: ../../shared/parameters.yaml#/Id\n  \
                  responses:\n    '200':\n      schema:\n        $ref: ./schemas.yaml#/Book\n";
    files
}

#[test]
fn files_are_spliced_in_and_components_are_collected() {
    let bundle = bundle(&library());
    assert_eq!(
        bundle.document,
        json!({
            "openapi": "3.0.3",
            "paths": {"/books/{id}": {"get": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "responses": {"200": {"schema": {"$ref": "#/components/schemas/Book"}}},
            }}},
            "components": {
                "schemas": {
                    "Author": {"properties": {
                "books": {"items": {"$ref": "#/components/schemas/Book"}}
            }},
                    "Book": {"properties": {
                        "sequel": {"$ref": "#/components/schemas/Book"},
                        "author": {"$ref": "#/components/schemas/Author"},
                    }},
                },
                "parameters": {"Id": {"name": "id", "in": "path"}},
            },
        })
    );
}

#[test]
fn a_place_is_a_file_and_a_pointer_into_it() {
    let bundle = bundle(&library());
    let place = |pointer: &str| bundle.place(pointer).to_string();
    assert_eq!(place(""), "openapi.yaml#/");
    assert_eq!(place("/openapi"), "openapi.yaml#/openapi");
    assert_eq!(place("/paths/~1books~1{id}"), "resources/books/path.yaml#/");
    assert_eq!(
        place("/paths/~1books~1{id}/get/responses/200"),
        "resources/books/path.yaml#/get/responses/200"
    );
    assert_eq!(
        place("/components/schemas/Author/properties/books"),
        "resources/books/schemas.yaml#/Author/properties/books"
    );
    assert_eq!(
        place("/components/parameters/Id/name"),
        "shared/parameters.yaml#/Id/name"
    );
    // A component whose name another one's begins with is another component.
    assert_eq!(
        place("/components/schemas/Bookmark"),
        "openapi.yaml#/components/schemas/Bookmark"
    );
    let document = Bundle::from_document(json!({}));
    for place in [document.place("/a/b"), document.locate("/a/b")] {
        assert_eq!(place.to_string(), "document#/a/b");
    }
}

#[test]
fn a_place_is_named_from_the_folder_that_was_asked_for() {
    let folder = Folder::new(&[
        ("api/openapi.yaml", "a:\n  $ref: x/y.yaml\n"),
        ("api/x/y.yaml", "b: [c, {d: 1}]\n"),
        ("other.yaml", "e: 1\n"),
    ]);
    let bundle = load(&folder.0.join("api/openapi.yaml"), &folder.0)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(bundle.locate("/a/b/1/d").to_string(), "api/x/y.yaml:1:9");
    assert!(bundle.unused.is_empty());
    // Files of the folder around the description are no part of it.
    fs::write(
        folder.0.join("api/openapi.yaml"),
        "a:\n  $ref: ../other.yaml\n",
    )
    .expect("a file");
    let error = load(&folder.0.join("api/openapi.yaml"), &folder.0).expect_err("an error");
    assert!(
        error
            .to_string()
            .starts_with("api/openapi.yaml:1:1: `../other.yaml` is no reference"),
        "{error}"
    );
    let error = load(&folder.0.join("api/openapi.yaml"), &folder.0.join("api/x"));
    assert!(
        error
            .expect_err("an error")
            .to_string()
            .contains("is not in the folder"),
    );
}

#[test]
fn an_empty_file_is_refused() {
    let root = ("openapi.yaml", "a:\n  $ref: x.yaml\n");
    let empty =
        "the file is empty: describe what belongs there, or remove the file and what refers to it";
    for text in ["", "\n", "# Nothing yet.\n", "---\n", "~\n"] {
        assert_eq!(
            refused(&[root, ("x.yaml", text)]),
            format!("x.yaml:1:1: {empty}")
        );
    }
    assert_eq!(
        refused(&[("openapi.yaml", "")]),
        format!("openapi.yaml:1:1: {empty}")
    );
}

#[test]
fn a_file_that_nothing_refers_to_is_an_error() {
    let files = [
        ("openapi.yaml", "a:\n  $ref: x/y.yaml\n"),
        ("x/y.yaml", "b: 1\n"),
        ("x/z.yaml", "c: 1\n"),
        ("w.yml", "not read, so whatever it holds: ["),
        ("guide/page.md", "# Page\n"),
    ];
    let unused: Vec<_> = bundle(&files).unused;
    let unused: Vec<_> = unused.iter().map(|place| place.file.as_str()).collect();
    assert_eq!(unused, ["w.yml", "x/z.yaml"]);
}

#[test]
fn what_nothing_refers_to_is_told() {
    let unused: Vec<_> = bundle(&library())
        .unused
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        unused,
        [
            "resources/books/schemas.yaml:12:1",
            "shared/parameters.yaml:4:1"
        ]
    );
}

#[test]
fn a_document_in_one_file_keeps_its_references() {
    let text = "components:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'\n    B: {}\n";
    let document = bundle(&[("openapi.yaml", text)]).document;
    assert_eq!(
        document,
        json!({"components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {}}}})
    );
}

#[test]
fn components_of_the_root_and_of_files_stand_side_by_side() {
    let document = bundle(&[
        (
            "openapi.yaml",
            "paths:\n  $ref: schemas.yaml#/A\ncomponents:\n  schemas:\n    B: {}\n",
        ),
        ("schemas.yaml", "A: {}\n"),
    ])
    .document;
    assert_eq!(
        document.pointer("/components/schemas"),
        Some(&json!({"A": {}, "B": {}}))
    );
}

#[test]
fn an_example_is_data() {
    let root = "a:\n  example:\n    $ref: nowhere.yaml\nb:\n  examples:\n    first:\n      \
                value:\n        $ref: nowhere.yaml\n        beside: 1\nc:\n  examples:\n    \
                second:\n      $ref: examples.yaml#/Second\n";
    let document = bundle(&[
        ("openapi.yaml", root),
        (
            "examples.yaml",
            "Second:\n  value:\n    $ref: nowhere.yaml\n",
        ),
    ])
    .document;
    assert_eq!(document["a"]["example"], json!({"$ref": "nowhere.yaml"}));
    assert_eq!(
        document["b"]["examples"]["first"]["value"],
        json!({"$ref": "nowhere.yaml", "beside": 1})
    );
    assert_eq!(
        document["c"]["examples"]["second"],
        json!({"$ref": "#/components/examples/Second"})
    );
    assert_eq!(
        document["components"]["examples"]["Second"]["value"],
        json!({"$ref": "nowhere.yaml"})
    );
}

#[test]
fn a_property_that_is_called_example_is_no_example() {
    let root = "components:\n  schemas:\n    A:\n      properties:\n        example:\n          \
                $ref: schemas.yaml#/B\n        value:\n          $ref: schemas.yaml#/B\n";
    let document = bundle(&[("openapi.yaml", root), ("schemas.yaml", "B: {}\n")]).document;
    assert_eq!(
        document.pointer("/components/schemas/A/properties"),
        Some(&json!({
            "example": {"$ref": "#/components/schemas/B"},
            "value": {"$ref": "#/components/schemas/B"},
        }))
    );
}

#[test]
fn a_property_that_is_called_ref_is_no_reference() {
    let root = "properties:\n  $ref:\n    type: string\n";
    assert_eq!(
        bundle(&[("openapi.yaml", root)]).document,
        json!({"properties": {"$ref": {"type": "string"}}})
    );
}

#[test]
fn the_same_file_may_be_spliced_in_twice() {
    let document = bundle(&[
        ("openapi.yaml", "a:\n  $ref: x.yaml\nb:\n  $ref: x.yaml\n"),
        ("x.yaml", "c: 1\n"),
    ])
    .document;
    assert_eq!(document, json!({"a": {"c": 1}, "b": {"c": 1}}));
}

#[test]
fn a_circle_of_whole_files_is_refused() {
    assert_eq!(
        refused(&[
            ("openapi.yaml", "a:\n  $ref: x/one.yaml\n"),
            ("x/one.yaml", "b:\n  - $ref: two.yaml\n"),
            ("x/two.yaml", "c/d:\n  $ref: one.yaml\n"),
        ]),
        "x/two.yaml:1:1: the files refer to each other in a circle: \
         openapi.yaml -> x/one.yaml -> x/two.yaml -> x/one.yaml"
    );
}

#[test]
fn a_circle_through_a_component_is_no_endless_loop() {
    // The component is known by its name, so it may stand inside itself ...
    let document = bundle(&[
        ("openapi.yaml", "a:\n  $ref: schemas.yaml#/A\n"),
        ("schemas.yaml", "A:\n  items:\n    $ref: whole.yaml\n"),
        ("whole.yaml", "items:\n  $ref: schemas.yaml#/A\n"),
    ])
    .document;
    assert_eq!(
        document["components"]["schemas"]["A"],
        json!({"items": {"items": {"$ref": "#/components/schemas/A"}}})
    );
    // ... and a whole file has no name.
    assert_eq!(
        refused(&[
            ("openapi.yaml", "a:\n  $ref: whole.yaml\n"),
            ("schemas.yaml", "A:\n  items:\n    $ref: whole.yaml\n"),
            ("whole.yaml", "items:\n  $ref: schemas.yaml#/A\n"),
        ]),
        "schemas.yaml:2:3: the files refer to each other in a circle: openapi.yaml -> whole.yaml \
         -> whole.yaml"
    );
}

#[test]
fn a_missing_file_is_told_where_it_is_referred_to() {
    assert_eq!(
        refused(&[("openapi.yaml", "a:\n  - $ref: x/none.yaml\n")]),
        "openapi.yaml:2:5: `x/none.yaml` refers to x/none.yaml, which does not exist"
    );
    assert_eq!(
        refused(&[("openapi.yaml", "a:\n  $ref: x/schemas.yaml#/A\n")]),
        "openapi.yaml:1:1: `x/schemas.yaml#/A` refers to x/schemas.yaml, which does not exist"
    );
    // Though the component is known from elsewhere.
    assert_eq!(
        refused(&[
            (
                "openapi.yaml",
                "a:\n  $ref: schemas.yaml#/A\nb:\n  $ref: x/schemas.yaml#/A\n"
            ),
            ("schemas.yaml", "A: {}\n"),
        ]),
        "openapi.yaml:3:1: `x/schemas.yaml#/A` refers to x/schemas.yaml, which does not exist"
    );
    let text = refused(&[]);
    assert!(
        text.starts_with("openapi.yaml#/: cannot read the file: "),
        "{text}"
    );
    // A folder is there, and cannot be read.
    let text = refused(&[("openapi.yaml", "a:\n  $ref: x\n"), ("x/y.yaml", "")]);
    assert!(
        text.starts_with("openapi.yaml:1:1: cannot read the file: "),
        "{text}"
    );
}

#[test]
fn a_missing_key_is_told_where_it_is_referred_to() {
    assert_eq!(
        refused(&[
            ("openapi.yaml", "a:\n  $ref: x/schemas.yaml#/A\n"),
            ("x/schemas.yaml", "A:\n  b:\n    $ref: '#/B'\n"),
        ]),
        "x/schemas.yaml:2:3: `#/B` refers to B in x/schemas.yaml, which does not exist"
    );
}

#[test]
fn what_is_no_yaml_is_told_with_its_line() {
    let refused =
        |text: &str| refused(&[("openapi.yaml", "a:\n  $ref: x.yaml\n"), ("x.yaml", text)]);
    for (text, place, reason) in [
        ("b: 1\n c: 2\n", "2:3", "line 2 column 3"),
        (
            "b: 1\nc:\n  d: 2\n  d: 3\n",
            "3:3",
            "duplicate entry with key \"d\"",
        ),
        (
            "b:\n  200: c\n",
            "2:3",
            "the key 200 is no text; put it in quotes",
        ),
        (
            "b:\n  true: c\n",
            "2:3",
            "the key true is no text; put it in quotes",
        ),
        ("b: [1, !tag c]\n", "1:8", "the tag !tag is not understood"),
        ("a: 1\nb: .nan\n", "2:1", "the number .nan has no JSON form"),
        ("b: -.inf\n", "1:1", "the number -.inf has no JSON form"),
    ] {
        let error = refused(text);
        let prefix = format!("x.yaml:{place}: not YAML that JSON can hold: ");
        assert!(
            error.starts_with(&prefix) && error.contains(reason),
            "{error}"
        );
    }
}

#[test]
fn yaml_values_are_json_values() {
    let text = "a: 1\nb: -2\nc: 18446744073709551615\nd: 0.5\ne: true\nf: ~\ng: 2026-01-02\nh: \
                'no'\ni: [x, {y: z}]\n";
    assert_eq!(
        bundle(&[("openapi.yaml", text)]).document,
        json!({
            "a": 1, "b": -2, "c": u64::MAX, "d": 0.5, "e": true, "f": null, "g": "2026-01-02",
            "h": "no",
            "i": ["x", {"y": "z"}],
        })
    );
}

#[test]
fn siblings_of_a_reference_are_refused() {
    assert_eq!(
        refused(&[(
            "openapi.yaml",
            "a:\n  $ref: x.yaml\n  nullable: true\n  description: d\n"
        )]),
        "openapi.yaml:1:1: `$ref` has siblings (nullable, description), which OpenAPI 3.0 ignores; \
         wrap it in `allOf`"
    );
}

#[test]
fn a_name_that_stands_for_two_things_is_refused() {
    assert_eq!(
        refused(&[
            (
                "openapi.yaml",
                "a:\n  $ref: x/schemas.yaml#/A\nb:\n  $ref: y/schemas.yaml#/A\n"
            ),
            ("x/schemas.yaml", "A: {}\n"),
            ("y/schemas.yaml", "A: {}\n"),
        ]),
        "y/schemas.yaml:1:1: the component A is defined here and in x/schemas.yaml#/A; give one of \
         them another name"
    );
    // Kinds have names of their own.
    bundle(&[
        (
            "openapi.yaml",
            "a:\n  $ref: schemas.yaml#/A\nb:\n  $ref: headers.yaml#/A\n",
        ),
        ("schemas.yaml", "A: {}\n"),
        ("headers.yaml", "A: {}\n"),
    ]);
}

#[test]
fn a_name_of_the_root_is_not_overwritten_by_one_of_a_file() {
    assert_eq!(
        refused(&[
            (
                "openapi.yaml",
                "a:\n  $ref: x/schemas.yaml#/A\ncomponents:\n  schemas:\n    A:\n      type: \
                 string\n",
            ),
            ("x/schemas.yaml", "A: {}\n"),
        ]),
        "x/schemas.yaml:1:1: the component A is defined here and in \
         openapi.yaml#/components/schemas/A; give one of them another name"
    );
}

#[test]
fn a_reference_stays_in_the_folder_of_the_root() {
    let form = "is no reference that a description may hold: refer to a whole file, or to a key of \
                a file named after a kind of component (schemas.yaml#/Name)";
    for reference in [
        "../x.yaml",
        "x/../../y.yaml#/A",
        "x.yaml#/A",
        "schemas.yaml#/A/properties/b",
        "schemas.yaml#/",
        "#/A",
        "#/paths/~1a",
    ] {
        assert_eq!(
            refused(&[
                ("openapi.yaml", &format!("a:\n  $ref: '{reference}'\n")),
                ("x.yaml", "A: {}\n"),
                ("schemas.yaml", "A: {properties: {b: {}}}\n"),
            ]),
            format!("openapi.yaml:1:1: `{reference}` {form}")
        );
    }
}

#[test]
fn the_hash_is_that_of_the_content() {
    let unix = library();
    let windows: Vec<(&str, String)> = unix
        .iter()
        .map(|(path, text)| (*path, text.replace('\n', "\r\n")))
        .collect();
    let windows: Vec<(&str, &str)> = windows.iter().map(|(p, t)| (*p, t.as_str())).collect();
    // Each is in a folder of its own.
    let (unix, windows, again) = (bundle(&unix), bundle(&windows), bundle(&library()));
    assert_eq!(unix.hash(), windows.hash());
    assert_eq!(unix.to_json(), again.to_json());
    assert_eq!(unix.hash().len(), 64);
    assert!(unix.hash().bytes().all(|b| b.is_ascii_hexdigit()));

    let mut other = library();
    other[3].1 = "Id:\n  name: id\n  in: query\n";
    assert_ne!(unix.hash(), bundle(&other).hash());
}

#[test]
fn the_root_may_be_named_without_a_folder() {
    // The tests of a crate run in its folder.
    let bundle = load(Path::new("Cargo.toml"), Path::new("")).expect_err("no YAML");
    assert_eq!(bundle.place.file, "Cargo.toml");
}
