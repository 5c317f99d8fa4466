//! Errors of commands, and the exit codes that they end with.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use harvest_export::ExportError;
use harvest_generated::runtime::{Error, TokenError};

use crate::counted::counted;
use crate::harmless::is_harmless;
use crate::words;

/// How many of the fields that the service refuses are named.
const MOST_FIELDS: usize = 100;

/// The table of exit codes, for the help and the manual.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  complete
  1  failed in another way
  2  used wrongly: an argument, a filter, a file that cannot be read
  3  incomplete: what was written is not all there is
  4  the credential is missing or refused
  5  a permission or scope is missing
  6  gave up waiting: the service, or an object store, asks for longer pauses than --max-wait
  7  records are not as described (export --strict)
  8  there is something to change (migrate scan)";

/// Why a command ended.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    /// For standard error. Empty if there is nothing to say.
    message: String,
}

/// An exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Any other failure.
    Failed = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// What was written is not all there is.
    Incomplete = 3,
    /// The credential is missing or refused.
    Credential = 4,
    /// A permission or scope is missing.
    Permission = 5,
    /// The service, or an object store, asks for a longer pause than is waited for.
    GaveUp = 6,
    /// Records are not as described.
    Drift = 7,
    /// What was looked for is there, and is to be changed.
    Found = 8,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { exit, message }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Why the command ended, as a terminal may show it.
    pub(crate) fn message(&self) -> String {
        printable(&self.message)
    }

    /// The same failure with a line more.
    pub(crate) fn and(mut self, line: &str) -> Self {
        self.message = format!("{}\n{line}", self.message);
        self
    }

    /// The same failure of a list of which some records were written before.
    pub(crate) fn of_list(error: &Error, written: u64) -> Self {
        let failure = Self::of(error).and_resume(error, written);
        if written == 0 {
            return failure;
        }
        Self {
            exit: Exit::Incomplete,
            ..failure
        }
        .and(&format!(
            "incomplete: the list broke off after {}",
            counted(written, "record")
        ))
    }

    /// The same failure, with where the list goes on. It begins at its first page anyway.
    fn and_resume(self, error: &Error, written: u64) -> Self {
        let is_later = (written > 0 || error.is_pagination()) && !error.is_cursor_expired();
        match error.resume_url().filter(|_| is_later) {
            // In quotation marks of a shell.
            Some(url) => {
                let url = url.replace('\'', "%27");
                self.and(&format!("the rest of the list: --resume-from '{url}'"))
            }
            None => self,
        }
    }

    /// The failure of a change, with a line more if it may have been carried out.
    pub(crate) fn of_change(error: &Error, unknown: &str) -> Self {
        let failure = Self::from(error);
        if error.may_have_been_acted_on() {
            failure.and(unknown)
        } else {
            failure
        }
    }

    /// A failure after a change that was carried out: whatever it is, what was to be done is done in part.
    pub(crate) fn after_change(mut self, done: &str) -> Self {
        self.exit = Exit::Incomplete;
        self.and(done)
    }

    /// Says on standard error why the command ended.
    pub(crate) fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            eprintln!("error: {}", printable(&self.message));
        }
        ExitCode::from(self.exit as u8)
    }
}

/// Of a command that reads lists from their first pages, and has no option to go on with one.
impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let failure = Self::of(error);
        if error.is_pagination() && error.resume_url().is_some() {
            failure.and(
                "this command reads a list from its first page; run it again once the list ends",
            )
        } else {
            failure
        }
    }
}

impl Failure {
    /// What the service said is part of the message: a person at a terminal asked for it.
    fn of(error: &Error) -> Self {
        let token = error.token_error();
        // A token service that is busy or away says nothing about the credential.
        let exit = if token.is_some_and(TokenError::is_paused) {
            Exit::GaveUp
        } else if token.is_some_and(TokenError::is_transient) {
            Exit::Failed
        } else if error.is_configuration() || error.is_token() || error.is_unauthorized() {
            Exit::Credential
        } else if error.is_missing_permission() || error.is_forbidden() {
            Exit::Permission
        } else if error.is_paused() || error.is_call_timeout() || error.is_rate_limited() {
            Exit::GaveUp
        } else if error.is_invalid_request() {
            Exit::Usage
        } else {
            Exit::Failed
        };
        let mut message = words::of_error(error);
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            message = format!("{message}: {}", words::of_command(&cause.to_string()));
            source = cause.source();
        }
        // What was not sent at all says so itself.
        if let Some(end) = error.paused_until_text() {
            message = format!("{message}\nit takes requests again at {end}");
        }
        if error.repeats_credential() {
            message = format!(
                "{message}\nwhat the service says about it repeats the credential, and is not shown"
            );
            return Self { exit, message };
        }
        if let Some(said) = error.message() {
            message = format!("{message}\nthe service says: {said}");
        }
        for field in error.field_errors().iter().take(MOST_FIELDS) {
            let place = field.field().unwrap_or("?");
            message = format!("{message}\n  {place}: {}", field.message());
        }
        Self { exit, message }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match &error {
            ExportError::Service { stream, source } => Self::of(source).and(&format!(
                "the export stopped at {stream}; run the same command to go on"
            )),
            ExportError::UnknownStream { .. }
            | ExportError::OtherExport { .. }
            | ExportError::Occupied { .. }
            | ExportError::NoExport { .. }
            | ExportError::LeftOut { .. }
            | ExportError::UnknownClass { .. }
            | ExportError::DocumentsLeftOut { .. }
            | ExportError::ShortKey { .. }
            | ExportError::StoreAddress { .. } => Self::usage(error.to_string()),
            ExportError::Ledger { .. }
            | ExportError::Unsound { .. }
            | ExportError::MassDeletion { .. } => Self::new(Exit::Incomplete, error.to_string()),
            ExportError::Paused { .. } => Self::new(Exit::GaveUp, error.to_string()).and(
                "pauses that a store asks for are waited for up to --max-wait, and for 5 minutes \
                 at the most",
            ),
            _ => Self::new(Exit::Failed, error.to_string()),
        }
    }
}

/// Of standard output: who reads it has had enough, or the disk is full.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::new(Exit::Incomplete, "");
        }
        Self::new(
            Exit::Failed,
            format!("standard output cannot be written: {error}"),
        )
    }
}

/// A text without characters that a terminal acts on.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if is_harmless(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_acts_on() {
        assert_eq!(
            printable("a\u{1b}[31mb\r\nc\u{9b}d\u{202e}"),
            "a\u{fffd}[31mb\u{fffd}\nc\u{fffd}d\u{fffd}"
        );
    }
}
