//! Places that locations of job posts are resolved to: those of a new organization. There is no other geocoder.

/// A place on the map.
#[derive(Debug)]
pub(crate) struct KnownPlace {
    /// The place in words, as locations name it.
    pub(crate) location: &'static str,
    pub(crate) city: Option<&'static str>,
    pub(crate) county: Option<&'static str>,
    /// The region by name and by code.
    pub(crate) region: Option<[&'static str; 2]>,
    /// The country by name and by code.
    pub(crate) country: [&'static str; 2],
    pub(crate) postal_code: Option<&'static str>,
    /// Degrees north and degrees east.
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

const PORTUGAL: [&str; 2] = ["Portugal", "PT"];
const NORWAY: [&str; 2] = ["Norway", "NO"];

static PLACES: &[KnownPlace] = &[
    KnownPlace {
        location: "Porto, Portugal",
        city: Some("Porto"),
        county: Some("Porto"),
        region: Some(["Porto District", "Porto"]),
        country: PORTUGAL,
        postal_code: Some("4050-262"),
        latitude: 41.1579,
        longitude: -8.6291,
    },
    KnownPlace {
        location: "Matosinhos, Portugal",
        city: Some("Matosinhos"),
        county: Some("Matosinhos"),
        region: Some(["Porto District", "Porto"]),
        country: PORTUGAL,
        postal_code: Some("4450-208"),
        latitude: 41.1844,
        longitude: -8.6963,
    },
    KnownPlace {
        location: "Bergen, Norway",
        city: Some("Bergen"),
        county: Some("Bergen"),
        region: Some(["Vestland", "Vestland"]),
        country: NORWAY,
        postal_code: Some("5003"),
        latitude: 60.3913,
        longitude: 5.3221,
    },
    KnownPlace {
        location: "Odda, Norway",
        city: Some("Odda"),
        county: Some("Ullensvang"),
        region: Some(["Vestland", "Vestland"]),
        country: NORWAY,
        postal_code: Some("5750"),
        latitude: 60.0691,
        longitude: 6.5464,
    },
    KnownPlace {
        location: "Jotunheimen",
        city: None,
        county: None,
        region: Some(["Innlandet", "Innlandet"]),
        country: NORWAY,
        postal_code: None,
        latitude: 61.6333,
        longitude: 8.3,
    },
    KnownPlace {
        location: "Minho estuary",
        city: None,
        county: Some("Caminha"),
        region: Some(["Viana do Castelo District", "Viana do Castelo"]),
        country: PORTUGAL,
        postal_code: None,
        latitude: 41.8667,
        longitude: -8.85,
    },
];

impl KnownPlace {
    /// The place of which this is the name, in any letters.
    pub(crate) fn named(location: &str) -> Option<&'static Self> {
        let mut places = PLACES.iter();
        places.find(|place| place.location.eq_ignore_ascii_case(location.trim()))
    }
}
