//! Traces: every window of every limit, with what was counted in it, one step deeper than the reasons.
//!
//! Has one answer's scene, gives its windows in order. Decides nothing that the answer did not.

use crate::bells::Block;
use crate::bells::Kind;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Verdict;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::answer::scales_and_fates;
use crate::clauses::exception_words::MET;
use crate::clauses::exception_words::fate_words;
use crate::clauses::measure::blocks_of;
use crate::clauses::measure::of_day;
use crate::clauses::measure::of_kind;
use crate::clauses::scene::About;
use crate::clauses::scene::Lawbook;
use crate::clauses::scene::Scene;
use crate::clauses::scene::Tell;
use crate::clauses::subject::Subject;
use crate::clauses::subject::counted;
use crate::clauses::subject::counted_by_limit;
use crate::clauses::weigh::Weighed;
use crate::clauses::words::describe;
use crate::district::District;
use crate::timetable::Timetable;
use crate::units::Date;
use serde::Serialize;

/// One window of one limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Traced {
    /// The limit, in words.
    pub limit: String,
    /// First counted day.
    pub first: Date,
    /// Last counted day.
    pub last: Date,
    /// How many counted days it has.
    pub n_days: usize,
    /// What there is.
    pub have: Quantity,
    /// What is asked.
    pub need: Quantity,
    /// How far the lawful side is.
    pub slack: Quantity,
    /// What was counted, by kind of minutes and bell schedule.
    pub counted: Vec<String>,
    /// What became of it, in words.
    pub fate: String,
}

/// Every window behind a verdict, in the order of limits and dates; empty where nothing was compared.
pub fn trace(book: &Lawbook, district: &District, timetable: &Timetable, verdict: &Verdict) -> Vec<Traced> {
    let years = &timetable.schools[verdict.school].years;
    let Some(year) = years.iter().position(|y| y.id == verdict.year) else { return Vec::new() };
    let clause = &book.clauses[verdict.clause];
    let Rule::Computable { requires, .. } = &clause.rule else { return Vec::new() };
    let scene = Scene {
        book: *book,
        clause: verdict.clause,
        district,
        timetable,
        school: verdict.school,
        year,
        tell: Tell::Reasons,
        within: None,
    };
    let subject = verdict.whose.as_ref().map(|whose| counted(&clause.applies, timetable, &years[year], whose));
    let about = match &subject {
        Some(subject) => About::Somebody(subject),
        None if verdict.of_district => About::District,
        None => About::School,
    };
    let mut found = Vec::new();
    follow(requires, about, &scene, &mut found);
    found
}

fn follow(requires: &Requirement, about: About, scene: &Scene, found: &mut Vec<Traced>) {
    match requires {
        Requirement::Limit(limit) if counted_by_limit(limit) == about.counted() => {
            of_limit(limit, about, scene, found);
        }
        Requirement::Limit(_) => {}
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().for_each(|p| follow(p, about, scene, found)),
    }
}

fn of_limit(limit: &Limit, about: About, scene: &Scene, found: &mut Vec<Traced>) {
    let Rule::Computable { unless, .. } = &scene.book.clauses[scene.clause].rule else { return };
    let Ok((scales, fates, _)) = scales_and_fates(limit, unless, about, scene) else { return };
    let unit = unit_of_limit(limit);
    for (window, fate) in scales.windows.iter().zip(&fates) {
        let quantity = |amount: i64| Quantity { amount, of: window.of, unit };
        found.push(Traced {
            limit: describe(limit),
            first: window.first,
            last: window.last,
            n_days: window.days.len(),
            have: quantity(window.have),
            need: quantity(window.need),
            slack: Quantity { unit: unit.of_difference(), ..quantity(window.slack) },
            counted: match about {
                About::Somebody(subject) => counted_in(limit, window, subject, scene.timetable),
                About::School | About::District => Vec::new(),
            },
            fate: fate_words(limit, unless, window, fate),
        });
    }
}

/// What each bell schedule gave in a window: `4 x full (310: instruction 300, passing 10)`.
fn counted_in(limit: &Limit, window: &Weighed, subject: &Subject, timetable: &Timetable) -> Vec<String> {
    let days = &subject.days[window.days.clone()];
    let of_ring = |(ring, schedule): (usize, &usize)| {
        let n = days.iter().filter(|d| d.ring == ring).count();
        let schedule = &timetable.schedules[*schedule];
        let each = of_day(&limit.measure, schedule, &subject.whose);
        let kinds = kinds_of(&limit.measure, blocks_of(schedule, &subject.whose));
        let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
        (n > 0).then(|| format!("{n} x {} ({each}{kinds})", schedule.id))
    };
    let mut all: Vec<String> = subject.schedules.iter().enumerate().filter_map(of_ring).collect();
    if !limit.credits.is_empty() {
        let each = |schedule: &usize| of_day(&limit.measure, &timetable.schedules[*schedule], &subject.whose);
        let given: Vec<i64> = subject.schedules.iter().map(each).collect();
        let measured: i64 = days.iter().map(|d| given[d.ring]).sum();
        let credited =
            Quantity { amount: window.have - measured * window.of, of: window.of, unit: unit_of_limit(limit) };
        all.push(format!("credited {credited}"));
    }
    all
}

fn kinds_of(measure: &Measure, blocks: &[Block]) -> Vec<String> {
    let Measure::PupilMinutes { counts, caps, in_blocks_of, between } = measure else { return Vec::new() };
    let minutes = |kind: Kind| (kind, of_kind(blocks, kind, counts, caps, *in_blocks_of, *between));
    let given = Kind::ALL.into_iter().map(minutes).filter(|(_, minutes)| *minutes > 0);
    given.map(|(kind, minutes)| format!("{} {minutes}", kind.name())).collect()
}

impl Traced {
    /// Whether the window was met without an exception or a waiver.
    pub fn is_plain(&self) -> bool {
        self.fate == MET
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::timetable;
    use crate::clauses::judge;

    #[test]
    fn every_day_stands_in_the_trace_with_what_was_counted_and_what_became_of_it() {
        let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
        let (district, clauses) = (district("3", &bells), [illinois()]);
        let timetable = timetable(&[four_weeks()], &bells, &district);
        let book = Lawbook::of_clauses(&clauses);
        let verdict = &judge(&book, &district, &timetable).list[0];
        let traced = trace(&book, &district, &timetable, verdict);
        assert_eq!(traced.len(), 20); // by hand: four weeks of five days
        assert_eq!((traced[0].have.amount, traced[0].slack.amount), (285, -15));
        assert_eq!(traced[0].counted, ["1 x monday (285: instruction 285)"]);
        // by hand: 4 * 10 added, 15 lacking
        assert_eq!(
            traced[0].fate,
            "exception d-3: 4 of the days until the next such day add 40 min, 25 min more than needed"
        );
        assert_eq!((traced[1].fate.as_str(), traced[1].is_plain()), ("met", true));
    }
}
