//! Translation of errors of the library into those of the command: they name methods of Rust, which are no options here.

use harvest_generated::runtime::Error;

/// What errors of the library advise, and what that is here. The longer text goes before one that is part of it.
const WORDS: [(&str, &str); 40] = [
    (
        "name one on the call, or for all calls with ClientBuilder::acting_user",
        "name one by --acting-user",
    ),
    ("ClientBuilder::acting_user", "--acting-user"),
    ("ClientBuilder::max_pause", "--max-wait"),
    ("ClientBuilder::max_response_bytes", "--max-response-size"),
    ("; raise ClientBuilder::attempt_timeout", ""),
    ("ClientBuilder::attempt_timeout", "the time of an attempt"),
    ("; raise ClientBuilder::timeout, or start", "; start"),
    ("; raise ClientBuilder::timeout", ""),
    ("ClientBuilder::timeout", "the time of the call"),
    (
        "pass the API key to ClientBuilder::credential",
        "log in by `harvest auth login`",
    ),
    (
        "pass both to ClientBuilder::client_credentials",
        "log in by `harvest auth login`",
    ),
    (
        ", or start with ClientBuilder::from_env and set ",
        ", or set ",
    ),
    (
        "ClientBuilder::client_credentials",
        "the client id and secret of the profile or the environment",
    ),
    (
        "ClientBuilder::credential",
        "the key of the profile or the environment",
    ),
    (
        "ClientBuilder::token_url",
        "the URL of the token service (HARVEST_TOKEN_URL, or --token-url of `harvest auth login`)",
    ),
    ("ClientBuilder::authorization_code", "`harvest auth login`"),
    ("ClientBuilder::authorization_url", "the profile"),
    ("ClientBuilder::refresh_token", "`harvest auth login`"),
    ("AuthorizationCode::begin", "`harvest auth login`"),
    ("PollOptions::timeout", "the time for it"),
    // Whether there is an option for that, and where the list goes on, is said by the command.
    (
        ", and go on with resume_from(Error::resume_url) if it does not",
        "",
    ),
    (
        "; `lenient()` on the list hands out the records that can be read",
        "",
    ),
    ("Download::max_bytes", "--max-file-size"),
    (", or do so with Download::refetch", ""),
    ("Download::refetch", "the command"),
    (
        "; give it one with UploadOptions::filename",
        "; give it another name",
    ),
    ("UploadOptions::filename", "another name"),
    (
        "; name one that it takes with UploadOptions::content_type: ",
        "; it takes ",
    ),
    ("UploadOptions::content_type", "another type"),
    (", or raise UploadOptions::max_bytes", ""),
    ("UploadOptions::max_bytes", "the most bytes of a file"),
    ("; raise CallOptions::attempt_timeout", ""),
    ("; raise CallOptions::timeout", ""),
    ("CallOptions::attempt_timeout", "the time of an attempt"),
    ("CallOptions::timeout", "the time of the call"),
    (" (Error::resume_url)", ""),
    (" (see Error::message)", ""),
    ("; see Error::field_errors", ""),
    (" (see RetryBudget)", ""),
    ("base_url", "HARVEST_BASE_URL"),
];

/// What an error says, without what the service said.
pub(crate) fn of_error(error: &Error) -> String {
    of_command(&error.to_string())
}

/// A text of the library, in the words of the command.
pub(crate) fn of_command(text: &str) -> String {
    let words = const { &WORDS }.iter();
    words.fold(text.to_owned(), |text, (theirs, ours)| {
        text.replace(theirs, ours)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Lines of code of the library, without comments and tests.
    fn lines(folder: &Path, all: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                lines(&path, all);
                continue;
            }
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source");
            let text = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            let code = text.lines().filter(|it| !it.trim_start().starts_with("//"));
            all.extend(code.map(str::to_owned));
        }
    }

    /// A message that comes to the library is found here, and not by a user of the command.
    #[test]
    fn no_message_of_the_library_names_a_method() {
        let mut all = Vec::new();
        // cargo runs a test in the folder of its package.
        lines(Path::new("../harvest-runtime/src"), &mut all);
        let mut advice = 0;
        for line in all {
            for name in [
                "ClientBuilder::",
                "PollOptions::timeout",
                "Download::max_bytes",
                "Download::refetch",
                "UploadOptions::filename",
                "UploadOptions::content_type",
                "UploadOptions::max_bytes",
                "CallOptions::attempt_timeout",
                "CallOptions::timeout",
                "resume_from(Error::resume_url)",
                "AuthorizationCode::begin",
                "Error::resume_url",
                "Error::message",
                "Error::field_errors",
                "see RetryBudget",
                "`lenient()`",
            ] {
                let places = line.match_indices(name);
                let in_texts = places.filter(|(at, _)| {
                    let behind = &line[at + name.len()..];
                    let is_word = behind.starts_with(|c: char| c.is_ascii_lowercase());
                    let is_code = behind.starts_with("new(") || name.ends_with(':') && !is_word;
                    let is_code = is_code || line[..*at].ends_with("fn ");
                    line[..*at].ends_with([' ', '(']) && !is_code
                });
                if in_texts.count() > 0 && !line.trim_start().starts_with("use ") {
                    advice += 1;
                    let text = of_command(&line);
                    assert!(!text.contains(name), "{text}");
                }
            }
        }
        assert!(advice > 20, "{advice}");
    }

    #[test]
    fn advice_is_that_of_the_command() {
        for (theirs, ours) in [
            (
                "try again then, or raise ClientBuilder::max_pause",
                "try again then, or raise --max-wait",
            ),
            (
                "no complete answer in time; raise ClientBuilder::attempt_timeout; try again later",
                "no complete answer in time; try again later",
            ),
            (
                "refused: email (1 field error; see Error::field_errors)",
                "refused: email (1 field error)",
            ),
            (
                "the file has more than 9 bytes; raise Download::max_bytes if it is wanted",
                "the file has more than 9 bytes; raise --max-file-size if it is wanted",
            ),
            (
                "look whether the list ends elsewhere, and go on with \
                 resume_from(Error::resume_url) if it does not",
                "look whether the list ends elsewhere",
            ),
            (
                "check the network, base_url and TLS",
                "check the network, HARVEST_BASE_URL and TLS",
            ),
        ] {
            assert_eq!(of_command(theirs), ours);
        }
    }
}
