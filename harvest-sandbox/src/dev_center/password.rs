//! The password of Dev Center, where it has one.

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;

use crate::http::refusal::Outcome;
use crate::refusal::{Refusal, broken};
use crate::store::{Edit, View};

/// Shorter ones are not taken, in characters.
pub(super) const SHORTEST: usize = 12;
/// Longer ones are not taken either, in bytes: hashing them would keep the sandbox busy for nothing.
const LONGEST: usize = 1_000;

/// The memory in which passwords are hashed, one after another: 19 MiB, once it was used. The allocator of glibc
/// would not use again what the crate allocates and frees for each.
#[derive(Default)]
pub(super) struct Memory(Vec<Block>);

impl Memory {
    fn hash(
        &mut self,
        argon2: &Argon2<'_>,
        password: &str,
        salt: &[u8],
        output: &mut [u8],
    ) -> Outcome<()> {
        self.0
            .resize(argon2.params().block_count(), Block::default());
        argon2
            .hash_password_into_with_memory(password.as_bytes(), salt, output, &mut self.0)
            .map_err(unhashed)
    }
}

/// Whether there is one.
pub(super) fn is_set(view: &View<'_>) -> Outcome<bool> {
    Ok(hash(view)?.is_some())
}

/// The hash of the password, if there is one.
pub(super) fn hash(view: &View<'_>) -> Outcome<Option<String>> {
    view.value("SELECT hash FROM password", [])
}

/// Whether a hash is that of this password. To find out takes a while on purpose, and is for
/// [`Hashers`](super::hashers::Hashers) to do.
pub(super) fn is(memory: &mut Memory, hash: &str, password: &str) -> Outcome<bool> {
    let hash = PasswordHash::new(hash).map_err(|_| unknown_form())?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Err(unknown_form());
    };
    if password.len() > LONGEST {
        return Ok(false);
    }
    let algorithm = Algorithm::try_from(hash.algorithm.as_str());
    let version = Version::try_from(hash.version.unwrap_or_default());
    let params = Params::try_from(&hash);
    let (Ok(algorithm), Ok(version), Ok(params)) = (algorithm, version, params) else {
        return Err(unknown_form());
    };
    let mut found = vec![0; expected.len()];
    let argon2 = Argon2::new(algorithm, version, params);
    memory.hash(&argon2, password, salt, &mut found)?;
    Ok(found.ct_eq(expected.as_bytes()).into())
}

fn unhashed(error: impl std::fmt::Display) -> Refusal {
    broken(format!("the password can't be hashed: {error}"))
}

fn unknown_form() -> Refusal {
    broken("the password is kept in no known form")
}

/// What is wrong with a new password, if anything.
pub(super) fn problem(password: &str, repeated: &str) -> Option<String> {
    if password.chars().count() < SHORTEST {
        Some(format!(
            "Choose a password of at least {SHORTEST} characters"
        ))
    } else if password.len() > LONGEST {
        Some("Choose a shorter password".to_owned())
    } else if password != repeated {
        Some("The two passwords differ".to_owned())
    } else {
        None
    }
}

/// The hash of a new password. It is for [`Hashers`](super::hashers::Hashers) to make, too.
pub(super) fn hashed(memory: &mut Memory, password: &str) -> Outcome<String> {
    let salt = Salt::generate();
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    memory.hash(&Argon2::default(), password, &salt, &mut output)?;
    let (algorithm, version) = (Algorithm::default(), Version::default());
    let hash = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: (&Params::default()).try_into().map_err(unhashed)?,
        salt: Some(salt),
        hash: Some(Output::new(&output).map_err(unhashed)?),
    };
    Ok(hash.to_string())
}

/// Keeps the hash of the first one, and says whether it is: another process may have set one in the same folder.
pub(super) fn set_first(edit: &Edit<'_>, hash: &str) -> Outcome<bool> {
    let sql = "INSERT INTO password (id, hash) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING";
    Ok(edit.run(sql, [hash])? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_known_again() {
        let mut memory = Memory::default();
        let hash = hashed(&mut memory, "correct horse battery").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        for (password, is_it) in [
            ("correct horse battery", true),
            ("correct horse batterz", false),
            ("correct horse battery", true),
            ("", false),
            (&"x".repeat(LONGEST + 1), false),
        ] {
            assert_eq!(
                is(&mut memory, &hash, password).unwrap(),
                is_it,
                "{password}"
            );
        }
        // The crate's own check agrees.
        let parsed = PasswordHash::new(&hash).unwrap();
        let verify = |password: &[u8]| {
            argon2::password_hash::PasswordVerifier::verify_password(
                &Argon2::default(),
                password,
                &parsed,
            )
        };
        assert!(verify(b"correct horse battery").is_ok() && verify(b"other").is_err());
        for odd in [
            "",
            "x",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$md5$c2FsdHNhbHQ$aGFzaGhhc2g",
        ] {
            assert!(
                is(&mut memory, odd, "correct horse battery").is_err(),
                "{odd}"
            );
        }
    }
}
