//! Public clients of the older version, by what sources write to use them.

/// A client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Client {
    /// The name of the package.
    pub name: &'static str,
    /// How the names of the sources end that use it.
    endings: &'static [&'static str],
    /// What stands in a source that uses it: one of these.
    marks: &'static [&'static str],
    /// What stands in a list of dependencies. None: the package speaks other versions as well.
    package: Option<&'static str>,
}

const RUBY: &[&str] = &["rb", "rake", "ru", "erb"];
const PYTHON: &[&str] = &["py", "pyi", "ipynb"];
const PHP: &[&str] = &["php"];
const GO: &[&str] = &["go"];
const SCRIPT: &[&str] = &[
    "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "vue", "svelte",
];
const JVM: &[&str] = &["kt", "kts", "java", "scala", "groovy"];
const RUST: &[&str] = &["rs"];

/// Lists of dependencies.
const LISTS: [&str; 12] = [
    "Cargo.toml",
    "Gemfile",
    "Pipfile",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "go.mod",
    "package.json",
    "pom.xml",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
];

/// Those that are known: of Ruby, Python, PHP, Go, TypeScript and JavaScript, Kotlin and Java, and Rust. A generic client
/// that is given a path is found by the path, in any language.
const CLIENTS: [Client; 11] = [
    client(
        "greenhouse_io",
        RUBY,
        &[
            "GreenhouseIo::",
            "require 'greenhouse_io'",
            "require \"greenhouse_io\"",
        ],
        Some("greenhouse_io"),
    ),
    client(
        "greenhouse_api",
        RUBY,
        &["GreenhouseApi::"],
        Some("greenhouse_api"),
    ),
    client(
        "grnhse-api",
        PYTHON,
        &["from grnhse", "import grnhse"],
        Some("grnhse-api"),
    ),
    client(
        "airbyte-source-greenhouse",
        PYTHON,
        &["from source_greenhouse", "import source_greenhouse"],
        Some("airbyte-source-greenhouse"),
    ),
    client(
        "airbyte-agent-greenhouse",
        PYTHON,
        &["airbyte_agent_greenhouse", "airbyte_ai_greenhouse"],
        Some("airbyte-agent-greenhouse"),
    ),
    client(
        "grnhse/greenhouse-tools-php",
        PHP,
        &["Greenhouse\\GreenhouseToolsPhp"],
        Some("grnhse/greenhouse-tools-php"),
    ),
    client(
        "greenhouse-client-go",
        GO,
        &["carnegierobotics/greenhouse-client-go"],
        Some("carnegierobotics/greenhouse-client-go"),
    ),
    client(
        "@opensdks/sdk-greenhouse",
        SCRIPT,
        &["@opensdks/sdk-greenhouse"],
        Some("@opensdks/sdk-greenhouse"),
    ),
    client(
        "@cookd/harvest-sdk",
        SCRIPT,
        &["@cookd/harvest-sdk"],
        Some("@cookd/harvest-sdk"),
    ),
    client(
        "greenhouse-api-client",
        JVM,
        &["com.seatgeek.greenhouse"],
        Some("com.seatgeek.greenhouse"),
    ),
    client(
        "harvest-generated, feature v1",
        RUST,
        &["harvest_generated::v1", "harvest::v1"],
        None,
    ),
];

const fn client(
    name: &'static str,
    endings: &'static [&'static str],
    marks: &'static [&'static str],
    package: Option<&'static str>,
) -> Client {
    Client {
        name,
        endings,
        marks,
        package,
    }
}

impl Client {
    /// Whether a method can be called without brackets.
    pub(super) fn calls_bare(&self) -> bool {
        self.endings == RUBY
    }
}

/// The clients that a source uses, each with the place where it says so: the begin and the length.
pub(super) fn used(file: &str, text: &str) -> Vec<(&'static Client, usize, usize)> {
    let name = file.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit('.').next().unwrap_or_default();
    let is_list = LISTS.contains(&name) || matches!(ending, "gemspec" | "csproj");
    let all = (const { &CLIENTS }).iter();
    all.filter_map(|client| {
        let marks = if is_list {
            client.package.as_slice()
        } else if client.endings.contains(&ending) {
            client.marks
        } else {
            &[]
        };
        let found = marks
            .iter()
            .filter_map(|mark| Some((text.find(mark)?, mark.len())));
        let (at, length) = found.min()?;
        Some((client, at, length))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_told_by_the_language() {
        let names = |file: &str, text: &str| -> Vec<_> {
            used(file, text).into_iter().map(|it| it.0.name).collect()
        };
        assert_eq!(
            names("a/b.py", "from grnhse import Harvest"),
            ["grnhse-api"]
        );
        assert_eq!(
            names("package.json", "\"@cookd/harvest-sdk\": \"1\""),
            ["@cookd/harvest-sdk"]
        );
        assert!(names("a.js", "from grnhse import Harvest").is_empty());
        assert!(names("a.json", "@cookd/harvest-sdk").is_empty());
    }

    #[test]
    fn eight_languages() {
        let endings: std::collections::BTreeSet<_> =
            CLIENTS.iter().flat_map(|it| it.endings).copied().collect();
        for ending in ["rb", "py", "php", "go", "ts", "js", "kt", "rs"] {
            assert!(endings.contains(ending), "{ending}");
        }
    }
}
