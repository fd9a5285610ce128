//! Averages over the grades of a whole district, as some statutes ask them instead of each grade's own.
//!
//! Has a limit and a scene, gives both sides of the comparison. Knows no exceptions.

use crate::clauses::DistrictMean;
use crate::clauses::Limit;
use crate::clauses::Rounded;
use crate::clauses::Weight;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::whole;
use crate::clauses::scene::Scene;
use crate::clauses::subject::counted;
use crate::clauses::subject::must_come;
use crate::clauses::subject::why_not_this_school;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::figures;
use crate::clauses::weigh::round;
use crate::clauses::weigh::too_large;
use crate::clauses::windows::Stretch;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;

/// What the grades of the district add up to in one window.
struct Window {
    first: Date,
    last: Date,
    sum: Exact,
    weight: i64,
}

/// Weighs a limit on the mean over the grades of the district in the scene's school year.
///
/// # Errors
/// When a grade has no bells, nobody is counted, or the calendar lacks its windows, in words.
pub fn weigh_across(limit: &Limit, mean: &DistrictMean, scene: &Scene) -> Result<Scales, String> {
    let id = &scene.this_year().id;
    let mut windows: Vec<Window> = Vec::new();
    let mut taught = false;
    for school in 0..scene.district.schools.len() {
        let Some(year) = scene.timetable.schools[school].years.iter().find(|y| y.id == *id) else { continue };
        if why_not_this_school(scene.applies(), &scene.district.schools[school]).is_none() {
            taught |= scene.district.schools[school].grades.meets(&mean.grades);
            add_school(limit, mean, scene, school, year, &mut windows)?;
        }
    }
    if taught && windows.is_empty() {
        return Err("Nobody is counted in the grades that are averaged: the scenario gives them no pupils.".into());
    }
    let mut scales = Scales::empty();
    for window in windows {
        let mut figure = window.sum / whole(window.weight);
        if let Some(rounding) = limit.rounding.filter(|r| r.of == Rounded::Figure) {
            figure = round(limit, rounding, figure);
        }
        let stretch = Stretch { first: window.first, days: 0..0, cut_short: false };
        scales.add(limit, stretch, window.last, parts(figure).ok_or_else(too_large)?)?;
    }
    Ok(scales)
}

fn add_school(
    limit: &Limit,
    mean: &DistrictMean,
    scene: &Scene,
    school: usize,
    year: &Year,
    windows: &mut Vec<Window>,
) -> Result<(), String> {
    let of_school = &scene.district.schools[school];
    // The mean is rounded, not what goes into it.
    let alone =
        Limit { averaged: None, rounding: limit.rounding.filter(|r| r.of == Rounded::EachDay), ..limit.clone() };
    for grade in of_school.grades.iter().filter(|g| mean.grades.contains(*g)) {
        let weight = match mean.by {
            Weight::Grades => 1,
            Weight::Pupils => of_school.pupils.iter().filter(|(g, _)| *g == grade).map(|(_, n)| i64::from(*n)).sum(),
        };
        if weight == 0 {
            continue;
        }
        let whose = Whose::Pupils(grade);
        if !must_come(scene.timetable, year, &whose) {
            return Err(format!(
                "No bell schedule of {} says when {whose} of {} is at school.",
                year.id, of_school.name
            ));
        }
        let subject = counted(scene.applies(), scene.timetable, year, &whose);
        for (n, figured) in figures(&alone, &subject, scene.timetable)?.into_iter().enumerate() {
            let first = figured.stretch.first;
            let last = subject.days[figured.stretch.days.clone()].last().map_or(first, |d| d.date);
            if n == windows.len() {
                windows.push(Window { first, last, sum: whole(0), weight: 0 });
            }
            let window = &mut windows[n];
            window.sum += fraction(figured.n, figured.of) * whole(weight);
            window.weight += weight;
            (window.first, window.last) = (window.first.min(first), window.last.max(last));
        }
    }
    Ok(())
}
