//! The same of v3, whose records are flat.

pub mod people;
pub mod record;
