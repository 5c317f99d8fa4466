//! The cases of a run: each is measured on its own, and the budgets compare some of them.

use std::fmt;

/// The resource that is measured alone, in each version.
pub const RESOURCE: &str = "users";

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// The generated crate with every resource of some versions.
    Generated(Vec<String>),
    /// What unmodified progenitor makes of the lowered documents of the same versions.
    Progenitor(Vec<String>),
    /// The generated crate with [`RESOURCE`] of one version only.
    Resource(String),
    /// Making all files of the generated crate, and comparing them with those that are there.
    Regen,
    /// The first build of a user's crate, with everything that it depends on.
    FirstBuild(Tls),
}

/// The implementation of TLS that a first build chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// aws-lc: the default.
    AwsLc,
    /// ring.
    Ring,
}

impl Tls {
    /// The feature of the generated crate.
    pub fn feature(self) -> &'static str {
        match self {
            Self::AwsLc => "rustls",
            Self::Ring => "rustls-ring",
        }
    }
}

/// Every case for these versions of the API: all together, each alone if there are several, and what has no version.
pub fn all(versions: &[String]) -> Vec<Case> {
    let mut cases = Vec::new();
    for versions in selections(versions) {
        cases.push(Case::Generated(versions.clone()));
        cases.push(Case::Progenitor(versions));
    }
    cases.extend(versions.iter().cloned().map(Case::Resource));
    cases.push(Case::Regen);
    cases.extend([Tls::AwsLc, Tls::Ring].map(Case::FirstBuild));
    cases
}

/// All versions together, then each alone if there are several.
pub fn selections(versions: &[String]) -> Vec<Vec<String>> {
    let mut selections = vec![versions.to_vec()];
    if versions.len() > 1 {
        selections.extend(versions.iter().map(|version| vec![version.clone()]));
    }
    selections
}

impl Case {
    /// Whether it is measured once only: a first build takes a minute or more.
    pub fn is_once(&self) -> bool {
        matches!(self, Self::FirstBuild(_))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Generated(versions) => format!("generated, {}", versions.join(" + ")),
            Self::Progenitor(versions) => format!("progenitor, {}", versions.join(" + ")),
            Self::Resource(version) => format!("generated, {RESOURCE} of {version}"),
            Self::Regen => "regen".to_owned(),
            Self::FirstBuild(tls) => format!("first build, {}", tls.feature()),
        };
        f.pad(&name)
    }
}
