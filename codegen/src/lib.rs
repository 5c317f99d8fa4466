//! Turns an `OpenAPI` description into a Rust client.
//!
//! The library is a compiler, and reads like one. Each stage is a module with one input and one output, and none
//! reaches back:
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`load`] | a root file | [`load::Bundle`]: one document, and where each part of it came from |
//! | [`lint`] | the bundle | findings, all at once |
//! | [`lower`] | the document | [`lower::Lowered`]: a document in the dialect of progenitor, and the facts it cannot hold |
//! | [`generate`] | the lowered document | a `syn` tree, as progenitor writes it |
//! | [`refine`] | the tree and the facts | [`refine::Refined`]: the code of each operation and each model |
//! | [`emit`] | the code of a version, then the files of all | [`emit::Module`], then [`emit::Tree`]: the files of a crate |
//!
//! After each stage, operations, parameters and models are held against those of the stage before ([`inventory`]).
//!
//! [`compile`] runs the first five for one version of an API, and takes the [`guide`] along that lies beside the
//! description. Nothing here knows which API it is.

pub mod conventions;
pub mod emit;
mod format;
pub mod generate;
pub mod guide;
mod hash;
pub mod inventory;
pub mod lint;
pub mod load;
pub mod lower;
mod markdown;
mod names;
pub mod refine;
pub mod role;

use std::path::Path;

use inventory::{Inventory, Stage};

/// One version of an API, compiled: [`emit::module`] makes files of it.
#[derive(Debug)]
pub struct Version {
    /// The module that the version becomes, such as `v1`.
    pub name: String,
    /// The document in one file, as other tools take it.
    pub bundle: load::Bundle,
    /// The code. That of deliveries has models, and no operations.
    pub refined: refine::Refined,
    /// The deliveries of the service, instead of operations.
    pub events: Option<refine::Events>,
    /// The prose, if there is any.
    pub guide: Option<guide::Guide>,
}

/// Why a description did not become code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is missing or does not parse, or a reference leads nowhere.
    #[error("{0}")]
    Load(#[from] load::Error),
    /// House rules are broken.
    #[error("{}", lint::report(.0))]
    Lint(Vec<lint::Finding>),
    /// The document says something that cannot be said in Rust yet.
    #[error("{0}")]
    Lower(#[from] lower::Error),
    /// progenitor refused the lowered document.
    #[error("{0}")]
    Generate(#[from] generate::Error),
    /// progenitor's output is not what the passes expect.
    #[error("{0}")]
    Refine(#[from] refine::Error),
    /// A stage lost something that the stage before had.
    #[error("{0}")]
    Lost(#[from] inventory::Error),
    /// The guide has a mistake.
    #[error("{0}")]
    Guide(#[from] guide::Error),
}

impl Error {
    /// Whether its text begins with a place in a file.
    pub fn has_location(&self) -> bool {
        matches!(self, Self::Load(_) | Self::Lint(_) | Self::Guide(_))
    }
}

/// One version of an API that was loaded and keeps the house rules.
#[derive(Debug)]
pub struct Described {
    /// The document in one file, as other tools take it.
    pub bundle: load::Bundle,
    /// The policy of the version.
    pub conventions: conventions::Conventions,
    /// The prose, if there is any.
    pub guide: Option<guide::Guide>,
}

/// Loads the description whose root is `root`, with places named from the folder `base`, and checks it. The folder
/// `guide` beside the root, if there is one, holds its guide.
///
/// # Errors
///
/// The first stage that fails says why; [`lint`] says everything that it found.
pub fn describe(root: &Path, base: &Path) -> Result<Described, Error> {
    let mut described = check(load::load(root, base)?)?;
    described.guide = guide::load(&root.with_file_name("guide"), base)?;
    Ok(described)
}

fn check(bundle: load::Bundle) -> Result<Described, Error> {
    let findings = lint::lint(&bundle);
    if !findings.is_empty() {
        return Err(Error::Lint(findings));
    }
    let (conventions, _) = conventions::Conventions::of(&bundle.document);
    Ok(Described {
        bundle,
        conventions,
        guide: None,
    })
}

/// Compiles the description whose root is `root`, with places named from the folder `base`, into the code of a version
/// called `name`. See [`describe`].
///
/// # Errors
///
/// The first stage that fails says why; [`lint`] says everything that it found.
pub fn compile(name: &str, root: &Path, base: &Path) -> Result<Version, Error> {
    describe(root, base)?.compile(name)
}

/// Compiles a description that was loaded. It has no guide.
///
/// # Errors
///
/// See [`compile`].
pub fn compile_bundle(name: &str, bundle: load::Bundle) -> Result<Version, Error> {
    check(bundle)?.compile(name)
}

impl Described {
    /// Generates the code of a version called `name`.
    ///
    /// # Errors
    ///
    /// If the description cannot be said in Rust yet, or a stage lost something.
    pub fn compile(self, name: &str) -> Result<Version, Error> {
        let Self { bundle, guide, .. } = self;
        let described = Inventory::of_document(&bundle.document);
        let lowered = lower::lower(&bundle.document)?;
        let before = Inventory::of_lowered(&lowered.document);
        before.check_against(&described, Stage::Lower)?;
        Inventory::of_facts(&lowered.facts).check_against(&described, Stage::Lower)?;
        let tree = generate::generate(&lowered.document)?;
        inventory::check_tree(&tree, &before)?;
        let deliveries = lowered.facts.deliveries.clone();
        let mut refined = refine::refine(tree, lowered.facts)?;
        let described = described.used(&bundle.document);
        Inventory::of_refined(&refined).check_against(&described, Stage::Refine)?;
        let events = deliveries.map(|deliveries| refine::Events::take(deliveries, &mut refined));
        Ok(Version {
            name: name.to_owned(),
            bundle,
            refined,
            events: events.transpose()?,
            guide,
        })
    }
}
