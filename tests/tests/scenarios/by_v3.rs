//! The main lines of the three scenarios, written by v3. What v1 shows of each step is compared with what it shows when v1
//! writes it.

mod departure;
mod hire;
mod revival;
