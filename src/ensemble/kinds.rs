//! Which kinds of educators differ: by disposition, experience, level of school and grade.
//!
//! Everybody counts as what she is at the end of the school year, on her own side; a position that another
//! person fills on the other side may count elsewhere there.

use crate::adoption::CATEGORIES;
use crate::adoption::Ending;
use crate::district::Level;
use crate::ensemble::Difference;
use crate::ensemble::HeldChange;
use crate::ensemble::Replicate;
use crate::ensemble::Side;
use crate::ensemble::held::Held;
use crate::ensemble::side::ROUTINE;
use crate::ensemble::side::USING;
use crate::people::Educator;
use crate::units::Grade;
use serde::Serialize;
use std::collections::BTreeSet;

/// By what educators are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sorted {
    /// By their disposition towards new practice.
    Category,
    /// By their years of experience.
    Experience,
    /// By the level of their school.
    Level,
    /// By the grade they teach.
    Grade,
}

impl Sorted {
    /// The words for it in tables.
    pub fn name(self) -> &'static str {
        match self {
            Sorted::Category => "disposition",
            Sorted::Experience => "experience",
            Sorted::Level => "level of school",
            Sorted::Grade => "grade",
        }
    }
}

/// One kind of educator at the end of one school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindYear {
    /// The school year.
    pub year: String,
    /// How many there are, on average: in the baseline and on the other side.
    pub people: [f64; 2],
    /// Share of them using the practice; nothing where there are none. Replicates without any of them on one
    /// side are left out.
    pub using: Option<Difference>,
    /// Share of them at routine.
    pub routine: Option<Difference>,
    /// What holds them back.
    pub held: HeldChange,
}

/// One kind of educator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindDifference {
    /// By what they are told apart.
    pub sorted: Sorted,
    /// Which of them.
    pub name: String,
    /// Each school year's end.
    pub years: Vec<KindYear>,
    /// What holds them back, averaged over the school years' ends.
    pub held: HeldChange,
}

/// What an educator is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Category(u8),
    Experience(u8),
    Level(Level),
    Grade(Grade),
}

impl Kind {
    fn is(self, side: &Side, educator: &Educator, ending: &Ending) -> bool {
        match self {
            Kind::Category(category) => ending.category == category,
            Kind::Experience(band) => ending.experience_band == band,
            Kind::Level(level) => side.job.world.district.schools[educator.school].level == level,
            Kind::Grade(grade) => educator.grade == grade,
        }
    }

    fn sorted(self) -> Sorted {
        match self {
            Kind::Category(_) => Sorted::Category,
            Kind::Experience(_) => Sorted::Experience,
            Kind::Level(_) => Sorted::Level,
            Kind::Grade(_) => Sorted::Grade,
        }
    }

    fn name(self, side: &Side) -> String {
        match self {
            Kind::Category(category) => CATEGORIES[usize::from(category)].to_string(),
            Kind::Experience(band) => {
                let bands = &side.job.world.rules.turnover;
                let from = bands[usize::from(band)].from_years;
                match bands.get(usize::from(band) + 1) {
                    Some(next) => format!("{from} to {} years", next.from_years),
                    None => format!("{from} years and more"),
                }
            }
            Kind::Level(level) => level_name(level).to_string(),
            Kind::Grade(grade) => format!("grade {grade}"),
        }
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::EarlyChildhood => "early childhood",
        Level::Elementary => "elementary",
        Level::Middle => "middle",
        Level::High => "high",
        Level::Other => "other",
    }
}

/// Compares every kind of educator that the baseline has.
pub fn compare_kinds(baseline: &Side, other: &Side) -> Vec<KindDifference> {
    kinds(baseline).into_iter().map(|kind| compare(baseline, other, kind)).collect()
}

fn kinds(side: &Side) -> Vec<Kind> {
    let world = &side.job.world;
    let levels = [Level::EarlyChildhood, Level::Elementary, Level::Middle, Level::High, Level::Other];
    let has_people =
        |level: &Level| world.roster.educators.iter().any(|e| world.district.schools[e.school].level == *level);
    let grades: BTreeSet<Grade> = world.roster.educators.iter().map(|e| e.grade).collect();
    (0..CATEGORIES.len() as u8)
        .map(Kind::Category)
        .chain((0..world.rules.turnover.len() as u8).map(Kind::Experience))
        .chain(levels.into_iter().filter(has_people).map(Kind::Level))
        .chain(grades.into_iter().map(Kind::Grade))
        .collect()
}

fn compare(baseline: &Side, other: &Side, kind: Kind) -> KindDifference {
    let years: Vec<&String> = baseline.job.world.year_ends.iter().map(|(year, _)| year).collect();
    let years: Vec<KindYear> =
        years.into_iter().enumerate().map(|(place, year)| compare_year(baseline, other, kind, place, year)).collect();
    let mean = |of: fn(&KindYear) -> Held| {
        let mut sum = [0.0; 5];
        for year in &years {
            sum.iter_mut().zip(of(year)).for_each(|(sum, part)| *sum += part);
        }
        sum.map(|s| s / years.len().max(1) as f64)
    };
    let held = HeldChange::of(mean(|y| y.held.baseline), mean(|y| y.held.other));
    KindDifference { sorted: kind.sorted(), name: kind.name(baseline), years, held }
}

fn compare_year(baseline: &Side, other: &Side, kind: Kind, place: usize, year: &str) -> KindYear {
    let counts =
        |side: &Side| -> Vec<Counted> { side.replicates.iter().map(|r| count(side, r, kind, place)).collect() };
    let (a, b) = (counts(baseline), counts(other));
    let both = || a.iter().zip(&b).filter(|(a, b)| a.people > 0 && b.people > 0);
    let difference = |of: fn(&Counted) -> u32| {
        let share = |c: &Counted| f64::from(of(c)) / f64::from(c.people);
        let (one, two): (Vec<f64>, Vec<f64>) = both().map(|(a, b)| (share(a), share(b))).unzip();
        Difference::of(&one, &two)
    };
    let mean = |all: &[Counted]| all.iter().map(|c| f64::from(c.people)).sum::<f64>() / all.len().max(1) as f64;
    KindYear {
        year: year.to_string(),
        people: [mean(&a), mean(&b)],
        using: difference(|c| c.using),
        routine: difference(|c| c.routine),
        held: HeldChange::of(held(&a), held(&b)),
    }
}

/// What is counted of one kind in one replicate.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    people: u32,
    using: u32,
    routine: u32,
    held: [u32; 5],
}

fn count(side: &Side, replicate: &Replicate, kind: Kind, year: usize) -> Counted {
    let mut counted = Counted::default();
    let endings = replicate.track.endings.get(year).map_or(&[][..], Vec::as_slice);
    for (educator, ending) in side.job.world.roster.educators.iter().zip(endings) {
        if kind.is(side, educator, ending) {
            counted.people += 1;
            counted.using += u32::from(ending.level >= USING);
            counted.routine += u32::from(ending.level >= ROUTINE);
            counted.held[usize::from(ending.held)] += 1;
        }
    }
    counted
}

/// Shares held back, over all people of the kind in all replicates.
fn held(all: &[Counted]) -> Held {
    let people: f64 = all.iter().map(|c| f64::from(c.people)).sum();
    let mut shares = [0.0; 5];
    for (what, share) in shares.iter_mut().enumerate() {
        let there: f64 = all.iter().map(|c| f64::from(c.held[what])).sum();
        *share = if people > 0.0 { there / people } else { 0.0 };
    }
    shares
}
