//! Tests of the settings of a builder, out of the environment and given.

use std::ffi::OsString;

use super::ClientBuilder;
use crate::{Api, Auth, Conventions, Core, Environment};

#[derive(Debug)]
struct Harvest(Core);

impl Api for Harvest {
    const NAME: &'static str = "Harvest";
    const BASE_URL: &'static str = "http://localhost:1";
    const AUTH: Auth = Auth::Basic;
    const CONVENTIONS: &'static Conventions = &Conventions {
        environment: Environment {
            credential: Some("HARVEST_API_KEY"),
            acting_user: Some("HARVEST_ON_BEHALF_OF"),
            base_url: Some("HARVEST_BASE_URL"),
            ..Environment::NONE
        },
        ..Conventions::DEFAULT
    };

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

fn from(variables: &[(&str, &str)]) -> ClientBuilder<Harvest> {
    ClientBuilder::from_variables(|name| {
        let found = variables.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| OsString::from(value))
    })
}

#[test]
fn the_environment() {
    let harvest = from(&[
        ("HARVEST_API_KEY", "a-key"),
        ("HARVEST_ON_BEHALF_OF", "4711"),
        ("HARVEST_BASE_URL", "http://localhost:2"),
    ]);
    let core = harvest.build().unwrap().0;
    assert_eq!(core.acting_user(), Some(4711));
    assert_eq!(core.base_url().as_str(), "http://localhost:2/");

    let little = from(&[("HARVEST_API_KEY", "a-key"), ("HARVEST_BASE_URL", "")]);
    let core = little.build().unwrap().0;
    assert_eq!(core.acting_user(), None);
    assert_eq!(core.base_url().as_str(), "http://localhost:1/");

    for nothing in [from(&[]), from(&[("HARVEST_API_KEY", "")])] {
        let error = nothing.build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains("HARVEST_API_KEY"), "{error}");
    }
}

#[test]
fn the_builder_goes_before_the_environment() {
    let odd = || {
        from(&[
            ("HARVEST_API_KEY", "not a key"),
            ("HARVEST_ON_BEHALF_OF", "Jane"),
            ("HARVEST_BASE_URL", "nowhere"),
        ])
    };
    let error = odd().build().unwrap_err().to_string();
    assert!(error.contains("HARVEST_ON_BEHALF_OF"), "{error}");
    assert!(!error.contains("Jane"), "{error}");
    let core = odd()
        .acting_user(5)
        .credential("a-key")
        .base_url("http://localhost:3")
        .build()
        .unwrap()
        .0;
    assert_eq!(core.acting_user(), Some(5));
    assert_eq!(core.base_url().as_str(), "http://localhost:3/");
}
