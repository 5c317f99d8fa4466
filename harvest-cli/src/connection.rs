//! Connection of a command: a client of a profile, the environment, or a sandbox in the process.

use std::path::Path;

use harvest_generated::runtime::{Auth, CallOptions, Core, FileTokenStore};
use harvest_sandbox::{Sandbox, StartError};

use crate::arguments::Global;
use crate::failure::{Exit, Failure};
use crate::output::progress;
use crate::profile::{Grant, Profile, ProfileFile, Profiles};
use crate::version::{Access, Secrets, VERSIONS, Version};

/// The variable that names a profile.
pub(crate) const PROFILE_VARIABLE: &str = "HARVEST_PROFILE";

/// What a command sends its requests by.
pub(crate) struct Connection {
    pub version: &'static Version,
    pub core: Core,
    /// Ends with the connection.
    _sandbox: Option<Sandbox>,
}

/// The source of a credential, in the order in which they are looked for.
pub(crate) enum Source {
    /// `--sandbox`.
    Sandbox,
    /// The profile that an option or a variable names.
    Named(String, Profile),
    /// Variables of the environment.
    Environment,
    /// The current profile.
    Current(String, Profile),
    /// There is no credential.
    Nothing,
}

impl Source {
    /// Finds the source and the version of a command. Nothing is sent.
    pub(crate) fn find(
        global: &Global,
        file: &ProfileFile,
    ) -> Result<(Self, &'static Version), Failure> {
        let asked = global
            .api_version
            .as_deref()
            .map(Version::named)
            .transpose()?;
        if global.sandbox {
            return Ok((Self::Sandbox, asked.unwrap_or(Version::current())));
        }
        let variable = std::env::var(PROFILE_VARIABLE)
            .ok()
            .filter(|name| !name.is_empty());
        if let Some(name) = global.profile.clone().or(variable) {
            let profile = take(file.read()?, &name)?;
            let version = asked.map_or_else(|| Version::named(&profile.version), Ok)?;
            return Ok((Self::Named(name, profile), version));
        }
        let mut candidates = const { &VERSIONS }.iter();
        let in_environment = match asked {
            Some(version) => version.is_in_environment().then_some(version),
            None => candidates.find(|version| version.is_in_environment()),
        };
        if let Some(version) = in_environment {
            return Ok((Self::Environment, version));
        }
        let profiles = file.read()?;
        let Some(name) = profiles.current.clone() else {
            return Ok((Self::Nothing, asked.unwrap_or(Version::current())));
        };
        let profile = take(profiles, &name)?;
        let version = asked.map_or_else(|| Version::named(&profile.version), Ok)?;
        Ok((Self::Current(name, profile), version))
    }
}

fn take(mut profiles: Profiles, name: &str) -> Result<Profile, Failure> {
    profiles.profiles.remove(name).ok_or_else(|| {
        Failure::new(
            Exit::Credential,
            format!(
                "there is no profile {name:?}; `harvest auth list` has all, `harvest auth login` \
                 adds one"
            ),
        )
    })
}

impl Connection {
    /// Connects as the options say. Nothing is sent.
    pub(crate) async fn open(global: &Global) -> Result<Self, Failure> {
        let file = ProfileFile::locate()?;
        let (source, version) = Source::find(global, &file)?;
        let (core, sandbox) = match source {
            Source::Sandbox => in_sandbox(version, None, global.quiet).await?,
            Source::Environment => (version.connect(Access::of(Secrets::Environment))?, None),
            Source::Named(name, profile) | Source::Current(name, profile) => match &profile.grant {
                Grant::Sandbox { data } => {
                    let (core, sandbox) =
                        in_sandbox(version, data.as_deref(), global.quiet).await?;
                    (acting(core, profile.acting_user), sandbox)
                }
                _ => (of_profile(version, &file, &name, &profile)?, None),
            },
            Source::Nothing => {
                let names = version.conventions.environment;
                let variables = match (names.client_id, names.client_secret, names.credential) {
                    (Some(id), Some(secret), _) => format!("{id} and {secret}"),
                    (_, _, name) => name.unwrap_or("its variable").to_owned(),
                };
                return Err(Failure::new(
                    Exit::Credential,
                    format!(
                        "there is no credential; run `harvest auth login`, set {variables}, or try \
                         it with --sandbox"
                    ),
                ));
            }
        };
        let mut options = CallOptions::new()
            .max_pause(global.max_wait)
            .max_response_bytes(global.max_response_size);
        if !global.quiet {
            options = options.on_wait(progress::wait);
        }
        Ok(Self {
            version,
            core: acting(core.with_options(options), global.acting_user),
            _sandbox: sandbox,
        })
    }
}

fn acting(core: Core, user: Option<i64>) -> Core {
    match user {
        Some(user) => core.with_acting_user(user),
        None => core,
    }
}

/// A client of a sandbox that ends with the process.
async fn in_sandbox(
    version: &Version,
    data: Option<&Path>,
    quiet: bool,
) -> Result<(Core, Option<Sandbox>), Failure> {
    let sandbox = start_sandbox(version, data, quiet).await?;
    let secrets = match (version.auth, sandbox.v3_credentials()) {
        (Auth::OAuth(_), Some(credentials)) => Secrets::Client {
            id: &credentials.client_id,
            secret: &credentials.client_secret,
        },
        // Without records, its token service knows any client by the key.
        (Auth::OAuth(_), None) => Secrets::Client {
            id: "harvest",
            secret: sandbox.key(),
        },
        (Auth::Basic | Auth::Bearer, _) => Secrets::Credential(sandbox.key()),
    };
    let access = Access {
        secrets,
        base_url: Some(sandbox.url()),
        token_url: sandbox.token_url(),
    };
    let core = version.connect(access)?.with_acting_user(sandbox.user_id());
    Ok((core, Some(sandbox)))
}

/// A sandbox with records if this version has them, and otherwise one that answers from examples.
pub(crate) async fn start_sandbox(
    version: &Version,
    data: Option<&Path>,
    quiet: bool,
) -> Result<Sandbox, Failure> {
    let builder = || {
        let builder = Sandbox::builder().version(version.name);
        match data {
            Some(folder) => builder.data(folder),
            None => builder,
        }
    };
    let started = match builder().start().await {
        Err(StartError::NoRecords { .. }) => {
            if !quiet {
                eprintln!(
                    "the sandbox has no records of {}: it answers with examples, and keeps nothing",
                    version.name
                );
            }
            let examples = Sandbox::builder().version(version.name).examples();
            examples.start().await
        }
        started => started,
    };
    started
        .map_err(|error| Failure::new(Exit::Failed, format!("the sandbox does not start: {error}")))
}

fn of_profile(
    version: &Version,
    file: &ProfileFile,
    name: &str,
    profile: &Profile,
) -> Result<Core, Failure> {
    let connect = |secrets: Secrets<'_>| {
        let access = Access {
            secrets,
            base_url: profile.base_url.as_deref(),
            token_url: profile.token_url.as_deref(),
        };
        Ok(acting(version.connect(access)?, profile.acting_user))
    };
    match &profile.grant {
        Grant::Key { key } => connect(Secrets::Credential(&key.reveal()?)),
        Grant::Client {
            client_id,
            client_secret,
        } => connect(Secrets::Client {
            id: client_id,
            secret: &client_secret.reveal()?,
        }),
        Grant::RefreshToken {
            client_id,
            client_secret,
            refresh_token,
        } => {
            let store = FileTokenStore::open(file.tokens(name)).map_err(|error| {
                Failure::new(
                    Exit::Credential,
                    format!("the tokens of {name} cannot be kept: {error}"),
                )
            })?;
            connect(Secrets::Consent {
                id: client_id,
                secret: &client_secret.reveal()?,
                first: &refresh_token.reveal()?,
                store,
            })
        }
        Grant::Sandbox { .. } => connect(Secrets::Environment),
    }
}
