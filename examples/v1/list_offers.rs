//! Lists offers by status, with the day on which work begins.
//!
//! ```sh
//! cargo run --example list_offers                 # of every status
//! cargo run --example list_offers -- accepted
//! ```
//!
//! The key needs the permission `GET: List offers`.

use std::env;
use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::OfferStatus;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let statuses = match env::args().nth(1) {
        // Also one that this version of the client does not know.
        Some(status) => vec![OfferStatus::from_wire(&status)],
        None => vec![
            OfferStatus::Unresolved,
            OfferStatus::Accepted,
            OfferStatus::Rejected,
            OfferStatus::Deprecated,
        ],
    };
    let mut out = io::stdout().lock();
    for status in statuses {
        run(&connection.client, status, &mut out).await?;
    }
    Ok(())
}

/// Lists the offers that have this status, and returns how many there are.
pub async fn run(client: &Client, status: OfferStatus, out: &mut impl Write) -> Result<usize> {
    let mut offers = client
        .list_offers()
        .status(status.clone())
        .per_page(500)
        .items();
    let mut count = 0;
    while let Some(offer) = offers.next().await {
        let offer = offer?;
        // An offer that was resolved while the list was read is in none of them, or in both.
        let status = offer.status.as_ref().map_or("?", OfferStatus::as_str);
        let starts_at = offer
            .starts_at
            .as_ref()
            .map_or("no day yet", |day| day.as_str());
        let application = offer.application_id.map(|id| id.to_string());
        writeln!(
            out,
            "{status}\toffer {}\tapplication {}\t{starts_at}",
            offer.id,
            application.as_deref().unwrap_or("?"),
        )?;
        count += 1;
    }
    writeln!(out, "{status}: {count}")?;
    Ok(count)
}
