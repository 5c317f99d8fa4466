//! Downloads the résumés of all who applied for a job.
//!
//! ```sh
//! cargo run --example v3_download_resumes -- 5310447002 resumes/
//! ```
//!
//! Scopes: `harvest:applications:list`, `harvest:attachments:list`. Run it again after an error: what is there already is
//! left alone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    Application, ApplicationField, ApplicationId, Attachment, AttachmentId, AttachmentType, JobId,
};

/// A résumé that is larger is no résumé.
const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// How many ids a filter takes.
const IDS: usize = 50;

#[tokio::main]
async fn main() -> Result<()> {
    let job = argument(1, "the id of a job")?;
    let folder: PathBuf = argument(2, "a folder")?;
    run(&client()?, job, &folder, &mut io::stdout().lock()).await?;
    Ok(())
}

/// Downloads into the folder, and returns how many files were written.
pub async fn run(
    client: &Client,
    job: JobId,
    folder: &Path,
    out: &mut impl Write,
) -> Result<usize> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut written = 0;
    for ids in applications(client, job).await?.chunks(IDS) {
        let mut resumes = client
            .list_attachments()
            .application_ids(ids.iter().copied())
            .type_(AttachmentType::Resume)
            .per_page(500)
            .items();
        while let Some(resume) = resumes.next().await {
            let resume = resume?;
            let Some(id) = resume.id else { continue };
            let path = folder.join(file_name(id, &resume));
            if path.exists() {
                continue;
            }
            let download = client
                .download(&resume)
                .max_bytes(MAX_BYTES)
                // Links expire: then the record is read again, by its id.
                .refetch(async || Ok(client.find_attachment(id).await?.into_value()))
                .to_file(&path)
                .await;
            match download {
                Ok(file) => {
                    writeln!(out, "{} ({} bytes)", path.display(), file.bytes)?;
                    written += 1;
                }
                // One file that is gone or too large is no reason to leave the others.
                Err(error) if error.is_download() => writeln!(out, "attachment {id}: {error}")?,
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(written)
}

/// The ids of those who applied. They are read to the end before a file is fetched, so that no cursor expires meanwhile.
async fn applications(client: &Client, job: JobId) -> Result<Vec<ApplicationId>> {
    let list = client
        .list_applications()
        .job_ids([job])
        .fields([ApplicationField::Id])
        .per_page(500);
    let applications: Vec<Application> = list.items().collect().await?;
    Ok(applications
        .iter()
        .filter_map(|application| application.id)
        .collect())
}

/// A name of our own: the file's is what a candidate chose to call it, and could lead out of the folder. Its extension is
/// kept if it is one.
fn file_name(id: AttachmentId, resume: &Attachment) -> String {
    let application = resume.application_id.unwrap_or_default();
    let extension = resume
        .filename
        .as_deref()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .filter(|extension| (1..=5).contains(&extension.len()))
        .filter(|extension| extension.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    match extension {
        Some(extension) => format!("{application}-{id}.{extension}"),
        None => format!("{application}-{id}"),
    }
}
