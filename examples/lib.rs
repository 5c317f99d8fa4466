//! Complete programs that use the client, one a file beside this one: `cargo run --example list_users`.
