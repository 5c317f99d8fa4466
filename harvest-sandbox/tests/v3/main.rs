//! Operations of v3 on the records that v1 shows, over plain HTTP.

#[path = "../state/schema_conformance.rs"]
mod schema_conformance;
#[path = "../support/mod.rs"]
mod support;

mod attachments;
mod both;
mod bulk;
mod bulk_options;
mod cursors;
mod differences;
mod growth;
mod hidden;
mod lists;
mod pairs;
mod people;
mod salaries;
mod searches;
mod site_admins;
mod unhandled;
mod values;
mod within;
