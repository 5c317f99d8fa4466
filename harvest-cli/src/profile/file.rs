//! The file of profiles.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use harvest_export::private;
use sha2::{Digest, Sha256};

use super::Profiles;
use crate::failure::{Exit, Failure};

/// The variable that names the folder of profiles.
pub(crate) const FOLDER_VARIABLE: &str = "HARVEST_CONFIG_DIR";

const MOST_BYTES: u64 = 1024 * 1024;
/// How much of the hash of its path distinguishes a file, in hexadecimal digits.
const MARK: usize = 8;

/// The place of the file of profiles.
pub(crate) struct ProfileFile(PathBuf);

impl ProfileFile {
    /// In the folder that the environment names, or in that of the platform for settings.
    pub(crate) fn locate() -> Result<Self, Failure> {
        let named = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty());
        let folder = match named {
            Some(folder) => PathBuf::from(folder),
            None => choose_base_strategy()
                .map_err(|_| {
                    Failure::new(
                        Exit::Failed,
                        format!(
                            "there is no home folder to keep profiles in; set {FOLDER_VARIABLE}"
                        ),
                    )
                })?
                .config_dir()
                .join("harvest"),
        };
        Ok(Self(folder.join("profiles.json")))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The file that holds the refresh tokens of a profile.
    pub(crate) fn tokens(&self, profile: &str) -> PathBuf {
        self.0.with_file_name(format!("tokens-{profile}.json"))
    }

    /// The name by which a keyring knows a profile: several folders can have one of the same name.
    pub(crate) fn in_keyring(&self, profile: &str) -> String {
        let path = std::path::absolute(&self.0).unwrap_or_else(|_| self.0.clone());
        let mark = format!("{:x}", Sha256::digest(path.as_os_str().as_encoded_bytes()));
        format!("{profile} ({})", &mark[..MARK])
    }

    /// The profiles; none if there is no file.
    pub(crate) fn read(&self) -> Result<Profiles, Failure> {
        let failed =
            |what: String| Failure::new(Exit::Failed, format!("{}: {what}", self.0.display()));
        let file = match File::open(&self.0) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Profiles::default()),
            Err(error) => return Err(failed(format!("cannot be read: {error}"))),
        };
        let about = file.metadata().map_err(|error| failed(error.to_string()))?;
        if private::is_open_to_others(&about) {
            return Err(failed(
                "holds secrets, and others on this computer can read it; run `chmod 600` on it"
                    .to_owned(),
            ));
        }
        let mut text = String::new();
        file.take(MOST_BYTES)
            .read_to_string(&mut text)
            .map_err(|error| failed(format!("cannot be read: {error}")))?;
        // An error of JSON can repeat a value; its place says enough.
        serde_json::from_str(&text).map_err(|error| {
            failed(format!(
                "is no file of profiles (line {}, column {}); correct it by hand, or remove it and \
                 log in again",
                error.line(),
                error.column()
            ))
        })
    }

    /// Replaces the file as a whole.
    pub(crate) fn write(&self, profiles: &Profiles) -> Result<(), Failure> {
        self.try_write(profiles).map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("{} cannot be written: {error}", self.0.display()),
            )
        })
    }

    fn try_write(&self, profiles: &Profiles) -> std::io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        private::ensure_folder(folder)?;
        // Made with mode 0600.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, profiles)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&self.0).map_err(|error| error.error)?;
        Ok(())
    }
}
