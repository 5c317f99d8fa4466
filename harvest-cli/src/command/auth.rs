//! `harvest auth`: profiles.

use std::io::{self, BufRead, IsTerminal, Write};

use harvest_generated::runtime::Auth as Scheme;
use serde_json::json;

use crate::arguments::{Auth, Global, Login};
use crate::connection::Source;
use crate::failure::{Exit, Failure};
use crate::keyring::Keyring;
use crate::profile::{Grant, GrantKind, Profile, ProfileFile, Secret};
use crate::version::Version;

/// The longest line of standard input that is a secret.
const MOST_SECRET: u64 = 64 * 1024;

pub(crate) fn run(global: &Global, auth: Auth) -> Result<(), Failure> {
    let file = ProfileFile::locate()?;
    match auth {
        Auth::Login(login) => log_in(global, &file, login),
        Auth::List => list(&file),
        Auth::Switch { name } => switch(&file, &name),
        Auth::Logout { name } => log_out(&file, name),
        Auth::Status { json } => status(global, &file, json),
    }
}

fn log_in(global: &Global, file: &ProfileFile, login: Login) -> Result<(), Failure> {
    let version = match &global.api_version {
        Some(name) => Version::named(name)?,
        None => Version::current(),
    };
    let has_tokens = matches!(version.auth, Scheme::OAuth(_));
    let usual = if has_tokens {
        GrantKind::Client
    } else {
        GrantKind::Key
    };
    let kind = login.kind.unwrap_or(usual);
    if !has_tokens && matches!(kind, GrantKind::Client | GrantKind::RefreshToken) {
        return Err(Failure::usage(format!(
            "{} has no token service: --kind key",
            version.name
        )));
    }
    if login.keyring && kind == GrantKind::Sandbox {
        return Err(Failure::usage(
            "a sandbox has no secret: leave --keyring out",
        ));
    }
    // Before a secret is asked for: there may be none.
    let keyring = login.keyring.then(Keyring::of_system).transpose()?;
    let client_id = || {
        login.client_id.clone().ok_or_else(|| {
            Failure::usage(format!(
                "--kind {kind} takes --client-id, the id of the client"
            ))
        })
    };
    let mut grant = match kind {
        GrantKind::Key => Grant::Key {
            key: ask(&format!(
                "{} of {}",
                version.conventions.credential_name, login.name
            ))?,
        },
        GrantKind::Client => Grant::Client {
            client_id: client_id()?,
            client_secret: ask("client secret")?,
        },
        GrantKind::RefreshToken => Grant::RefreshToken {
            client_id: client_id()?,
            client_secret: ask("client secret")?,
            refresh_token: ask("refresh token")?,
        },
        GrantKind::Sandbox => Grant::Sandbox { data: login.data },
    };
    let mut profiles = file.read()?;
    if let Some(keyring) = &keyring {
        grant.move_to(keyring, &file.in_keyring(&login.name))?;
    }
    let names = grant.in_keyring();
    let profile = Profile {
        version: version.name.to_owned(),
        grant,
        base_url: login.base_url,
        token_url: login.token_url,
        acting_user: global.acting_user,
    };
    // Tokens of a consent that came before would go before the new one.
    remove_tokens(file, &login.name)?;
    profiles.current = Some(login.name.clone());
    let replaced = profiles.profiles.insert(login.name.clone(), profile);
    file.write(&profiles)?;
    let verb = if replaced.is_some() {
        "replaced"
    } else {
        "added"
    };
    let place = if names.is_empty() {
        ""
    } else {
        ", its secret in the system's keyring"
    };
    eprintln!(
        "{verb} the profile {} ({kind}, {}) in {}{place}; it is the current one.",
        login.name,
        version.name,
        file.path().display()
    );
    let mut old = replaced.map_or_else(Vec::new, |profile| profile.grant.in_keyring());
    old.retain(|name| !names.contains(name));
    // The profile is what was asked for, whether or not the one before can be cleared away.
    if let Err(error) = forget(&old) {
        let why = error.message();
        eprintln!("the secret of the profile before is still there: {why}");
    }
    Ok(())
}

/// Takes secrets out of the keyring.
fn forget(names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let keyring = Keyring::of_system()?;
    names.iter().try_for_each(|name| keyring.forget(name))
}

/// A secret, from a terminal without showing it, or a line of standard input.
fn ask(what: &str) -> Result<Secret, Failure> {
    let failed = |error: io::Error| {
        Failure::new(Exit::Failed, format!("the {what} cannot be read: {error}"))
    };
    let line = if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{what}: ")).map_err(failed)?
    } else {
        let mut line = Vec::new();
        let mut input = io::Read::take(io::stdin().lock(), MOST_SECRET);
        input.read_until(b'\n', &mut line).map_err(failed)?;
        String::from_utf8(line).map_err(|_| Failure::usage(format!("the {what} is not a text")))?
    };
    let text = line.trim();
    if text.is_empty() {
        return Err(Failure::usage(format!(
            "there is no {what}: type it when asked, or pass it on standard input"
        )));
    }
    Ok(Secret::new(text.to_owned()))
}

fn remove_tokens(file: &ProfileFile, name: &str) -> Result<(), Failure> {
    let path = file.tokens(name);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::new(
            Exit::Failed,
            format!("{} cannot be removed: {error}", path.display()),
        )),
        _ => Ok(()),
    }
}

fn list(file: &ProfileFile) -> Result<(), Failure> {
    let profiles = file.read()?;
    if profiles.profiles.is_empty() {
        eprintln!("there is no profile yet: `harvest auth login` adds one");
    }
    let mut out = io::stdout().lock();
    for (name, profile) in &profiles.profiles {
        let mark = if profiles.current.as_ref() == Some(name) {
            "*"
        } else {
            " "
        };
        let kind = profile.grant.kind();
        let place = profile.base_url.as_deref().unwrap_or_default();
        let line = format!(
            "{mark} {name:<20} {:<4} {kind:<14} {place}",
            profile.version
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn switch(file: &ProfileFile, name: &str) -> Result<(), Failure> {
    let mut profiles = file.read()?;
    if !profiles.profiles.contains_key(name) {
        return Err(Failure::usage(format!(
            "there is no profile {name:?}; `harvest auth list` has all"
        )));
    }
    profiles.current = Some(name.to_owned());
    file.write(&profiles)?;
    eprintln!("the current profile is {name}");
    Ok(())
}

fn log_out(file: &ProfileFile, name: Option<String>) -> Result<(), Failure> {
    let mut profiles = file.read()?;
    let name = name
        .or_else(|| profiles.current.clone())
        .ok_or_else(|| Failure::usage("there is no current profile; name one"))?;
    let Some(profile) = profiles.profiles.remove(&name) else {
        return Err(Failure::usage(format!("there is no profile {name:?}")));
    };
    // As long as one of them is there, the profile says where.
    forget(&profile.grant.in_keyring())?;
    if profiles.current.as_ref() == Some(&name) {
        profiles.current = None;
    }
    remove_tokens(file, &name)?;
    file.write(&profiles)?;
    eprintln!(
        "removed the profile {name}; the credential itself is still valid until it is revoked"
    );
    Ok(())
}

/// Says what the next command would use. Ends with the code of a missing credential if there is none.
fn status(global: &Global, file: &ProfileFile, as_json: bool) -> Result<(), Failure> {
    let (source, version) = Source::find(global, file)?;
    let (from, name, profile) = match &source {
        Source::Sandbox => ("sandbox", None, None),
        Source::Environment => ("environment", None, None),
        Source::Named(name, profile) | Source::Current(name, profile) => {
            ("profile", Some(name), Some(profile))
        }
        Source::Nothing => ("nothing", None, None),
    };
    let kind = profile.map(|profile| profile.grant.kind().to_string());
    let base_url = profile.and_then(|profile| profile.base_url.clone());
    let secrets = profile.and_then(|profile| match profile.grant.kind() {
        GrantKind::Sandbox => None,
        _ if profile.grant.in_keyring().is_empty() => Some("file"),
        _ => Some("keyring"),
    });
    let acting_user = global.acting_user.or(profile.and_then(|it| it.acting_user));
    let mut out = io::stdout().lock();
    if as_json {
        let status = json!({
            "source": from,
            "profile": name,
            "version": version.name,
            "kind": kind,
            "secrets": secrets,
            "base_url": base_url,
            "acting_user": acting_user,
            "file": file.path(),
        });
        writeln!(out, "{status}")?;
    } else {
        let of = name.map(|name| format!(" {name}")).unwrap_or_default();
        let kind = kind.map(|kind| format!(", {kind}")).unwrap_or_default();
        writeln!(out, "credential:   {from}{of}{kind}")?;
        writeln!(out, "version:      {}", version.name)?;
        if let Some(url) = base_url {
            writeln!(out, "base URL:     {url}")?;
        }
        if let Some(user) = acting_user {
            writeln!(out, "acting user:  {user}")?;
        }
        writeln!(out, "profiles in:  {}", file.path().display())?;
        match secrets {
            Some("keyring") => writeln!(out, "secrets in:   the system's keyring")?,
            Some(_) => writeln!(out, "secrets in:   the same file")?,
            None => {}
        }
    }
    match source {
        Source::Nothing => Err(Failure::new(
            Exit::Credential,
            "there is no credential; run `harvest auth login`",
        )),
        _ => Ok(()),
    }
}
