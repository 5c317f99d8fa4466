//! Paths in the repository, and the versions that it describes.

use std::io;
use std::path::{Path, PathBuf};

use harvest_codegen::conventions::Conventions;

/// The folder of the crate that holds the descriptions.
const SPEC: &str = "harvest-spec";

/// The folder of the crate that is generated, and its name.
const GENERATED: &str = "harvest-generated";

/// The repository, or a copy of it that a test made.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

/// A version of the API: a folder of `harvest-spec` with a root file in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The name of the folder, and of the module.
    pub name: String,
    /// The root file.
    pub root: PathBuf,
}

impl Version {
    /// The policy of the version: whether it has a client and a sandbox, among others.
    ///
    /// # Errors
    ///
    /// If the description cannot be read.
    pub fn conventions(
        &self,
        workspace: &Workspace,
    ) -> Result<Conventions, harvest_codegen::load::Error> {
        let bundle = harvest_codegen::load::load(&self.root, workspace.root())?;
        let (conventions, _) = Conventions::of(&bundle.document);
        Ok(conventions)
    }
}

impl Workspace {
    /// The workspace in the folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace around the package that `cargo run` names in the environment, else around the current folder.
    ///
    /// Asked at run time: where two clones share a target folder, cargo takes the program that was built in one for that
    /// of the other, and a path that was compiled in would be the wrong one.
    ///
    /// # Errors
    ///
    /// If neither is in a workspace.
    pub fn here() -> io::Result<Self> {
        let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(package) => PathBuf::from(package),
            None => std::env::current_dir()?,
        };
        Self::around(&start)
    }

    /// The workspace that the folder `start` is in.
    ///
    /// # Errors
    ///
    /// If it is in none.
    pub fn around(start: &Path) -> io::Result<Self> {
        let root = start
            .ancestors()
            .find(|folder| folder.join("Cargo.toml").is_file() && folder.join(SPEC).is_dir());
        root.map(Self::new).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                format!(
                    "{} is in no workspace with a folder {SPEC}; run `cargo xtask` inside of the \
                     clone",
                    start.display()
                ),
            )
        })
    }

    /// The folder of the workspace.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The crate that holds the descriptions.
    pub fn spec(&self) -> PathBuf {
        self.root.join(SPEC)
    }

    /// The bundled documents.
    pub fn dist(&self) -> PathBuf {
        self.spec().join("dist")
    }

    /// The crate that is generated.
    pub fn generated(&self) -> PathBuf {
        self.root.join(GENERATED)
    }

    /// The name of the crate that is generated, which is that of its folder.
    pub fn crate_name(&self) -> String {
        GENERATED.to_owned()
    }

    /// The versions that are described, by name.
    ///
    /// # Errors
    ///
    /// If the folder of descriptions cannot be read, or there is none in it.
    pub fn versions(&self) -> io::Result<Vec<Version>> {
        let mut versions = Vec::new();
        for entry in std::fs::read_dir(self.spec())? {
            let folder = entry?.path();
            let root = folder.join("openapi.yaml");
            if let (true, Some(name)) =
                (root.is_file(), folder.file_name().and_then(|n| n.to_str()))
            {
                versions.push(Version {
                    name: name.to_owned(),
                    root,
                });
            }
        }
        versions.sort();
        if versions.is_empty() {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!(
                    "no folder of {} holds an openapi.yaml",
                    self.spec().display()
                ),
            ));
        }
        Ok(versions)
    }
}
