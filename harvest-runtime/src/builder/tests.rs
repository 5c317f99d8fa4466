//! Tests of the settings of a builder, out of the environment and given.

use std::ffi::OsString;
use std::time::Duration;

use super::ClientBuilder;
use crate::{Api, Auth, Conventions, Core, Environment, RateWindow, TokenService};

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

/// One whose tokens come from a token service.
#[derive(Debug)]
struct Issued(Core);

impl Api for Issued {
    const NAME: &'static str = "Issued";
    const BASE_URL: &'static str = "https://harvest.example.com";
    const AUTH: Auth = Auth::OAuth(TokenService {
        token_url: "https://auth.example.com/token",
        authorization_url: None,
        limit: RateWindow {
            requests: 60,
            window: Duration::from_secs(60),
            aligned: false,
        },
    });
    const CONVENTIONS: &'static Conventions = &Conventions {
        environment: Environment {
            credential: Some("HARVEST_ACCESS_TOKEN"),
            client_id: Some("HARVEST_CLIENT_ID"),
            client_secret: Some("HARVEST_CLIENT_SECRET"),
            acting_user: Some("HARVEST_ACTING_USER"),
            base_url: Some("HARVEST_BASE_URL"),
            token_url: Some("HARVEST_TOKEN_URL"),
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

fn from<A: Api>(variables: &[(&str, &str)]) -> ClientBuilder<A> {
    ClientBuilder::from_variables(|name| {
        let found = variables.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| OsString::from(value))
    })
}

#[test]
fn the_environment() {
    let harvest = from::<Harvest>(&[
        ("HARVEST_API_KEY", "a-key"),
        ("HARVEST_ON_BEHALF_OF", "4711"),
        ("HARVEST_BASE_URL", "http://localhost:2"),
    ]);
    let core = harvest.build().unwrap().0;
    assert_eq!(core.acting_user(), Some(4711));
    assert_eq!(core.base_url().as_str(), "http://localhost:2/");

    let little = from::<Harvest>(&[("HARVEST_API_KEY", "a-key"), ("HARVEST_BASE_URL", "")]);
    let core = little.build().unwrap().0;
    assert_eq!(core.acting_user(), None);
    assert_eq!(core.base_url().as_str(), "http://localhost:1/");

    for nothing in [from::<Harvest>(&[]), from(&[("HARVEST_API_KEY", "")])] {
        let error = nothing.build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains("HARVEST_API_KEY"), "{error}");
    }
}

#[test]
fn the_builder_goes_before_the_environment() {
    let odd = || {
        from::<Harvest>(&[
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

#[test]
fn the_environment_of_a_client_of_a_token_service() {
    let id = ("HARVEST_CLIENT_ID", "an-id");
    let secret = ("HARVEST_CLIENT_SECRET", "hush-hush");
    let issued = |more: &[(&str, &str)]| from::<Issued>(more).build();
    let core = issued(&[id, secret, ("HARVEST_ACTING_USER", "4711")]);
    assert_eq!(core.unwrap().0.acting_user(), Some(4711));
    let core = issued(&[("HARVEST_ACCESS_TOKEN", "a-token")]);
    assert_eq!(core.unwrap().0.acting_user(), None);

    let here = ("HARVEST_BASE_URL", "http://localhost:2");
    for (variables, says) in [
        (vec![], "there is no credential"),
        (vec![id], "the client secret is missing"),
        (vec![secret], "the client id is missing"),
        (
            vec![id, secret, ("HARVEST_ACTING_USER", "Jane")],
            "HARVEST_ACTING_USER",
        ),
        // The live service would issue tokens to a program here.
        (vec![id, secret, here], "HARVEST_TOKEN_URL"),
    ] {
        let error = issued(&variables).unwrap_err();
        assert!(error.is_configuration());
        let text = error.to_string();
        assert!(text.contains(says), "{text}");
        if says.contains("missing") {
            assert!(text.contains("HARVEST_CLIENT_SECRET"), "{text}");
        }
        assert!(!text.contains("hush") && !text.contains("Jane"), "{text}");
    }
    let both = [
        id,
        secret,
        here,
        ("HARVEST_TOKEN_URL", "http://localhost:2/token"),
    ];
    assert!(issued(&both).is_ok());
}
