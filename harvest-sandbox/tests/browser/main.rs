//! Dev Center in a real Chromium: the support article's path, every page looked at by axe, in light and in dark.
//!
//! Needs `chromium`, `chromedriver` and `curl` (Debian: `apt-get install chromium chromium-driver curl`) and axe
//! (`npm install --prefix target/ci-tools axe-core`). Without them it says that it was skipped; where `CI` is set that is
//! a failure. Screenshots go to `target/dev-center`.

mod article;
mod attached;
mod axe;
mod chromium;
mod credentials;
mod hiring;
mod rebinding;
mod reference;
mod tools;
mod webhooks;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::tools::Tools;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tools = Tools::find();
    let missing = tools.as_ref().err().cloned();
    if let (Some(missing), false) = (&missing, arguments.list) {
        println!("Dev Center is not tested in a browser: {missing}");
    }
    let required = std::env::var_os("CI").is_some();
    let trial = move |name, run: fn(Tools) -> Result<(), Failed>| {
        let tools = tools.clone();
        let trial = Trial::test(name, move || run(tools?));
        trial.with_ignored_flag(missing.is_some() && !required)
    };
    let trials = vec![
        trial("the_article_can_be_followed_word_for_word", |tools| {
            run(article::follow(tools))
        }),
        trial("credentials_of_v3_are_made_and_consented_to", |tools| {
            run(credentials::follow(tools))
        }),
        trial("the_pages_can_be_used_by_all_and_follow_changes", |tools| {
            run(hiring::look(tools))
        }),
        trial("what_is_attached_runs_nothing", |tools| {
            run(attached::open(tools))
        }),
        trial("the_reference_sends_requests", |tools| {
            run(reference::try_it(tools))
        }),
        trial("webhooks_are_made_and_their_log_is_read", |tools| {
            run(webhooks::follow(tools))
        }),
        trial("other_sites_are_refused", |tools| {
            run(rebinding::refuse(tools))
        }),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Each on a runtime of its own. What is wrong panics, as in any test.
fn run(test: impl Future<Output = ()>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(test);
    Ok(())
}
