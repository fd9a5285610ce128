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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::Clause;
    use crate::clauses::Direction;
    use crate::clauses::Lawbook;
    use crate::clauses::Outcome;
    use crate::clauses::Quantity;
    use crate::clauses::Rounding;
    use crate::clauses::Side;
    use crate::clauses::Step;
    use crate::clauses::Unit;
    use crate::clauses::Verdict;
    use crate::clauses::Window as Per;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::instruction;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::timetable;
    use crate::clauses::judge;
    use crate::units::Grades;
    use crate::units::Minutes;

    /// Washington's hundred hours in twenty days: 98 h in grade 3, where a hundred pupils are, and 101 h in grade 7,
    /// where three hundred are.
    fn washington(by: Weight, rounding: Option<Rounding>, change: fn(&mut Clause)) -> Vec<Verdict> {
        let bells = [plain("elementary", 294, 0), plain("middle", 303, 0)];
        let mut two = district("3", &bells);
        two.schools.push(district("7", &bells).schools.remove(0));
        for (place, (text, pupils)) in [("3", 100), ("7", 300)].into_iter().enumerate() {
            let school = &mut two.schools[place];
            (school.id, school.pupils) = (format!("school-{text}"), vec![(grade(text), pupils)]);
            school.bells = ["monday", "full"].map(|name| (name.to_string(), place)).into();
        }
        let mut clause = limit_clause(Limit {
            averaged: Some(DistrictMean { grades: Grades::from_text("1-8").unwrap(), by }),
            rounding,
            ..limit(instruction(), Side::AtLeast, Per::Year, Amount::Hours(Minutes(6_000)))
        });
        change(&mut clause);
        let timetable = timetable(&[four_weeks()], &bells, &two);
        judge(&Lawbook::of_clauses(&[clause]), &two, &timetable).list
    }

    fn slack(verdict: &Verdict) -> (i64, i64) {
        verdict.slack.map(|Quantity { amount, of, .. }| (amount, of)).unwrap()
    }

    #[test]
    fn washington_averages_its_district_by_pupils_or_by_grades() {
        let by_pupils = washington(Weight::Pupils, None, |_| ());
        // by hand: (100 * 98 + 300 * 101) / 400 = 100.25 h, a quarter of an hour above 100
        assert_eq!((by_pupils[0].outcome, slack(&by_pupils[0])), (Outcome::Holds, (15, 1)));
        let by_grades = washington(Weight::Grades, None, |_| ());
        // by hand: (98 + 101) / 2 = 99.5 h
        assert_eq!((by_grades[0].outcome, slack(&by_grades[0])), (Outcome::Fails, (-30, 1)));
    }

    #[test]
    fn every_school_of_the_district_has_its_answer() {
        let all = washington(Weight::Pupils, None, |_| ());
        let of = |v: &Verdict| (v.school, v.of_district, v.whose.is_none(), v.slack);
        let quarter = Some(Quantity::whole(15, Unit::Minutes));
        assert_eq!(all.iter().map(of).collect::<Vec<_>>(), [(0, true, true, quarter), (1, true, true, quarter)]);
    }

    #[test]
    fn the_mean_is_rounded_and_not_what_goes_into_it() {
        let to = |direction, of| Some(Rounding { direction, step: Step::Digits(0), of });
        let have = |direction, of| washington(Weight::Pupils, to(direction, of), |_| ())[0].have.unwrap().amount;
        // by hand: 100.25 h falls to 100 h or rises to 101 h
        assert_eq!(have(Direction::Down, Rounded::Figure), 6_000);
        assert_eq!(have(Direction::Up, Rounded::Figure), 6_060);
        // by hand: days of 4.9 h and 5.05 h both become 5 h; 20 * 5 = 100 h in either school
        assert_eq!(have(Direction::HalfUp, Rounded::EachDay), 6_000);
    }

    #[test]
    fn a_school_that_the_clause_does_not_speak_of_is_not_averaged() {
        let all = washington(Weight::Pupils, None, |clause| clause.applies.schools = vec!["school-3".into()]);
        // by hand: 98 h alone are two hours short
        assert_eq!((slack(&all[0]), all[1].outcome), ((-120, 1), Outcome::NotApplicable));
    }
}
