//! The runtime against servers on this machine.

mod answer_body;
#[cfg(feature = "blocking")]
mod blocking;
mod consent;
mod containment;
mod download;
mod dry_run;
mod endless_lists;
mod ergonomics;
mod errors;
mod lenient;
mod limit;
mod list_server;
mod moving_lists;
mod pages;
mod paused;
mod privacy;
mod read_ahead;
mod ready;
mod refresh_tokens;
mod requests;
mod retry;
mod retry_after;
mod server;
mod split_lists;
mod sql;
mod times;
mod tokens;
mod trace;
mod undescribed;
mod upload;
mod values;
mod wait;
