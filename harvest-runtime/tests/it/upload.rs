//! Files to be attached: what is read, and what is refused before anything is sent.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use harvest_runtime::attachment::{DEFAULT_MAX_BYTES, Upload, UploadOptions};
use harvest_runtime::{Error, UnknownValue, open_enum};
use tokio::io::{AsyncRead, ReadBuf};

const TYPES: &[&str] = &["application/pdf", "text/plain", "image/png"];
/// base64 of "Dear reader".
const DEAR_READER: &str = "RGVhciByZWFkZXI=";

fn content(upload: Upload) -> String {
    let parts = upload.into_parts(TYPES).unwrap();
    assert_eq!(parts.url, None);
    assert_eq!(parts.filename, "letter.txt");
    assert_eq!(parts.content_type, Some("text/plain"));
    parts.content.unwrap()
}

/// Gives a byte at a time, and then fails, or ends.
struct Slow(&'static [u8], bool);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.split_first() {
            Some((first, rest)) => {
                buffer[0] = *first;
                self.0 = rest;
                Ok(1)
            }
            None if self.1 => Err(io::Error::other("/home/PERSONAL-MARK/cv.pdf")),
            None => Ok(0),
        }
    }
}

impl AsyncRead for Slow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut byte = [0];
        let read = self.read(&mut byte)?;
        buffer.put_slice(&byte[..read]);
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn from_bytes_readers_and_paths() {
    let text = "Dear reader";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, text).unwrap();
    for upload in [
        Upload::from_bytes("letter.txt", text).unwrap(),
        Upload::from_reader("letter.txt", Slow(text.as_bytes(), false)).unwrap(),
        Upload::from_async_reader("letter.txt", Slow(text.as_bytes(), false))
            .await
            .unwrap(),
        Upload::from_path(&path).unwrap(),
        Upload::from_async_path(&path).await.unwrap(),
    ] {
        assert_eq!(content(upload), DEAR_READER);
    }
    // More than one chunk, and not a multiple of three.
    let long = vec![b'x'; 100_000];
    let parts = Upload::from_async_reader("x.txt", long.as_slice())
        .await
        .unwrap()
        .into_parts(TYPES)
        .unwrap();
    let at_once = Upload::from_bytes("x.txt", &long).unwrap();
    assert_eq!(parts.content, at_once.into_parts(TYPES).unwrap().content);
    assert_eq!(parts.content.unwrap().len(), 133_336);
}

#[test]
fn by_url_no_type_is_needed() {
    let url = "https://files.example.com/reference";
    let parts = Upload::from_url("reference", url)
        .into_parts(TYPES)
        .unwrap();
    assert_eq!(parts.url.as_deref(), Some(url));
    assert_eq!((parts.content, parts.content_type), (None, None));
    let typed = Upload::from_url("reference", url).with_content_type("image/png");
    let parts = typed.into_parts(TYPES).unwrap();
    assert_eq!(parts.content_type, Some("image/png"));
    let odd = Upload::from_url("reference", url).with_content_type("image/webp");
    assert!(odd.into_parts(TYPES).unwrap_err().is_upload());
}

#[test]
fn name_and_type_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter");
    std::fs::write(&path, "Dear reader").unwrap();
    let options = || UploadOptions::new().content_type("text/plain");
    let upload = options().filename("letter.txt").from_path(&path).unwrap();
    assert_eq!(content(upload), DEAR_READER);
    let upload = options().from_path(&path).unwrap();
    assert_eq!(upload.into_parts(TYPES).unwrap().filename, "letter");
}

#[test]
fn a_type_that_the_service_does_not_take_is_refused() {
    let error = |upload: Upload| upload.into_parts(TYPES).unwrap_err();
    let webp = error(Upload::from_bytes("PERSONAL-MARK.webp", "x").unwrap());
    assert!(webp.is_upload() && !webp.is_too_large() && !webp.is_download());
    assert_eq!(
        webp.to_string(),
        "a file cannot be sent: the service does not take files of type image/webp; name one that \
         it takes with UploadOptions::content_type: application/pdf, text/plain, image/png"
    );
    let none = error(Upload::from_bytes("cv.PERSONAL-MARK", "x").unwrap());
    assert!(none.to_string().contains("is unknown from the name"));
    for error in [webp, none] {
        assert!(!format!("{error} {error:?}").contains("PERSONAL-MARK"));
    }
}

#[tokio::test]
async fn no_more_is_read_than_may_be_sent() {
    let most = |bytes| UploadOptions::new().max_bytes(bytes);
    assert!(most(5).from_bytes("a.txt", "12345").is_ok());
    assert!(
        most(5)
            .from_async_reader("a.txt", &b"12345"[..])
            .await
            .is_ok()
    );
    for result in [
        most(5).from_bytes("a.txt", "123456"),
        // It would never end.
        most(5).from_reader("a.txt", io::repeat(b'x')),
        most(5)
            .from_async_reader("a.txt", tokio::io::repeat(b'x'))
            .await,
    ] {
        let error = result.unwrap_err();
        assert!(error.is_too_large() && error.is_upload());
        assert_eq!(
            error.to_string(),
            "a file cannot be sent: the file has more than 5 bytes; send a smaller one, or raise \
             UploadOptions::max_bytes"
        );
    }
    let default = format!("{:?}", UploadOptions::new());
    assert!(
        default.contains(&DEFAULT_MAX_BYTES.to_string()),
        "{default}"
    );
}

#[tokio::test]
async fn what_cannot_be_read_says_so_without_names() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("PERSONAL-MARK.pdf");
    let errors: Vec<Error> = vec![
        Upload::from_path(&missing).unwrap_err(),
        Upload::from_async_path(&missing).await.unwrap_err(),
        Upload::from_path(folder.path()).unwrap_err(),
        Upload::from_path("..").unwrap_err(),
        Upload::from_reader("a.txt", Slow(b"a", true)).unwrap_err(),
        Upload::from_async_reader("a.txt", Slow(b"a", true))
            .await
            .unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_upload() && !error.is_configuration(), "{error}");
        let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
        let text = format!("{error} {error:?} {source:?}");
        assert!(!text.contains("PERSONAL-MARK"), "{text}");
    }
}

/// As generated code makes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum ContentType {
    Pdf,
    Unknown(UnknownValue),
}

open_enum!(ContentType { Pdf = "application/pdf" });

#[test]
fn debug_prints_neither_name_nor_content() {
    let upload = Upload::from_bytes("PERSONAL-MARK.pdf", "PERSONAL-MARK").unwrap();
    let by_url = Upload::from_url("PERSONAL-MARK.pdf", "https://PERSONAL-MARK");
    let options = UploadOptions::new().filename("PERSONAL-MARK");
    let text = format!("{upload:?} {by_url:?} {options:?}");
    assert!(!text.contains("PERSONAL"), "{text}");
    let parts = upload.into_parts(ContentType::VALUES).unwrap();
    assert_eq!(
        format!("{parts:?}"),
        r#"FileParts { content_type: Some("application/pdf"), .. }"#
    );
    assert_eq!(
        parts.content_type.map(ContentType::from),
        Some(ContentType::Pdf)
    );
}
