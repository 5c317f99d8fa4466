//! The connection of the programs of v1, which also run without an account: against a sandbox that lives as long as they
//! do.

use std::env;

use anyhow::Result;
use harvest_generated::runtime::ClientBuilder;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{ApplicationId, ApplicationStatus, JobId};
use harvest_sandbox::Sandbox;

/// What a program talks to.
pub struct Connection {
    /// The client, which acts for `HARVEST_ON_BEHALF_OF` or, in a sandbox, for one of its users.
    pub client: Client,
    /// Stops when it is dropped.
    sandbox: Option<Sandbox>,
}

impl Connection {
    /// The service, as `HARVEST_API_KEY`, `HARVEST_ON_BEHALF_OF` and `HARVEST_BASE_URL` say; without a key there, a
    /// sandbox. A program of your own would do with `Client::from_env()?`.
    pub async fn open() -> Result<Self> {
        Self::open_with(|builder| builder).await
    }

    /// [`open`](Self::open) with settings for the client.
    pub async fn open_with(
        configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    ) -> Result<Self> {
        if env::var_os("HARVEST_API_KEY").is_some_and(|key| !key.is_empty()) {
            let client = configure(ClientBuilder::from_env()).build()?;
            let sandbox = None;
            return Ok(Self { client, sandbox });
        }
        eprintln!("HARVEST_API_KEY is not set: this is a sandbox");
        let sandbox = Sandbox::start().await?;
        let builder = Client::builder()
            .base_url(sandbox.url())
            .credential(sandbox.key())
            .acting_user(sandbox.user_id());
        Ok(Self {
            client: configure(builder).build()?,
            sandbox: Some(sandbox),
        })
    }

    /// The argument at this place of the command line; in a sandbox, where it does not matter, `sample` if there is none.
    ///
    /// # Errors
    ///
    /// If it is missing and this is not a sandbox, or if it is not what it should be.
    pub fn argument<T>(&self, place: usize, what: &str, sample: Option<T>) -> Result<T>
    where
        T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
    {
        match sample {
            Some(sample) if self.in_sandbox().is_some() && env::args().len() <= place => Ok(sample),
            _ => crate::argument(place, what),
        }
    }

    /// An application that can be moved and rejected, to try a program in a sandbox.
    pub async fn sample_application(&self) -> Result<Option<ApplicationId>> {
        let Some(client) = self.in_sandbox() else {
            return Ok(None);
        };
        let active = client.list_applications().status(ApplicationStatus::Active);
        let mut applications = active.items();
        while let Some(application) = applications.next().await {
            let application = application?;
            if application.current_stage.is_some() {
                return Ok(Some(application.id));
            }
        }
        Ok(None)
    }

    /// A job with an application, to try a program in a sandbox.
    pub async fn sample_job(&self) -> Result<Option<JobId>> {
        let Some(id) = self.sample_application().await? else {
            return Ok(None);
        };
        let application = self.client.get_application(id).send().await?;
        let jobs = application.jobs.as_deref().unwrap_or_default();
        Ok(jobs.first().map(|job| job.id))
    }

    /// The address of a user who is not the one who acts, to try a program in a sandbox.
    pub async fn sample_email(&self) -> Result<Option<String>> {
        let Some(client) = self.in_sandbox() else {
            return Ok(None);
        };
        let users = client.list_users().send().await?.into_value();
        let mut active = users.into_iter().filter(|user| user.disabled != Some(true));
        Ok(active
            .next_back()
            .and_then(|user| user.primary_email_address))
    }

    /// The client, unless what it talks to is real.
    fn in_sandbox(&self) -> Option<&Client> {
        self.sandbox.as_ref().map(|_| &self.client)
    }
}
