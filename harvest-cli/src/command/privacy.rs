//! `harvest privacy`: everything about one person, and its erasure.

mod collect;
mod erase;
mod report;

use harvest_export::catalog::Catalog;

use crate::arguments::{Global, PersonalData};
use crate::failure::Failure;

pub(crate) async fn run(
    global: &Global,
    catalog: &Catalog,
    command: PersonalData,
) -> Result<(), Failure> {
    match command {
        PersonalData::Report(report) => report::run(global, catalog, report).await,
        PersonalData::Erase(erase) => erase::run(global, catalog, erase).await,
    }
}
