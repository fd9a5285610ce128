//! Items of proposals that change no evaluated value: without them the program answers the same.

use crate::compare::meaning::meaning;
use crate::findings::Place;
use crate::pipeline;
use crate::scenario::Item;
use crate::scenario::Scenario;
use crate::scenario::Stack;
use rayon::prelude::*;

/// An item that changes nothing that is reckoned with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdleItem {
    /// The name of its proposal.
    pub proposal: String,
    /// Its id.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub written: Place,
}

/// The items of a stack without which everything is as it is with all of them.
///
/// An item without which the scenario cannot be read changes something.
pub fn idle_items(stack: &Stack, whole: &Scenario) -> Vec<IdleItem> {
    let names: Vec<IdleItem> = (whole.proposals.iter())
        .flat_map(|p| p.items.iter().map(|i| (p.name.clone(), i)))
        .map(|(proposal, item)| idle_item(proposal, item))
        .collect();
    let Some(with_all) = meaning_of(whole) else { return Vec::new() };
    let is_idle = |n: &usize| {
        let without = stack.read(&|item| item != *n).ok();
        without.and_then(|scenario| meaning_of(&scenario)).is_some_and(|text| text == with_all)
    };
    let idle: Vec<usize> = (0..stack.n_items()).into_par_iter().filter(is_idle).collect();
    idle.into_iter().filter_map(|n| names.get(n).cloned()).collect()
}

fn idle_item(proposal: String, item: &Item) -> IdleItem {
    let (id, title) = (item.id.clone(), item.title.clone());
    IdleItem { proposal, item: id, title, written: item.written.clone() }
}

fn meaning_of(scenario: &Scenario) -> Option<String> {
    pipeline::check(scenario).ok().map(|checked| meaning(scenario, &checked))
}
