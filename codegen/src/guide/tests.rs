//! Folders that make a guide, and mistakes in those that do not.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(pages: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("guide-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        for (name, text) in pages {
            fs::write(path.join(name), text).expect("a file");
        }
        Self(path)
    }

    fn guide(&self) -> Guide {
        match load(&self.0, &self.0) {
            Ok(guide) => guide.expect("a guide"),
            Err(error) => panic!("{error}"),
        }
    }

    fn mistake(&self) -> String {
        load(&self.0, &self.0).expect_err("an error").to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const INDEX_OF_TWO: (&str, &str) = (
    "index.md",
    "# Guide\n\n1. [Second](second.md)\n2. [First](first.md#there), and [again](second.md)\n",
);

#[test]
fn the_front_page_gives_the_order() {
    let folder = Folder::new(&[
        INDEX_OF_TWO,
        ("first.md", "# The `first`\n\nText.\n"),
        (
            "second.md",
            "# Second\n\nSee [it](first.md) or [them](https://example.com/x.md).\n",
        ),
        ("notes.txt", "not a page"),
    ]);
    let guide = folder.guide();
    let titles: Vec<_> = guide
        .chapters
        .iter()
        .map(|c| (c.name.as_str(), c.page.title.as_str()))
        .collect();
    assert_eq!(titles, [("second", "Second"), ("first", "The first")]);
    let link = |chapter: &str, fragment: &str| Piece::Link {
        chapter: chapter.to_owned(),
        fragment: fragment.to_owned(),
    };
    let text = |text: &str| Piece::Text(text.to_owned());
    assert_eq!(
        guide.index.pieces,
        [
            text("# Guide\n\n1. [Second]("),
            link("second", ""),
            text(")\n2. [First]("),
            link("first", "#there"),
            text("), and [again]("),
            link("second", ""),
            text(")"),
        ]
    );
    assert_eq!(
        guide.chapters[0].page.pieces,
        [
            text("# Second\n\nSee [it]("),
            link("first", ""),
            text(") or [them](https://example.com/x.md).")
        ]
    );
}

#[test]
fn no_folder_is_no_guide() {
    let folder = Folder::new(&[]);
    assert_eq!(
        load(&folder.0.join("guide"), &folder.0).expect("no error"),
        None
    );
}

#[test]
fn line_ends_do_not_count() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let first = "# First\n\n```rust\nlet x = 1;\n```\n";
    let second = "# Second\n";
    let unix = Folder::new(&[INDEX_OF_TWO, ("first.md", first), ("second.md", second)]);
    let other = Folder::new(&[
        ("index.md", &crlf(INDEX_OF_TWO.1)),
        ("first.md", &crlf(first)),
        ("second.md", &crlf(second)),
    ]);
    assert_eq!(unix.guide(), other.guide());
    // The hash is of what is there.
    let changed = Folder::new(&[
        INDEX_OF_TWO,
        ("first.md", first),
        ("second.md", "# Second!\n"),
    ]);
    assert_ne!(unix.guide().hash(), changed.guide().hash());
}

#[test]
fn what_is_in_a_snippet_is_no_link() {
    let folder = Folder::new(&[
        ("index.md", "# Guide\n\n[one](one.md)\n"),
        (
            "one.md",
            "# One\n\n```text\n[two](two.md)\n```\n\n`[three](three.md)`\n",
        ),
    ]);
    assert_eq!(folder.guide().chapters[0].page.pieces.len(), 1);
}

#[test]
fn mistakes_say_where_and_what() {
    let index = ("index.md", "# Guide\n\n[one](one.md)\n");
    for (pages, mistake) in [
        (
            &[("one.md", "# One\n")][..],
            "index.md: the guide has no front page; write one that links to each chapter",
        ),
        (
            &[index, ("one.md", "# One\n"), ("two.md", "# Two\n")],
            "two.md: no page links to this chapter; link to it from index.md, which also gives it \
             its place",
        ),
        (
            &[index],
            "index.md:3:1: `one.md` is no chapter of this guide; only chapters can be linked to by \
             a file's name",
        ),
        (
            &[index, ("one.md", "# One\n\nOr\n[up](../README.md#x).\n")],
            "one.md:4:1: `../README.md#x` is no chapter of this guide; only chapters can be linked \
             to by a file's name",
        ),
        (
            &[index, ("one.md", "# One\n\n[self][x]\n\n[x]: one.md\n")],
            "one.md:3:1: write the link to `one.md` in one piece, as `[text](file.md)`",
        ),
        (
            &[index, ("one.md", "Text.\n\n# One\n")],
            "one.md:1:1: begin with a heading, `# Title`",
        ),
        (
            &[index, ("one.md", "")],
            "one.md: begin with a heading, `# Title`",
        ),
    ] {
        assert_eq!(Folder::new(pages).mistake(), mistake);
    }
    for name in ["One.md", "1.md", "a-b.md", "type.md"] {
        let folder = Folder::new(&[index, ("one.md", "# One\n"), (name, "# Two\n")]);
        let mistake = folder.mistake();
        assert!(
            mistake.starts_with(&format!("{name}: the name of a chapter becomes")),
            "{mistake}"
        );
    }
}

#[test]
fn every_snippet_is_compiled_or_no_rust() {
    let mistake = |snippet: &str| {
        let page = format!("# One\n\n{snippet}\n");
        let folder = Folder::new(&[("index.md", "# G\n\n[one](one.md)\n"), ("one.md", &page)]);
        load(&folder.0, &folder.0).err().map(|error| {
            let text = error.to_string();
            text.starts_with("one.md:3:") && text.contains(": say what the snippet is")
        })
    };
    for good in ["rust", "rust,no_run", "toml", "sh", "text"] {
        assert_eq!(mistake(&format!("```{good}\nx\n```")), None, "{good}");
    }
    for bad in [
        "",
        "ignore",
        "rust,ignore",
        "rust ignore",
        "rust,compile_fail",
    ] {
        assert_eq!(mistake(&format!("```{bad}\nx\n```")), Some(true), "{bad}");
    }
    assert_eq!(mistake("    indented()"), Some(true));
}
