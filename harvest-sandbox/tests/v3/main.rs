//! Operations of v3 on the records that v1 shows, over plain HTTP.

#[path = "../state/schema_conformance.rs"]
mod schema_conformance;
#[path = "../support/mod.rs"]
mod support;
#[path = "../state/temp_dir.rs"]
mod temp_dir;

mod attachments;
mod both;
mod bulk;
mod bulk_options;
mod bulk_results;
mod cursors;
mod differences;
mod growth;
mod hidden;
mod kept;
mod left_job;
mod lists;
mod long_records;
mod pairs;
mod people;
mod salaries;
mod searches;
mod site_admins;
mod taken;
mod unhandled;
mod values;
mod whole_names;
mod within;
