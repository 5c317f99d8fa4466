//! Lists the present offers of a status.
//!
//! ```sh
//! cargo run --example v3_list_offers -- Accepted
//! ```
//!
//! Scopes: `harvest:offers:list`. An acting user who may not see salaries gets an empty list and no error; a token without
//! a user (no `HARVEST_ACTING_USER`) sees all offers.

use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{OfferField, OfferStatus};

#[tokio::main]
async fn main() -> Result<()> {
    let status: String = argument(1, "a status: Created, Accepted, Rejected or Deprecated")?;
    let status = OfferStatus::from_wire(&status);
    run(&client()?, status, &mut io::stdout().lock()).await?;
    Ok(())
}

/// Prints the offers, without their pay, and returns how many there are.
pub async fn run(client: &Client, status: OfferStatus, out: &mut impl Write) -> Result<u64> {
    // Pay is in custom fields: what is not asked for is not sent either.
    let mut offers = client
        .list_offers()
        .status(status)
        .current_only(true)
        .fields([
            OfferField::Id,
            OfferField::Version,
            OfferField::ApplicationId,
            OfferField::StartsOn,
        ])
        .items();
    let mut count = 0;
    while let Some(offer) = offers.next().await {
        let offer = offer?;
        let id = offer.id.unwrap_or_default();
        let version = offer.version.unwrap_or_default();
        let application = offer.application_id.unwrap_or_default();
        write!(
            out,
            "offer {id}, version {version}, of application {application}"
        )?;
        match offer.starts_on {
            Some(day) => writeln!(out, ", from {day}")?,
            None => writeln!(out)?,
        }
        count += 1;
    }
    if count == 0 {
        // The service answers both with an empty list.
        writeln!(
            out,
            "no offers, or an acting user who may not see salaries: look with a token without a \
             user"
        )?;
    }
    Ok(count)
}
