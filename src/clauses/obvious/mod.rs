//! The slow, obvious twin of the engine: plain loops over dates and single minutes, written from the meaning of
//! clauses rather than from the engine. Both must agree on random districts and clauses of every shape.
//!
//! It knows the types of clauses and nothing else of the engine; `agree` compares the two, and `shapes` counts how
//! often each shape and each answer occurs, so that the comparison is not empty.

mod fraction;
mod day;
mod person;
mod figure;
mod saved;
mod answer;
mod stated;
mod everybody;
mod risk;
mod choices;
mod worlds;
mod limits;
mod facts;
mod penalties;
mod books;
mod agree;
mod shapes;
