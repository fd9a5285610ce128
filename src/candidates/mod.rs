//! Candidates: what a scenario could be instead, every one judged against every clause.
//!
//! Has a district with its clauses and what may move in it, gives the lawful region, the frontier, the lawful candidate
//! nearest to the proposal, the smallest concessions and what no candidate satisfies. Simulates nothing and knows no files.
//!
//! A candidate is a choice on each axis (`space`). Its bells are those of its classes of schools (`classes`, `pattern`),
//! a clause is judged once wherever its answers can differ (`touches`, `judged`), and a candidate fails what its parts
//! fail (`region`). So a million of them are judged exactly while schools are judged some thousand times.

mod search;
mod bells;
mod ground;
mod days;
mod space;
mod starts;
mod classes;
mod pattern;
mod objectives;
mod touches;
mod sets;
mod change;
mod judged;
mod region;
mod frontier;
mod concede;
mod sample;
mod find;

pub use bells::first_and_last;
pub use bells::shifted;
pub use bells::with_added;
pub use change::Change;
pub use change::change;
pub use change::moved;
pub use concede::Way;
pub use days::Pair;
pub use days::may_move;
pub use days::pair;
pub use days::week_of;
pub use find::Budget;
pub use find::Concession;
pub use find::Found;
pub use find::Near;
pub use find::Point;
pub use find::find;
pub use find::look_up;
pub use frontier::dominates;
pub use frontier::frontier;
pub use frontier::spread;
pub use ground::Terrain;
pub use objectives::Objectives;
pub use objectives::cost;
pub use pattern::short_day;
pub use region::Count;
pub use region::Region;
pub use search::Added;
pub use search::Earliest;
pub use search::Gap;
pub use search::Keeps;
pub use search::MOST_CANDIDATES;
pub use search::OnePer;
pub use search::Release;
pub use search::Search;
pub use search::Tier;
pub use sets::MOST_CLAUSES;
pub use sets::Set;
pub use space::Axis;
pub use space::Choice;
pub use space::Space;
pub use space::begins;
pub use starts::MOST_STARTS;
pub use starts::allowed_starts;
pub use starts::number_of_starts;
pub use touches::Part;

/// Places of the axes that every space has.
pub mod axes {
    pub use crate::candidates::space::ADDED;
    pub use crate::candidates::space::EVERY;
    pub use crate::candidates::space::RELEASE;
    pub use crate::candidates::space::STARTS;
    pub use crate::candidates::space::WEEKDAY;
}
