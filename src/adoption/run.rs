//! One replicate from the first week to the last.

use crate::adoption::Lots;
use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::Track;
use crate::adoption::World;
use crate::adoption::YearCounts;
use crate::adoption::between::backfill;
use crate::adoption::between::end_year;
use crate::adoption::between::leave_weekly;
use crate::adoption::between::step_families;
use crate::adoption::ending::endings;
use crate::adoption::track::count_students;
use crate::adoption::track::count_week;
use crate::adoption::week::step;
use crate::adoption::workspace::Tells;
use crate::adoption::workspace::Workspace;
use crate::luck::Luck;
use crate::plan::Supply;

/// Runs one replicate.
pub fn run(world: &World, supply: &Supply, parameters: &Parameters, luck: &Luck) -> Track {
    let mut track = Track::with_room(world);
    run_with(world, supply, parameters, luck, &mut Lots::none(), Recording::Of(&mut track));
    track
}

/// Runs one replicate and gives only how many educators use at least one practice in its last week.
///
/// The same number as [`run`] counts, for less: what holds people back is weighed only to be told, and `lots` tells
/// other rollouts of the same replicate whose draws matter when.
pub fn using_at_the_end(world: &World, supply: &Supply, parameters: &Parameters, luck: &Luck, lots: &mut Lots) -> u32 {
    run_with(world, supply, parameters, luck, lots, Recording::Nothing)
}

/// Where a replicate is recorded.
enum Recording<'a> {
    /// In a track.
    Of(&'a mut Track),
    /// Nowhere.
    Nothing,
}

/// Runs one replicate into a track; gives how many use at least one practice in its last week.
fn run_with(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    luck: &Luck,
    lots: &mut Lots,
    mut recording: Recording,
) -> u32 {
    let mut state = State::new(world, parameters, luck);
    let tells = match recording {
        Recording::Of(_) => Tells::Everything,
        Recording::Nothing => Tells::Levels,
    };
    let kept = std::mem::replace(lots, Lots::none());
    let mut work = Workspace::new(world, parameters, luck, &state, tells, kept);
    let mut using = 0;
    let mut year = YearCounts::default();
    let mut attendance_of = None;
    for week in 0..world.horizon.n_weeks() {
        let this_year = world.year_of_week[week];
        if backfill(world, supply, parameters, luck, week, &mut state) {
            work.follow_newcomers(world, parameters, luck, &mut state);
            attendance_of = None;
        }
        if attendance_of != Some(this_year) {
            work.draw_attendance(world, supply, &state, luck, this_year);
            attendance_of = Some(this_year);
        }
        step(world, supply, parameters, luck, week, &mut state, &mut work);
        let leavers = leave_weekly(world, supply, parameters, luck, week, &mut state);
        if leavers > 0 {
            year.leavers += leavers;
            work.follow_newcomers(world, parameters, luck, &mut state);
            attendance_of = None;
        }
        step_families(world, supply, parameters, week, &work.tally.schools, &mut state);
        year.stopped_using += work.stopped_using;
        if week + 1 == world.horizon.n_weeks() {
            using = n_using(world, &state);
        }
        if let Recording::Of(track) = &mut recording {
            count_week(world, &state, &work, track);
        }
        if world.year_ends.iter().any(|(_, end)| *end == week) {
            if let Recording::Of(track) = &mut recording {
                count_students(world, &state, &mut year);
                track.endings.push(endings(world, parameters, &state));
            }
            end_year(world, parameters, luck, week, &mut state, &mut year);
            let whole = std::mem::take(&mut year);
            if let Recording::Of(track) = &mut recording {
                track.years.push(whole);
            }
            work.follow_newcomers(world, parameters, luck, &mut state);
            attendance_of = None;
        }
    }
    *lots = work.lots;
    using
}

/// Educators who use at least one practice.
fn n_using(world: &World, state: &State) -> u32 {
    (0..world.n_educators()).filter(|i| state.highest_level(world, *i) >= USING).count() as u32
}

/// At this level of use an educator uses a practice.
const USING: u8 = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn what_is_told_of_weeks_changes_nobody_s_level() {
        for name in ["ccsd93", "late-start"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
            let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
            let checked = pipeline::check(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            for number in 0..4 {
                let mut lots = Lots::kept();
                let weeks = job.replicate(number).track.weeks;
                let last = &weeks[weeks.len() - scenario.district.schools.len()..];
                let counted: u32 = last.iter().map(|w| w.at_least[2]).sum();
                for lots in [&mut Lots::none(), &mut lots] {
                    assert_eq!(job.using_at_the_end(number, lots), counted, "{name}, replicate {number}");
                }
                assert_eq!(job.using_at_the_end(number, &mut lots), counted, "{name}: with lots that are kept");
            }
        }
    }
}
