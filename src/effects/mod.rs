//! Effects: what each item of a package contributes, whatever the order in which they are told.
//!
//! Has a value for every part of a package, gives the Shapley value of each item (Shapley 1953): its marginal
//! contribution averaged over all orders. The values of all items add up to the effect of the package, items
//! that do the same get the same, and an item that does nothing gets nothing. Beside it stands what the item
//! does alone and as the last one; where these differ, items interact. Knows no scenarios.

mod exact;
mod game;
mod result;
mod sampled;

pub use exact::EXACT_UP_TO;
pub use exact::shapley_exact;
pub use game::MOST_ITEMS;
pub use game::Unreckoned;
pub use result::Effects;
pub use result::How;
pub use result::ItemEffect;
pub use sampled::shapley_sampled;
