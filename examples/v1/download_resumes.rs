//! Downloads the résumés of all who applied for a job.
//!
//! ```sh
//! cargo run --example download_resumes -- 5310447002 resumes/
//! ```
//!
//! The key needs `GET: List Applications` and `GET: Retrieve Application`. Run it again after an error: what is there
//! already is left alone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::Error;
use harvest_generated::runtime::attachment::SignedFile as _;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Application, ApplicationId, Attachment, AttachmentType, JobId};

/// A résumé that is larger is no résumé.
const MAX_BYTES: u64 = 20 * 1024 * 1024;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let job = connection.argument(1, "the id of a job", connection.sample_job().await?)?;
    let folder = connection.argument(2, "a folder", Some(PathBuf::from("resumes")))?;
    run(&connection.client, job, &folder, &mut io::stdout()).await?;
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
    let mut applications = client.list_applications().job_id(job).per_page(500).items();
    while let Some(application) = applications.next().await {
        let application = application?;
        for (number, resume) in resumes(&application).enumerate() {
            let path = folder.join(file_name(application.id, number, resume));
            if path.exists() {
                continue;
            }
            let id = application.id;
            let download = client
                .download(resume)
                .max_bytes(MAX_BYTES)
                // The links of a list that takes long to work off can expire: then the application is read again.
                .refetch(async || find(client, id, number).await)
                .to_file(&path)
                .await;
            match download {
                Ok(file) => {
                    writeln!(out, "{} ({} bytes)", path.display(), file.bytes)?;
                    written += 1;
                }
                // One file that is gone or too large is no reason to leave the others.
                Err(error) if error.is_download() => writeln!(out, "application {id}: {error}")?,
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(written)
}

fn resumes(application: &Application) -> impl Iterator<Item = &Attachment> {
    application
        .attachments
        .iter()
        .flatten()
        .filter(|attachment| attachment.type_ == Some(AttachmentType::Resume))
}

/// The same résumé, with a link that is valid again.
async fn find(
    client: &Client,
    id: ApplicationId,
    number: usize,
) -> Result<Option<Attachment>, Error> {
    let application = client.get_application(id).send().await?;
    Ok(resumes(&application).nth(number).cloned())
}

/// A name of our own: the file's was chosen by a client, and could lead out of the folder. Its extension is
/// kept if it is one.
fn file_name(application: ApplicationId, number: usize, resume: &Attachment) -> String {
    let extension = resume
        .filename()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .filter(|extension| (1..=5).contains(&extension.len()))
        .filter(|extension| extension.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    match extension {
        Some(extension) => format!("{application}-{number}.{extension}"),
        None => format!("{application}-{number}"),
    }
}
