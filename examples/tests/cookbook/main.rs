//! Every recipe is run, and what it did is checked.

#![allow(
    dead_code,
    reason = "the recipes are included whole, and their main functions are not called here"
)]

mod folder;
mod index;
mod v1;
mod v3;
mod webhooks;

/// What a recipe printed.
fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap()
}
