//! Where requests may come from.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// An address (`192.0.2.7`) or a range of them (`192.0.2.0/24`, `2001:db8::/32`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network(IpNet);

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address
            .or_else(|_| text.parse::<IpNet>())
            .map(|network| Self(network.trunc()))
            .map_err(|_| format!("`{text}` is neither an IP address nor a range like 192.0.2.0/24"))
    }
}

impl Network {
    /// IPv4 addresses that come as IPv6 ones are taken for what they are.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

/// The IP allowlist of the organization.
pub(crate) struct Addresses;

impl Addresses {
    /// Replaces the addresses and ranges that the organization takes requests from.
    pub(crate) fn replace(edit: &Edit<'_>, ranges: &[Network]) -> Outcome<()> {
        edit.run("DELETE FROM allowed_range", [])?;
        for Network(range) in ranges {
            edit.run(
                "INSERT OR IGNORE INTO allowed_range (range, description) VALUES (?1, '')",
                [range.to_string()],
            )?;
        }
        Ok(())
    }

    /// The addresses and ranges that the organization takes requests from; if there are none, from everywhere.
    pub(crate) fn ranges(view: &View<'_>) -> Outcome<Vec<String>> {
        view.column("SELECT range FROM allowed_range ORDER BY id", [])
    }

    /// Whether the organization takes requests from everywhere.
    pub(crate) fn are_all(view: &View<'_>) -> Outcome<bool> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM allowed_range)";
        Ok(view.value(sql, [])?.unwrap_or_default())
    }

    /// Whether the organization lists this address, or a range that it is in.
    pub(crate) fn listed(view: &View<'_>, client: IpAddr) -> Outcome<bool> {
        let ranges = Self::ranges(view)?;
        let mut networks = ranges.iter().filter_map(|range| range.parse().ok());
        Ok(networks.any(|network: Network| network.contains(client)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    #[test]
    fn ranges() {
        for (range, address, inside) in [
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("192.0.2.9/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("0.0.0.0/0", "203.0.113.1", true),
            ("0.0.0.0/0", "::1", false),
            ("192.0.2.0/24", "::ffff:192.0.2.1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("::/0", "2001:db9::1", true),
        ] {
            let found = network(range).contains(address.parse().unwrap());
            assert_eq!(found, inside, "{range} {address}");
        }
        for bad in [
            "",
            "x",
            "192.0.2",
            "192.0.2.0/33",
            "192.0.2.0/-1",
            "::/129",
            "::1/",
        ] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}
