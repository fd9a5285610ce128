//! One replicate from the first week to the last.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::Track;
use crate::adoption::World;
use crate::adoption::YearCounts;
use crate::adoption::between::backfill;
use crate::adoption::between::end_year;
use crate::adoption::between::step_families;
use crate::adoption::ending::endings;
use crate::adoption::track::count_students;
use crate::adoption::track::count_week;
use crate::adoption::week::step;
use crate::adoption::workspace::Workspace;
use crate::luck::Luck;
use crate::plan::Supply;

/// Runs one replicate.
pub fn run(world: &World, supply: &Supply, parameters: &Parameters, luck: &Luck) -> Track {
    let mut state = State::new(world, parameters, luck);
    let mut work = Workspace::new(world, parameters, &state);
    let mut track = Track::with_room(world);
    let mut year = YearCounts::default();
    let mut attendance_of = None;
    for week in 0..world.horizon.n_weeks() {
        let this_year = world.year_of_week[week];
        if backfill(world, supply, parameters, luck, week, &mut state) {
            work.follow_everybody(world, parameters, &state);
            attendance_of = None;
        }
        if attendance_of != Some(this_year) {
            work.draw_attendance(world, supply, &state, luck, this_year);
            attendance_of = Some(this_year);
        }
        step(world, supply, parameters, luck, week, &mut state, &mut work);
        step_families(world, supply, parameters, week, &work.tally.schools, &mut state);
        year.stopped_using += work.stopped_using;
        count_week(world, &state, &work, &mut track);
        if world.year_ends.iter().any(|(_, end)| *end == week) {
            count_students(world, &state, &mut year);
            track.endings.push(endings(world, parameters, &state));
            end_year(world, parameters, luck, week, &mut state, &mut year);
            track.years.push(std::mem::take(&mut year));
            work.follow_everybody(world, parameters, &state);
            attendance_of = None;
        }
    }
    track
}
