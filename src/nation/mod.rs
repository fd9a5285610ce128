//! The nation: states, districts and schools with their pupils and teachers, thousands at a time.
//!
//! Has published counts or a table of districts, gives a territory in which every school has its place.
//! Knows no practice, no people by name and no randomness: the same counts make the same territory.

pub mod apportion;
pub mod atlas;
pub mod territory;
pub mod counts;
pub mod schools;
pub mod sizes;
pub mod settle;
pub mod synthesise;
pub mod ccd;
pub mod plan;

#[cfg(test)]
mod sample;
