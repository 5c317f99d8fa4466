//! Files through the generated client: what the sandbox takes, and what is fetched from another server.

use harvest_generated::v1::types::{
    ApplicationAttachmentCreate, ApplicationAttachmentType, ApplicationCreateForJob, Attachment,
    AttachmentContentType, CandidateAttachmentCreate, CandidateAttachmentType, CandidateCreate,
};
use harvest_runtime::attachment::Upload;
use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use super::calls::proxy;
use super::proxy::Proxy;

fn cv() -> Upload {
    Upload::from_bytes("Lindqvist_CV.pdf", "%PDF-1.4").unwrap()
}

fn sent(proxy: &Proxy) -> Value {
    serde_json::from_str(&proxy.arrived().last().unwrap().body).unwrap()
}

#[tokio::test]
async fn from_bytes_and_by_url() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.acting();
    let body =
        CandidateAttachmentCreate::from_upload(cv(), CandidateAttachmentType::Resume).unwrap();
    client
        .create_candidate_attachment(1, &body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&proxy),
        json!({"filename": "Lindqvist_CV.pdf", "type": "resume", "content": "JVBERi0xLjQ=",
            "content_type": "application/pdf"})
    );
    let by_url = Upload::from_url("Reference", "https://files.example.com/reference");
    let kind = ApplicationAttachmentType::Other;
    let body = ApplicationAttachmentCreate::from_upload(by_url, kind).unwrap();
    client
        .create_application_attachment(1, &body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&proxy),
        json!({"filename": "Reference", "type": "other",
            "url": "https://files.example.com/reference"})
    );
}

#[tokio::test]
async fn along_with_a_candidate() {
    let proxy = proxy(Sandbox::builder()).await;
    let resume =
        CandidateAttachmentCreate::from_upload(cv(), CandidateAttachmentType::Resume).unwrap();
    let application = ApplicationCreateForJob::new(4_021_990_017).attachments([resume]);
    let body = CandidateCreate::new("Noor", "Lindqvist", [application]);
    proxy.acting().create_candidate(&body).send().await.unwrap();
    assert_eq!(
        sent(&proxy)["applications"][0]["attachments"][0]["content"],
        json!("JVBERi0xLjQ=")
    );
}

#[test]
fn the_closed_list_of_types() {
    assert_eq!(AttachmentContentType::VALUES.len(), 29);
    let page = Upload::from_bytes("page.webp", "x").unwrap();
    let error = CandidateAttachmentCreate::from_upload(page, "resume").unwrap_err();
    for known in AttachmentContentType::VALUES {
        assert!(error.to_string().contains(known), "{known} is not named");
        // Each of them can be chosen.
        let upload = Upload::from_bytes("x", "x")
            .unwrap()
            .with_content_type(*known);
        assert!(CandidateAttachmentCreate::from_upload(upload, "resume").is_ok());
    }
    for (name, content_type) in [
        ("cv.pdf", "application/pdf"),
        ("cv.doc", "application/msword"),
        (
            "cv.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "pay.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("pay.xls", "application/vnd.ms-excel"),
        ("talk.ppt", "application/vnd.ms-powerpoint"),
        ("all.zip", "application/zip"),
        ("data.json", "application/json"),
        ("data.xml", "application/xml"),
        ("data.yaml", "application/x-yaml"),
        ("data.csv", "text/csv"),
        ("me.vcf", "text/vcard"),
        ("days.ics", "text/calendar"),
        ("page.html", "text/html"),
        ("letter.txt", "text/plain"),
        ("me.jpg", "image/jpeg"),
        ("me.png", "image/png"),
        ("me.gif", "image/gif"),
        ("me.bmp", "image/bmp"),
        ("me.tif", "image/tiff"),
        ("me.mpeg", "video/mpeg"),
    ] {
        let upload = Upload::from_bytes(name, "x").unwrap();
        let body = CandidateAttachmentCreate::from_upload(upload, "resume").unwrap();
        let chosen = body.content_type.unwrap();
        assert_eq!(chosen.as_str(), content_type, "{name}");
    }
}

#[tokio::test]
async fn a_link_that_has_expired_is_read_anew() {
    let api = proxy(Sandbox::builder()).await;
    let files = Proxy::alone(403, "Request has expired").await;
    let fresh = Proxy::alone(200, "%PDF-1.4").await;
    let attachment = |proxy: &Proxy| -> Attachment {
        let url = format!("{}/cv.pdf?signature=71d0", proxy.url);
        serde_json::from_value(json!({"filename": "cv.pdf", "url": url, "type": "resume"})).unwrap()
    };
    let client = api.acting();
    let (old, new) = (attachment(&files), attachment(&fresh));
    let bytes = client
        .download(&old)
        .refetch(async || {
            let candidate = client.get_candidate(1).send().await?;
            assert!(candidate.attachments.is_some());
            Ok(&new)
        })
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes, "%PDF-1.4");
    for proxy in [&files, &fresh] {
        let arrived = proxy.arrived();
        assert_eq!(arrived.len(), 1);
        assert_eq!(arrived[0].header("authorization"), None);
        assert_eq!(arrived[0].header("on-behalf-of"), None);
    }
    assert_eq!(api.arrived().len(), 1);
}
