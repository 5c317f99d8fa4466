//! Tools that have to be installed.

use std::path::PathBuf;

#[derive(Clone)]
pub struct Tools {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub curl: PathBuf,
    /// The source of axe.
    pub axe: String,
}

impl Tools {
    /// Finds all of them, or says what is missing and how to get it.
    pub fn find() -> Result<Self, String> {
        let find = |names: &[&str], package: &str| {
            on_path(names).ok_or_else(|| {
                format!(
                    "{} is not installed; on Debian, apt-get install {package}",
                    names[0]
                )
            })
        };
        let axe = target().join("ci-tools/node_modules/axe-core/axe.min.js");
        Ok(Self {
            chromium: find(
                &["chromium", "chromium-browser", "google-chrome"],
                "chromium",
            )?,
            chromedriver: find(&["chromedriver"], "chromium-driver")?,
            curl: find(&["curl"], "curl")?,
            axe: std::fs::read_to_string(axe).map_err(
                |_| "axe is not installed; npm install --prefix target/ci-tools axe-core@4.14.1",
            )?,
        })
    }
}

/// The folder `target` of the workspace; cargo runs a test in the folder of its package.
pub fn target() -> PathBuf {
    PathBuf::from("../target")
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let mut files = folders.iter().map(|folder| folder.join(name));
        files.find(|file| file.is_file())
    })
}
