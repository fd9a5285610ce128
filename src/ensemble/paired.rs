//! Two ensembles under the same luck: what differs, by how much, how surely, and which capacity moved.
//!
//! Replicate n of both sides has the same luck, so most of what luck does is the same on both sides and
//! leaves the difference. What the same numbers would say unpaired stands beside it.

use crate::ensemble::Band;
use crate::ensemble::Difference;
use crate::ensemble::HeldChange;
use crate::ensemble::KindDifference;
use crate::ensemble::Side;
use crate::ensemble::comparable::why_not_comparable;
use crate::ensemble::kinds::compare_kinds;
use crate::ensemble::side::ROUTINE;
use crate::ensemble::side::USING;
use crate::units::Date;
use rayon::prelude::*;
use serde::Serialize;

/// A curve of the district on both sides, week by week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurveDifference {
    /// Mean of the baseline.
    pub baseline: Vec<f64>,
    /// Mean of the other side.
    pub other: Vec<f64>,
    /// Mean difference, the other less the baseline.
    pub mean: Vec<f64>,
    /// Median and middle 80 % of the replicates' differences.
    pub quantiles: Band,
    /// The paired 90 % interval of the mean difference: low, then high; nothing of fewer than two replicates.
    pub interval: Option<[Vec<f64>; 2]>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Counts {
    /// A share, from 0 to 1.
    Share,
    /// A number of schools.
    Schools,
}

/// A named measure on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureDifference {
    /// Its id: `using-2026-27`, `routine-end`, `using-mean`, `experience-end`, `model:ID:using-all`,
    /// `model:ID:schools-at-scale`.
    pub id: String,
    /// What it is, in words.
    pub name: String,
    /// What it counts.
    pub counts: Counts,
    /// The difference.
    pub difference: Difference,
}

/// What moved in a group of schools.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldInSchools {
    /// Over all school weeks.
    pub over_all: HeldChange,
    /// By school year of the simulation.
    pub by_year: Vec<HeldChange>,
}

/// One school on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SchoolDifference {
    /// Place of the school.
    pub school: usize,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Share using the practice at the end.
    pub using: Difference,
    /// Share at routine at the end.
    pub routine: Difference,
    /// What holds its educators back.
    pub held: HeldInSchools,
}

/// Two ensembles, compared under the same luck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paired {
    /// The Monday of each week.
    pub weeks: Vec<Date>,
    /// Replicates on each side.
    pub replicates: u32,
    /// Share of the district using the practice.
    pub using: CurveDifference,
    /// Share at routine.
    pub routine: CurveDifference,
    /// Named measures of the district.
    pub measures: Vec<MeasureDifference>,
    /// What holds the district's educators back.
    pub held: HeldInSchools,
    /// Each school.
    pub schools: Vec<SchoolDifference>,
    /// Each kind of educator.
    pub kinds: Vec<KindDifference>,
}

impl Paired {
    /// A named measure by its id.
    pub fn measure(&self, id: &str) -> Option<&MeasureDifference> {
        self.measures.iter().find(|m| m.id == id)
    }
}

/// Compares two sides, replicate by replicate.
///
/// # Errors
/// The reasons why they cannot be compared: different people, weeks, practices, luck, or numbers of replicates.
pub fn compare(baseline: &Side, other: &Side) -> Result<Paired, Vec<String>> {
    let mut reasons = why_not_comparable(baseline.job, other.job);
    let (n, m) = (baseline.replicates.len(), other.replicates.len());
    if n != m || n == 0 {
        reasons.push(format!("they have {n} and {m} replicates; both need the same number, at least one"));
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let all: Vec<usize> = (0..baseline.n_schools()).collect();
    Ok(Paired {
        weeks: baseline.job.world.horizon.mondays.clone(),
        replicates: n as u32,
        using: curve(baseline, other, USING),
        routine: curve(baseline, other, ROUTINE),
        measures: measures(baseline, other),
        held: held(baseline, other, &all),
        schools: all.par_iter().map(|school| of_school(baseline, other, *school)).collect(),
        kinds: compare_kinds(baseline, other),
    })
}

/// The difference of numbers that both sides have of every replicate.
fn difference(baseline: &Side, other: &Side, of: impl Fn(&Side) -> Vec<f64>) -> Difference {
    Difference::of(&of(baseline), &of(other)).expect("compare has seen that there are replicates")
}

fn curve(baseline: &Side, other: &Side, level: u8) -> CurveDifference {
    let all: Vec<usize> = (0..baseline.n_schools()).collect();
    let in_week = |week: usize| difference(baseline, other, |side| side.shares(week, &all, level));
    let weeks: Vec<Difference> = (0..baseline.n_weeks()).into_par_iter().map(in_week).collect();
    let column = |of: &dyn Fn(&Difference) -> f64| weeks.iter().map(of).collect::<Vec<f64>>();
    let intervals: Option<Vec<[f64; 2]>> = weeks.iter().map(|d| d.interval).collect();
    CurveDifference {
        baseline: column(&|d| d.baseline),
        other: column(&|d| d.other),
        mean: column(&|d| d.mean),
        quantiles: Band {
            low: column(&|d| d.quantiles[0]),
            median: column(&|d| d.quantiles[1]),
            high: column(&|d| d.quantiles[2]),
        },
        interval: intervals.map(|all| [0, 1].map(|end| all.iter().map(|i| i[end]).collect())),
    }
}

fn measures(baseline: &Side, other: &Side) -> Vec<MeasureDifference> {
    let all: Vec<usize> = (0..baseline.n_schools()).collect();
    let mut measures = Vec::new();
    let mut add = |id: String, name: String, counts: Counts, difference: Difference| {
        measures.push(MeasureDifference { id, name, counts, difference });
    };
    for (level, word, words) in [(USING, "using", "using the practice"), (ROUTINE, "routine", "at routine")] {
        for (place, (year, _)) in baseline.job.world.year_ends.iter().enumerate() {
            let of = |side: &Side| side.shares(side.job.world.year_ends[place].1, &all, level);
            let name = format!("share {words} at the end of {year}");
            add(format!("{word}-{year}"), name, Counts::Share, difference(baseline, other, of));
        }
        let of = |side: &Side| side.shares(side.n_weeks() - 1, &all, level);
        add(
            format!("{word}-end"),
            format!("share {words} in the last week, after the last turnover"),
            Counts::Share,
            difference(baseline, other, of),
        );
    }
    let mean = difference(baseline, other, |side| side.mean_shares(&all, USING));
    add("using-mean".into(), "share using the practice, mean over all weeks".into(), Counts::Share, mean);
    let experience = difference(baseline, other, |side| side.experience_at_end());
    add(
        "experience-end".into(),
        "share of pupils' time with educators at routine, in the last week".into(),
        Counts::Share,
        experience,
    );
    for (place, model) in baseline.job.world.resources.models.iter().enumerate() {
        let (id, title) = (&model.id, &model.title);
        let using = difference(baseline, other, |side| side.using_all(place));
        add(format!("model:{id}:using-all"), format!("share using all of {title} at the end"), Counts::Share, using);
        let schools = difference(baseline, other, |side| side.schools_at_scale(place));
        let name = format!("schools that have reached {title} at the end");
        add(format!("model:{id}:schools-at-scale"), name, Counts::Schools, schools);
    }
    measures
}

fn held(baseline: &Side, other: &Side, schools: &[usize]) -> HeldInSchools {
    let of = |year| HeldChange::of(baseline.held_over(schools, year), other.held_over(schools, year));
    HeldInSchools {
        over_all: of(None),
        by_year: (0..baseline.job.world.horizon.n_years).map(|year| of(Some(year))).collect(),
    }
}

fn of_school(baseline: &Side, other: &Side, school: usize) -> SchoolDifference {
    let spec = &baseline.job.world.district.schools[school];
    let at_end = |level| difference(baseline, other, |side| side.shares(side.n_weeks() - 1, &[school], level));
    SchoolDifference {
        school,
        id: spec.id.clone(),
        name: spec.name.clone(),
        using: at_end(USING),
        routine: at_end(ROUTINE),
        held: held(baseline, other, &[school]),
    }
}
