//! Address of a store: its kind, the bucket and the prefix.

use object_store::path::Path as Key;

use crate::error::ExportError;

/// The longest address.
const MOST_BYTES: usize = 1_024;

/// A kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    S3,
    Google,
    Azure,
}

/// Where an export is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub kind: Kind,
    pub bucket: String,
    /// Without a slash at its begin or end; empty for the bucket as a whole.
    pub prefix: String,
}

impl Kind {
    fn scheme(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Google => "gs",
            Self::Azure => "az",
        }
    }

    /// What the environment has for it.
    pub(super) fn variables(self) -> &'static str {
        match self {
            Self::S3 => {
                "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and AWS_ENDPOINT_URL for \
                 a service other than Amazon's"
            }
            Self::Google => "GOOGLE_SERVICE_ACCOUNT or GOOGLE_APPLICATION_CREDENTIALS",
            Self::Azure => {
                "AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY or a service principal"
            }
        }
    }
}

impl Address {
    /// Reads an address. What may be a credential is refused and not repeated.
    pub(super) fn read(text: &str) -> Result<Self, ExportError> {
        let refused = |reason| Err(ExportError::StoreAddress { reason });
        if text.contains(['@', '?', '#']) {
            return refused(
                "has `@`, `?` or `#` in it; credentials and options come from the environment, and \
                 never from an argument",
            );
        }
        let kinds = [Kind::S3, Kind::Google, Kind::Azure];
        let parts = text.split_once("://");
        let kind = parts.and_then(|(scheme, _)| kinds.into_iter().find(|it| it.scheme() == scheme));
        let (Some(kind), Some((_, rest))) = (kind, parts) else {
            return refused(
                "is none of s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, az://CONTAINER/PREFIX",
            );
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let is_of_bucket =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if bucket.is_empty() || !bucket.bytes().all(is_of_bucket) {
            return refused("names no bucket");
        }
        let prefix = prefix.trim_end_matches('/');
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'*' | b'%');
        if text.len() > MOST_BYTES || !prefix.bytes().all(is_plain) || Key::parse(prefix).is_err() {
            return refused(
                "has a prefix that is empty in a place, too long, or not of plain letters",
            );
        }
        Ok(Self {
            kind,
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
        })
    }

    /// The address of an object, or of the place as a whole if the name is empty.
    pub(super) fn of(&self, name: &str) -> String {
        let parts = [self.prefix.as_str(), name];
        let mut text = format!("{}://{}", self.kind.scheme(), self.bucket);
        for part in parts.into_iter().filter(|it| !it.is_empty()) {
            text.push('/');
            text.push_str(part);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, kind, bucket, prefix) in [
            ("s3://people", Kind::S3, "people", ""),
            ("s3://people/", Kind::S3, "people", ""),
            ("gs://a.b-c_d/x/y=1/", Kind::Google, "a.b-c_d", "x/y=1"),
            ("az://box/x", Kind::Azure, "box", "x"),
        ] {
            let address = Address::read(text).expect(text);
            let found = (
                address.kind,
                address.bucket.as_str(),
                address.prefix.as_str(),
            );
            assert_eq!(found, (kind, bucket, prefix));
            assert_eq!(address.of(""), text.trim_end_matches('/'));
            let name = "ledger.ndjson";
            assert_eq!(address.of(name), format!("{}/{name}", address.of("")));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_not_repeated() {
        for text in [
            "s3://noor:hunter2@people/x",
            "https://people.example/hunter2",
            "s3://people:hunter2/x",
            "az://box/x?sig=hunter2",
            "s3://people/x#hunter2",
            "s3:///hunter2",
            "s3://people/a//hunter2",
            "s3://people/../hunter2",
            "s3://people/hunter2\u{1b}[2J",
            "s3://people/%2e%2e/hunter2",
            "S3://people/hunter2",
            "file:///hunter2",
        ] {
            let error = Address::read(text).expect_err(text).to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
