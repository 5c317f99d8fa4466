//! What has to be installed.

use std::path::{Path, PathBuf};

#[derive(Clone)]
pub struct Tools {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    /// The source of axe.
    pub axe: String,
}

impl Tools {
    /// Finds all of them, or says what is missing and how to get it.
    pub fn find() -> Result<Self, String> {
        let chromium = on_path(&["chromium", "chromium-browser", "google-chrome"]);
        let chromedriver = on_path(&["chromedriver"]);
        let axe = target().join("ci-tools/node_modules/axe-core/axe.min.js");
        match (chromium, chromedriver, std::fs::read_to_string(axe)) {
            (Some(chromium), Some(chromedriver), Ok(axe)) => Ok(Self {
                chromium,
                chromedriver,
                axe,
            }),
            (None, _, _) | (_, None, _) => Err(
                "chromium and chromedriver are not installed; on Debian, apt-get install chromium chromium-driver"
                    .to_owned(),
            ),
            (_, _, Err(_)) => Err(
                "axe is not installed; npm install --prefix target/ci-tools axe-core@4.14.1".to_owned(),
            ),
        }
    }
}

/// The folder `target` of the workspace.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let mut files = folders.iter().map(|folder| folder.join(name));
        files.find(|file| file.is_file())
    })
}
