//! Whatever a text holds, a reader finds the text.

use super::*;

#[test]
fn what_is_only_text_stays_as_it_is() {
    for text in [
        "",
        "A line.",
        "One.\n\nTwo, *with* **emphasis** and `code <T> [x]`.",
        "- a\n- b\n  - c\n\n1. d\n2. e",
        "# Heading\n\n| a | b |\n| --- | --- |\n| `c` | d |",
        "See <https://example.com/x?y=1#z>.",
        "```text\nas it is [x] <T>\n```",
        "- item:\n\n  ```text\n  x\n  ```\n\nthen",
        "escaped \\[x\\] and \\<b\\>",
        "a back\\\\slash",
    ] {
        assert_eq!(prose(text), text);
        assert!(is_text(text), "{text}");
    }
}

#[test]
fn links_and_tags_are_escaped() {
    for (text, expected) in [
        (
            "list[0] and <b> but `[x]`",
            "list\\[0\\] and \\<b\\> but `[x]`",
        ),
        (
            "[text](https://example.com)",
            "\\[text\\](<https://example.com>)",
        ),
        ("[text](other.md)", "\\[text\\](other.md)"),
        (
            "![image](https://example.com/x.png)",
            "!\\[image\\](<https://example.com/x.png>)",
        ),
        ("[`Nope`]", "\\[`Nope`\\]"),
        (
            "[a]: https://example.com\n\n[a]",
            "\\[a\\]: <https://example.com>\n\n\\[a\\]",
        ),
        ("a[^1]\n\n[^1]: note", "a\\[^1\\]\n\n\\[^1\\]: note"),
        (
            "<script>alert(1)</script>",
            "\\<script\\>alert(1)\\</script\\>",
        ),
        ("<!-- hidden", "\\<!-- hidden"),
        ("> quoted", "\\> quoted"),
        ("mail <a@example.com>", "mail \\<a@example.com\\>"),
        ("<file:///etc>", "\\<file:///etc\\>"),
        // The tag holds the tick that would begin code.
        ("<a href=\"`\"> and `x`", "\\<a href=\"`\"\\> and `x`"),
        ("an unclosed ` and [x]", "an unclosed ` and \\[x\\]"),
        ("back\\\\[x]", "back\\\\\\[x\\]"),
    ] {
        assert_eq!(prose(text), expected, "{text}");
        assert!(is_text(expected), "{expected}");
    }
}

#[test]
fn urls_are_links_to_themselves() {
    for (text, expected) in [
        (
            "see https://example.com/a_b.",
            "see <https://example.com/a_b>.",
        ),
        (
            "(http://example.com/x?y=1&z)",
            "(<http://example.com/x?y=1&z>)",
        ),
        ("*https://example.com*", "*<https://example.com>*"),
        (
            "https:// and http and xhttps://a.example",
            "https:// and http and x<https://a.example>",
        ),
        ("`https://example.com`", "`https://example.com`"),
    ] {
        assert_eq!(prose(text), expected, "{text}");
    }
}

#[test]
fn code_is_never_rust() {
    for (text, expected) in [
        (
            "Send:\n\n    {\"a\": 1} not rust at all\n\nthen",
            "Send:\n\n```text\n{\"a\": 1} not rust at all\n```\n\nthen",
        ),
        (
            "Send:\n\n```\n{\"a\": 1} not rust\n```\n",
            "Send:\n\n```text\n{\"a\": 1} not rust\n```",
        ),
        ("```rust\nfn main() {}\n```", "```text\nfn main() {}\n```"),
        ("~~~json\n```\n~~~", "````text\n```\n````"),
        // It would go on over what comes after the description.
        ("```text\nopen", "```text\nopen\n```"),
        ("```", "```text\n\n```"),
        ("a\n\n\tb", "a\n\n```text\nb\n```"),
        (
            "- item:\n\n  ```json\n  {}\n  ```\n- more",
            "- item:\n\n  ```text\n  {}\n  ```\n- more",
        ),
        // There is no way to say it inside of the list.
        (
            "- item:\n\n      x [y]\n",
            "```text\n- item:\n\n      x [y]\n```",
        ),
        ("- ```\n  x", "````text\n- ```\n  x\n````"),
    ] {
        assert_eq!(prose(text), expected, "{text}");
        assert!(is_text(expected), "{expected}");
    }
}

#[test]
fn hidden_characters_are_left_out() {
    assert_eq!(prose("a\rb\u{202e}c\u{0}d\u{feff}\r\ne"), "a\nbcd\ne");
    assert_eq!(line(" a\n\tb\r\n c "), "a b c");
}

#[test]
fn code_holds_any_line() {
    for (text, expected) in [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a\nb", "`a b`"),
        ("[x] <T>", "`[x] <T>`"),
    ] {
        assert_eq!(code(text), expected, "{text}");
        assert!(is_text(expected), "{expected}");
    }
    assert_eq!(cell("a | b\nc [d]"), "a \\| b c \\[d\\]");
}

/// Texts of every few pieces that mean something in Markdown.
#[test]
fn whatever_a_text_is_made_of_a_reader_finds_text() {
    const PIECES: [&str; 30] = [
        "a",
        " ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "`",
        "``",
        "```",
        "~~~",
        "[",
        "](",
        ")",
        "]:",
        "<",
        ">",
        "<b>",
        "<!--",
        "-->",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "\\",
        "*",
        "https://a.example/b",
        "[^1]",
        "&lt;",
        "!",
    ];
    // A generator of numbers that are the same each time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default()
    };
    for _ in 0..20_000 {
        let text: String = (0..=next() % 12)
            .map(|_| PIECES[next() % PIECES.len()])
            .collect();
        let shown = prose(&text);
        assert!(is_text(&shown), "{text:?} becomes {shown:?}");
        assert_eq!(prose(&shown), shown, "{text:?}");
        for part in [code(&text), cell(&text), prose(&format!("{text}."))] {
            assert!(is_text(&part), "{text:?} becomes {part:?}");
        }
    }
}
