//! Addresses that requests may come from.

use std::collections::HashSet;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use crate::bounds::LISTED_ERRORS;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// An address (`192.0.2.7`) or a range of them (`192.0.2.0/24`, `2001:db8::/32`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpNet);

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address
            .or_else(|_| text.parse::<IpNet>())
            .map(|network| Self(canonical(network.trunc())))
            .map_err(|_| format!("`{text}` is neither an IP address nor a range like 192.0.2.0/24"))
    }
}

/// A range of IPv4 addresses that are written as IPv6 ones, as what it is.
fn canonical(network: IpNet) -> IpNet {
    let bits = network.prefix_len().checked_sub(96);
    let address = network.addr().to_canonical();
    match bits.filter(|_| address != network.addr()) {
        Some(bits) => IpNet::new(address, bits).unwrap_or(network),
        None => network,
    }
}

impl Network {
    /// Refuses a range that is larger than the largest ones of private addresses, which are 10.0.0.0/8 and `fc00::/7`.
    pub(crate) fn check_proxies(self) -> Result<Self, String> {
        let least = match self.0 {
            IpNet::V4(_) => 8,
            IpNet::V6(_) => 7,
        };
        if self.0.prefix_len() >= least {
            return Ok(self);
        }
        Err(format!(
            "`{}` takes in large parts of the internet, and everyone there could claim to come \
             from anywhere; name the addresses of the proxies, or a range of at most /{least}",
            self.0
        ))
    }

    /// IPv4 addresses that come as IPv6 ones are taken for what they are.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

/// The most addresses and ranges of an allowlist: each request is compared with all of them.
const MOST_RANGES: usize = 1_000;

/// The IP allowlist of the organization.
pub(crate) struct Addresses;

impl Addresses {
    /// Reads the addresses and ranges of an allowlist, each of them once, or says what is wrong with them.
    pub(crate) fn read<'t>(
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<Vec<Network>, Vec<String>> {
        let mut known = HashSet::new();
        let mut ranges = Vec::new();
        let mut problems = Vec::new();
        for text in texts {
            match text.parse::<Network>() {
                Ok(range) if known.insert(range) => ranges.push(range),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
            if ranges.len() > MOST_RANGES {
                problems.push(format!(
                    "An allowlist has at most {MOST_RANGES} addresses and ranges"
                ));
            }
            if ranges.len() > MOST_RANGES || problems.len() >= LISTED_ERRORS {
                break;
            }
        }
        if problems.is_empty() {
            Ok(ranges)
        } else {
            Err(problems)
        }
    }

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
    fn proxies_are_no_part_of_the_internet() {
        for good in [
            "192.0.2.7",
            "10.0.0.0/8",
            "::1",
            "fc00::/7",
            "2001:db8::/32",
            "0.0.0.0",
            "::",
        ] {
            assert!(network(good).check_proxies().is_ok(), "{good}");
        }
        for bad in [
            "0.0.0.0/0",
            "::/0",
            "128.0.0.0/1",
            "10.0.0.0/7",
            "8000::/1",
            "fc00::/6",
            "::ffff:0.0.0.0/0",
            "::ffff:0.0.0.0/96",
            "::ffff:10.0.0.0/103",
        ] {
            let problem = network(bad).check_proxies().unwrap_err();
            assert!(problem.contains("internet"), "{problem}");
        }
    }

    #[test]
    fn an_allowlist_is_bounded() {
        let all: Vec<String> = (0..=MOST_RANGES)
            .map(|it| format!("10.0.{}.{}", it / 256, it % 256))
            .collect();
        let read = |count: usize| Addresses::read(all.iter().take(count).map(String::as_str));
        assert_eq!(read(MOST_RANGES).unwrap().len(), MOST_RANGES);
        let problems = read(MOST_RANGES + 1).unwrap_err();
        assert!(problems[0].contains("at most 1000"), "{problems:?}");
        let twice = ["10.0.0.1", "10.0.0.1/32", "::ffff:10.0.0.1"];
        assert_eq!(Addresses::read(twice).unwrap(), [network("10.0.0.1")]);
        let wrong = Addresses::read(vec!["x"; 5_000]).unwrap_err();
        assert_eq!(wrong.len(), LISTED_ERRORS);
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
            ("::ffff:192.0.2.7", "192.0.2.7", true),
            ("::ffff:192.0.2.0/120", "192.0.2.7", true),
            ("::ffff:192.0.2.0/120", "192.0.3.7", false),
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
