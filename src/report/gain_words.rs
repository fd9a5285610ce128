//! Gains and losses in words: minutes with their sign, who has them, and where.
//!
//! Has the ledger between two sides, gives words. Minutes are facts: more or less, not better or worse.

use crate::district::District;
use crate::district::Level;
use crate::ledger::Alike;
use crate::ledger::Gains;
use crate::ledger::Measure;
use crate::report::words::counted;
use crate::report::words::list;
use crate::timetable::Whose;
use crate::units::Grade;
use crate::units::thousands;
use std::collections::BTreeMap;

/// A number with one decimal where it has one: `2,100`, `66.9`.
pub fn amount(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let whole = thousands((tenths / 10).abs());
    match tenths.unsigned_abs() % 10 {
        0 => format!("{sign}{whole}"),
        tenth => format!("{sign}{whole}.{tenth}"),
    }
}

/// A change with its sign: `+75`, `-90`, `0`; less than a twentieth that is not nothing stays visible.
pub fn signed(change: f64) -> String {
    let words = amount(change);
    match words.as_str() {
        "0" if change > 0.0 => "under +0.1".into(),
        "0" if change < 0.0 => "under -0.1".into(),
        _ if change > 0.0 => format!("+{words}"),
        _ => words,
    }
}

/// Who it is: `grade 3`, `Teacher`.
pub fn whose(district: &District, whose: &Whose) -> String {
    match whose {
        Whose::Pupils(grade) => format!("grade {grade}"),
        Whose::Staff(id) => district.role(id).map_or_else(|| id.clone(), |role| district.roles[role].title.clone()),
    }
}

/// Several of them: `Grades K to 5`, `Teacher and Coach`.
pub fn everybody(district: &District, all: &[&Whose]) -> String {
    let grade = |whose: &&&Whose| match whose {
        Whose::Pupils(grade) => Some(*grade),
        Whose::Staff(_) => None,
    };
    let mut grades: Vec<Grade> = all.iter().filter_map(|w| grade(&w)).collect();
    grades.sort();
    grades.dedup();
    let mut said: Vec<String> = if grades.is_empty() { vec![] } else { vec![grades_in_words(&grades)] };
    let mut staff: Vec<&&Whose> = all.iter().filter(|w| grade(w).is_none()).collect();
    staff.sort_by_key(|w| match w {
        Whose::Staff(id) => district.role(id),
        Whose::Pupils(_) => None,
    });
    said.extend(staff.into_iter().map(|w| whose(district, w)));
    list(&said)
}

/// Grades in order, those that follow one another as a run: `Grades K to 5 and 8`.
fn grades_in_words(grades: &[Grade]) -> String {
    let mut runs: Vec<Vec<Grade>> = Vec::new();
    for grade in grades {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.index() + 1 == grade.index()) => run.push(*grade),
            Some(_) | None => runs.push(vec![*grade]),
        }
    }
    let said: Vec<String> = runs
        .iter()
        .map(|run| match run.as_slice() {
            [first, .., last] => format!("{first} to {last}"),
            one => one.iter().map(ToString::to_string).collect(),
        })
        .collect();
    format!("{} {}", if grades.len() == 1 { "Grade" } else { "Grades" }, list(&said))
}

/// Schools in few words: all, all of some levels, or their names.
pub fn schools(district: &District, places: &[usize]) -> String {
    let of = |level: Level| (0..district.schools.len()).filter(move |s| district.schools[*s].level == level);
    if places.len() == district.schools.len() {
        return if places.len() > 1 { "all schools".into() } else { district.schools[places[0]].name.clone() };
    }
    let mut said = Vec::new();
    let mut named: Vec<usize> = places.to_vec();
    for (level, word) in LEVELS {
        let all: Vec<usize> = of(level).collect();
        if all.len() > 1 && all.iter().all(|s| named.contains(s)) {
            named.retain(|s| !all.contains(s));
            said.push(format!("all {}", counted(all.len(), &format!("{word} school"))));
        }
    }
    said.extend(named.into_iter().map(|s| district.schools[s].name.clone()));
    list(&said)
}

const LEVELS: [(Level, &str); 5] = [
    (Level::EarlyChildhood, "early-childhood"),
    (Level::Elementary, "elementary"),
    (Level::Middle, "middle"),
    (Level::High, "high"),
    (Level::Other, "other"),
];

/// Groups in words: those who are in the same schools together, with these schools.
pub fn who(district: &District, gains: &Gains, groups: &[usize]) -> Vec<(String, String)> {
    let mut places: BTreeMap<&Whose, Vec<usize>> = BTreeMap::new();
    for group in groups.iter().filter_map(|g| gains.groups.get(*g)) {
        places.entry(&group.whose).or_default().push(group.school);
    }
    let mut together: Vec<(Vec<usize>, Vec<&Whose>)> = Vec::new();
    for (whose, schools) in places {
        match together.iter_mut().find(|(known, _)| *known == schools) {
            Some((_, all)) => all.push(whose),
            None => together.push((schools, vec![whose])),
        }
    }
    together.into_iter().map(|(places, all)| (everybody(district, &all), schools(district, &places))).collect()
}

/// The same as one sentence part: `Grades K to 5, all 6 elementary schools; Grade PK, Early Childhood Center`.
pub fn who_in_words(district: &District, gains: &Gains, groups: &[usize]) -> String {
    let said: Vec<String> = who(district, gains, groups).into_iter().map(|(who, at)| format!("{who}, {at}")).collect();
    said.join("; ")
}

/// How many people: `3,146 pupils`, `10.6 staff`.
pub fn people(number: f64, measure: Measure) -> String {
    let word = if Measure::PUPILS.contains(&measure) { "pupils" } else { "staff" };
    format!("{} {word}", amount(number))
}

/// The word for a part of somebody's day; what is in no measure is other time.
pub fn part(measure: Option<Measure>) -> &'static str {
    measure.map_or("other time between first and last bell", Measure::name)
}

/// What a row of the butterfly says: `Loses 35 min contact with pupils. Gains 75 min professional development.`
pub fn sentence(alike: &Alike) -> String {
    let parts = alike.parts();
    let said = |of: &dyn Fn(f64) -> bool| {
        let some = parts.iter().filter(|(_, by)| of(*by));
        some.map(|(m, by)| format!("{} min {}", amount(by.abs()), part(*m))).collect::<Vec<_>>()
    };
    let (lost, gained) = (said(&|by| by < 0.0), said(&|by| by > 0.0));
    let mut sentences = Vec::new();
    if !lost.is_empty() {
        sentences.push(format!("Loses {}.", list(&lost)));
    }
    if !gained.is_empty() {
        sentences.push(format!("Gains {}.", list(&gained)));
    }
    if sentences.is_empty() {
        sentences.push("Neither loses nor gains.".into());
    }
    let whole = alike.of(Measure::SchoolDay).or(alike.of(Measure::Workday)).unwrap_or(0.0);
    sentences.push(format!("First to last bell: {} min.", signed(whole)));
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn changes_have_signs_and_small_ones_stay_visible() {
        assert_eq!([2790.0, -90.0, 0.0, 66.94, -0.25].map(signed), ["+2,790", "-90", "0", "+66.9", "-0.3"]);
        assert_eq!([0.01, -0.01].map(signed), ["under +0.1", "under -0.1"]);
        assert_eq!(amount(-1234.56), "-1,234.6");
    }

    #[test]
    fn schools_of_a_whole_level_are_named_by_it() {
        let (scenario, _) = sample();
        let said = |places: &[usize]| schools(&scenario.district, places);
        assert_eq!(said(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), "all schools");
        assert_eq!(said(&[1, 2, 3, 4, 5, 6]), "all 6 elementary schools");
        assert_eq!(said(&[1, 7, 8]), "all 2 middle schools and Oak Elementary School");
    }

    #[test]
    fn grades_that_follow_one_another_are_a_run() {
        let grades =
            |texts: &[&str]| grades_in_words(&texts.iter().map(|t| Grade::from_text(t).unwrap()).collect::<Vec<_>>());
        assert_eq!(grades(&["K", "1", "2", "8"]), "Grades K to 2 and 8");
        assert_eq!(grades(&["PK"]), "Grade PK");
    }
}
