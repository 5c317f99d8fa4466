//! Schools, degrees and disciplines that educations refer to. They can only be read.

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&SCHOOL, &DEGREE, &DISCIPLINE],
    seed,
};

pub(crate) static SCHOOL: Kind = kind("school", 4_005_210_001);

pub(crate) static DEGREE: Kind = kind("degree", 4_005_220_001);

pub(crate) static DISCIPLINE: Kind = kind("discipline", 4_005_230_001);

const fn kind(table: &'static str, first_id: i64) -> Kind {
    Kind {
        table,
        first_id,
        visibility: Visibility::EVERYONE,
    }
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let schools: &[&str] = &[
        "Instituto Fluvial do Douro",
        "Tarnwick College",
        "Skerry University",
        "Hollin Institute",
    ];
    let degrees = &[
        "High School",
        "Bachelor's degree",
        "Master's degree",
        "Doctor of Philosophy",
        "Other",
    ];
    let disciplines = &[
        "Earth Sciences",
        "Civil Engineering",
        "Computer Science",
        "Mathematics",
        "Psychology",
    ];
    for (kind, names) in [
        (&SCHOOL, schools),
        (&DEGREE, degrees),
        (&DISCIPLINE, disciplines),
    ] {
        let states = names.iter().enumerate();
        plain::seed(
            seed,
            kind,
            states.map(|(place, name)| json!({"name": name, "priority": place})),
        )?;
    }
    Ok(())
}
