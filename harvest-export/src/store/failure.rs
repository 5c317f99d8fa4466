//! Errors of a store in words: which object, what happened, what to do.

use object_store::Error;

use super::address::{Address, Kind};
use super::refusal::Refusal;
use super::request;
use crate::error::ExportError;

/// An error at an object, or at the place as a whole if the name is empty. `answer` is what the request was answered last; the
/// text of the error itself may repeat a credential.
pub(super) fn failed(
    address: &Address,
    name: &str,
    error: &Error,
    answer: Option<&str>,
) -> ExportError {
    if let Some(refusal) = Refusal::of(error) {
        return refused_here(address, name, refusal);
    }
    let answer = answer.unwrap_or("no answer");
    let bucket = match address.kind {
        Kind::Azure => "container",
        _ => "bucket",
    };
    let is_refused = answer.starts_with("HTTP 401") || answer.starts_with("HTTP 403");
    let problem = match error {
        _ if is_of_bucket(answer) => format!(
            "there is no {bucket} {} ({answer}); make it, or check the name, the region and the \
             account",
            address.bucket
        ),
        Error::NotFound { .. } => "is not there; it was removed while it was read".to_owned(),
        Error::NotImplemented { .. } | Error::NotSupported { .. } => {
            "the store is set up without writes that depend on a condition, which keep two exports \
             apart; remove that setting"
                .to_owned()
        }
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => refused(address, answer),
        _ if is_refused => refused(address, answer),
        _ if answer.starts_with("HTTP 3") => format!(
            "the {bucket} is elsewhere ({answer}); check the region and the endpoint in the \
             environment"
        ),
        _ => format!(
            "the store failed ({answer}); run the same command to go on, and if it is not reached \
             at all, check {}",
            address.kind.variables()
        ),
    };
    ExportError::Store {
        place: address.of(name),
        problem,
    }
}

/// Whether there is no object, rather than no bucket, as the request at hand was answered.
pub(super) fn is_absent(error: &Error) -> bool {
    let answer = request::answered().unwrap_or_default();
    matches!(error, Error::NotFound { .. }) && !is_of_bucket(&answer)
}

/// Whether an answer says that there is no bucket.
fn is_of_bucket(answer: &str) -> bool {
    answer.ends_with("NoSuchBucket") || answer.ends_with("ContainerNotFound")
}

/// An error of an answer that was not taken.
pub(super) fn refused_here(address: &Address, name: &str, refusal: &Refusal) -> ExportError {
    let place = address.of(name);
    match refusal {
        Refusal::Paused { status, until } => ExportError::Paused {
            place,
            status: *status,
            until: until.clone(),
        },
        Refusal::TooLarge { .. } | Refusal::Encoded { .. } => ExportError::Store {
            place,
            problem: refusal.to_string(),
        },
    }
}

fn refused(address: &Address, answer: &str) -> String {
    format!(
        "the store refuses the credential ({answer}), which has to be allowed to list, read, write \
         and delete below the prefix; check {}",
        address.kind.variables()
    )
}
