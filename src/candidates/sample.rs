//! Samples: which choices of days are looked at where not all can be.

use crate::candidates::find::Budget;
use crate::candidates::pattern::Pattern;
use crate::candidates::space::STARTS;
use crate::candidates::space::Space;
use crate::candidates::space::number_of;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use std::collections::BTreeSet;

/// Numbers of the choices of days that are looked at, in rising order: all of them where the budget allows, else those
/// that differ from the proposal as read on one axis, and as many drawn ones as the budget allows.
pub fn sample(space: &Space, patterns: &[Pattern], n_starts: usize, budget: Budget, seed: u64) -> Vec<usize> {
    let n_days = space.n_days();
    let n_heads: usize = space.roles().iter().map(|a| a.len()).product();
    let judged: u64 = patterns.iter().map(|p| 1 + p.n_starts as u64).sum();
    let looks = (n_starts * n_heads) as u64;
    let most = (budget.judgements / judged.max(1)).min(budget.looks / looks.max(1)).max(1);
    if n_days as u64 <= most {
        return (0..n_days).collect();
    }
    let axes = &space.axes[..STARTS];
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for (n, axis) in axes.iter().enumerate() {
        for at in 0..axis.len() {
            let mut choice = space.as_read[..STARTS].to_vec();
            choice[n] = at;
            chosen.insert(number_of(axes, &choice));
        }
    }
    let luck = Luck::new(seed, 0);
    let name = Key::from_name("candidates");
    let most = usize::try_from(most).unwrap_or(usize::MAX).max(chosen.len());
    let mut turn = 0;
    // Draws repeat themselves now and then; eight for each place fill all but a sliver of any sample.
    while chosen.len() < most && turn < 8 * most as u64 {
        let drawn = luck.draw(name.part(turn), Decision::Candidate, 0, 0);
        chosen.insert(((drawn * n_days as f64) as usize).min(n_days - 1));
        turn += 1;
    }
    chosen.into_iter().collect()
}
