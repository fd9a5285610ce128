//! Counts: what is published about a nation of schools, and the same at a smaller scale.
//!
//! Has numbers that a scenario gives, gives them checked. Knows no single district.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::nation::apportion;
use crate::nation::atlas;
use crate::nation::schools::SchoolRule;
use crate::units::Share;
use crate::units::thousands;

/// Districts of about one size.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeClass {
    /// Fewest pupils.
    pub from: u32,
    /// Most pupils; nothing in the last class.
    pub to: Option<u32>,
    /// How many districts.
    pub n_districts: u32,
    /// Which part of all pupils they have, where it is published.
    pub pupils: Option<Share>,
}

/// Schools of a state where they are published; levels that are not named share the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct StateSchools {
    /// All of them.
    pub total: u32,
    /// By level, in the order of [`crate::nation::territory::LEVELS`].
    pub by_level: [Option<u32>; 5],
}

/// One state. Totals of the nation are met first: rows that do not add up to them say how they are shared.
#[derive(Debug, Clone, PartialEq)]
pub struct StateCounts {
    /// Its postal code.
    pub code: String,
    /// Districts.
    pub n_districts: u32,
    /// Pupils.
    pub n_pupils: u32,
    /// Teachers.
    pub n_teachers: u32,
    /// Schools, where they are published.
    pub schools: Option<StateSchools>,
}

/// What is published about the nation.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// Regular districts.
    pub n_districts: u32,
    /// Pupils.
    pub n_pupils: u32,
    /// Teachers, in full-time equivalents, taken as people.
    pub n_teachers: u32,
    /// Schools by level, in the order of [`crate::nation::territory::LEVELS`].
    pub schools_by_level: [u32; 5],
    /// How many pupils a school of each level has, compared with the mean; same order.
    pub relative_size: [f64; 5],
    /// Districts by size, smallest first. Districts whose size is not reported are spread over them.
    pub classes: Vec<SizeClass>,
    /// Districts of a service region.
    pub districts_per_region: u32,
    /// The states.
    pub states: Vec<StateCounts>,
    /// Where it is written.
    pub written: Place,
}

impl Counts {
    /// All schools.
    pub fn n_schools(&self) -> u32 {
        self.schools_by_level.iter().sum()
    }

    /// How schools are made from pupils, in this nation.
    pub fn school_rule(&self) -> SchoolRule {
        SchoolRule {
            pupils_per_school: f64::from(self.n_pupils) / f64::from(self.n_schools().max(1)),
            shares: self.schools_by_level.map(|n| f64::from(n) / f64::from(self.n_schools().max(1))),
            relative_size: self.relative_size,
        }
    }

    /// Districts of each class when those of unknown size are spread over the classes.
    pub fn districts_by_class(&self) -> Vec<u64> {
        let weights: Vec<f64> = self.classes.iter().map(|c| f64::from(c.n_districts)).collect();
        apportion::in_proportion(u64::from(self.n_districts), &weights, 0)
    }

    /// Districts of each state, in the order of the rows.
    pub fn districts_by_state(&self) -> Vec<u64> {
        let weights: Vec<f64> = self.states.iter().map(|s| f64::from(s.n_districts)).collect();
        let minimum = u64::from(self.n_districts as usize >= weights.len());
        apportion::in_proportion(u64::from(self.n_districts), &weights, minimum)
    }

    /// The same nation with so many districts: every other number falls or rises in proportion.
    pub fn scaled(&self, n_districts: u32) -> Counts {
        let part = f64::from(n_districts) / f64::from(self.n_districts.max(1));
        let to_part = |n: u32| (f64::from(n) * part).round() as u32;
        let mut scaled = self.clone();
        scaled.n_districts = n_districts;
        scaled.n_pupils = to_part(self.n_pupils);
        scaled.n_teachers = to_part(self.n_teachers);
        let n_schools = to_part(self.n_schools()).max(n_districts);
        scaled.schools_by_level = shared(n_schools, &self.schools_by_level);
        scaled.classes = self.scaled_classes(n_districts, part);
        let n_by_state = scaled.districts_by_state();
        for (state, n) in scaled.states.iter_mut().zip(n_by_state) {
            let schools = state.schools.take();
            state.schools = schools.map(|s| scaled_schools(&s, part)).filter(|s| n > 0 && u64::from(s.total) >= n);
        }
        scaled
    }

    /// Classes keep their mean size: a class that rounding made larger has a larger part of the pupils.
    fn scaled_classes(&self, n_districts: u32, part: f64) -> Vec<SizeClass> {
        let before = self.districts_by_class();
        let after = Counts { n_districts, ..self.clone() }.districts_by_class();
        let scale = |(class, (before, after)): (&SizeClass, (&u64, &u64))| {
            let growth = *after as f64 / (*before as f64 * part).max(f64::MIN_POSITIVE);
            let pupils = class.pupils.map(|share| (share.as_f64() * growth).min(1.0));
            SizeClass { n_districts: *after as u32, pupils: pupils.and_then(Share::new), ..class.clone() }
        };
        self.classes.iter().zip(before.iter().zip(&after)).map(scale).collect()
    }

    /// The same nation with about so many teachers.
    pub fn scaled_to_teachers(&self, n_teachers: u32) -> Counts {
        let part = f64::from(n_teachers) / f64::from(self.n_teachers.max(1));
        self.scaled(((f64::from(self.n_districts) * part).round() as u32).max(1))
    }

    /// Everything that cannot be so.
    pub fn check(&self) -> Findings {
        let mut out = Findings::new();
        self.check_totals(&mut out);
        self.check_classes(&mut out);
        self.check_states(&mut out);
        out
    }

    fn check_totals(&self, out: &mut Findings) {
        let n_schools = self.n_schools();
        let mut at_least = |what: &str, n: u32, of: &str, least: u32, field: &str| {
            if n < least {
                let (n, least) = (thousands(i64::from(n)), thousands(i64::from(least)));
                let message = format!("{n} {what} are fewer than {least} {of}");
                let help = format!("every one of the {of} needs at least one of the {what}; check both numbers");
                out.push(Finding::error("nation::too_few", message).at(&self.written.field(field), "").help(help));
            }
        };
        at_least("districts", self.n_districts, "nation", 1, "districts");
        at_least("schools", n_schools, "districts", self.n_districts, "schools");
        at_least("teachers", self.n_teachers, "schools", n_schools, "teachers");
        at_least("pupils", self.n_pupils, "schools", n_schools, "pupils");
        let sizes = self.relative_size.iter().any(|s| !s.is_finite() || *s <= 0.0);
        if sizes {
            let message = "a level of schools has no size";
            let help = "give every level a number above 0; 1 is a school of mean size";
            out.push(
                Finding::error("nation::no_size", message).at(&self.written.field("relative_size"), "").help(help),
            );
        }
    }

    fn check_classes(&self, out: &mut Findings) {
        let place = self.written.field("classes");
        let mut next = 1;
        for (n, class) in self.classes.iter().enumerate() {
            let last = n + 1 == self.classes.len();
            let ends_well = class.to.map_or(last, |to| to >= class.from && !last);
            if class.from != next || !ends_well {
                let message = format!("the class from {} pupils does not follow on the one before it", class.from);
                let help =
                    "begin with 1, let each class begin one above the end of the one before, leave the last open";
                out.push(Finding::error("nation::classes", message).at(&place.item(n), "this class").help(help));
                return;
            }
            next = class.to.map_or(next, |to| to + 1);
        }
        let reported: u64 = self.classes.iter().map(|c| u64::from(c.n_districts)).sum();
        if reported == 0 || reported > u64::from(self.n_districts) {
            let (reported, all) = (thousands(reported as i64), thousands(i64::from(self.n_districts)));
            let message = format!("the classes hold {reported} districts, the nation {all}");
            let help = "classes hold at least one district and at most all; those of unknown size are left out of them";
            out.push(Finding::error("nation::classes", message).at(&place, "").help(help));
        }
        let shares: f64 = self.classes.iter().filter_map(|c| c.pupils).map(Share::as_f64).sum();
        if shares > 1.0 + 1e-9 && self.n_districts > SMALLEST_FULL_NATION {
            let message = format!("the classes hold {:.1} % of the pupils", shares * 100.0);
            out.push(Finding::error("nation::classes", message).at(&place, "").help("they hold 100 % at most"));
        }
    }

    fn check_states(&self, out: &mut Findings) {
        let place = self.written.field("states");
        if self.states.is_empty() {
            let help = "give one row a state: code, districts, pupils, teachers";
            out.push(Finding::error("nation::no_states", "the nation has no states").at(&place, "").help(help));
        }
        let n_by_state = self.districts_by_state();
        for (n, state) in self.states.iter().enumerate() {
            let code = state.code.as_str();
            let here = place.item(n);
            if atlas::place_of_code(code).is_none() {
                let message = format!("`{code}` is not the code of a state");
                let finding = Finding::error("nation::unknown_state", message).at(&here.field("code"), "");
                out.push(finding.near(code, atlas::TILES.iter().map(|t| t.code)));
            }
            if self.states[..n].iter().any(|s| s.code == code) {
                let message = format!("state {code} has two rows");
                let help = "remove one of them, or add them up";
                out.push(Finding::error("nation::state_twice", message).at(&here, "the second").help(help));
            }
            if state.schools.as_ref().is_some_and(|s| !s.can_hold(n_by_state[n])) {
                let message = format!("the schools of {code} do not fit its districts and levels");
                let help = "give at least one school a district, and levels that do not exceed the total";
                out.push(Finding::error("nation::state_schools", message).at(&here.field("schools"), "").help(help));
            }
        }
    }
}

/// Below this, rounding of whole districts can give the classes more than all pupils; sizes then bend.
const SMALLEST_FULL_NATION: u32 = 5_000;

impl StateSchools {
    fn can_hold(&self, n_districts: u64) -> bool {
        let named: u64 = self.by_level.iter().flatten().map(|n| u64::from(*n)).sum();
        u64::from(self.total) >= n_districts && named <= u64::from(self.total)
    }
}

/// So many, shared as the counts are.
fn shared(total: u32, counts: &[u32; 5]) -> [u32; 5] {
    let parts = apportion::in_proportion(u64::from(total), &counts.map(f64::from), 0);
    std::array::from_fn(|level| parts[level] as u32)
}

fn scaled_schools(schools: &StateSchools, part: f64) -> StateSchools {
    let total = (f64::from(schools.total) * part).round() as u32;
    let named: [u32; 5] = schools.by_level.map(|n| n.unwrap_or(0));
    let rest = schools.total.saturating_sub(named.iter().sum());
    // The levels that are not named are shared as one more part, so that the named ones stay in proportion.
    let weights: Vec<f64> = named.iter().chain([&rest]).map(|n| f64::from(*n)).collect();
    let parts = apportion::in_proportion(u64::from(total), &weights, 0);
    let by_level = std::array::from_fn(|level| schools.by_level[level].map(|_| parts[level] as u32));
    StateSchools { total, by_level }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nation::sample;

    fn texts(counts: &Counts) -> String {
        let line = |f: &Finding| format!("{} | {}", f.message, f.help.as_deref().unwrap_or(""));
        counts.check().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn published_counts_are_accepted() {
        assert_eq!(texts(&sample::counts()), "");
    }

    #[test]
    fn too_few_of_anything_is_said_for_all_of_it_at_once() {
        let counts = Counts { n_districts: 200_000, n_teachers: 5, ..sample::counts() };
        assert_eq!(
            texts(&counts),
            "99,239 schools are fewer than 200,000 districts | every one of the districts needs at least one of the schools; check both numbers\n\
             5 teachers are fewer than 99,239 schools | every one of the schools needs at least one of the teachers; check both numbers\n\
             the schools of IL do not fit its districts and levels | give at least one school a district, and levels that do not exceed the total"
        );
    }

    #[test]
    fn classes_with_a_gap_are_refused() {
        let mut counts = sample::counts();
        counts.classes[1].from = 310;
        assert_eq!(
            texts(&counts),
            "the class from 310 pupils does not follow on the one before it | begin with 1, let each class begin one above the end of the one before, leave the last open"
        );
    }

    #[test]
    fn classes_with_more_than_everything_are_refused() {
        let mut counts = sample::counts();
        counts.classes[0].n_districts = 20_000;
        counts.classes[0].pupils = Share::new(0.5);
        assert_eq!(
            texts(&counts),
            "the classes hold 30,643 districts, the nation 13,318 | classes hold at least one district and at most all; those of unknown size are left out of them\n\
             the classes hold 102.4 % of the pupils | they hold 100 % at most"
        );
    }

    #[test]
    fn states_twice_and_unknown_are_refused_and_so_is_a_level_without_size() {
        let mut counts = sample::counts();
        counts.states[0].code = "AL".to_string();
        counts.states[2].code = "IX".to_string();
        counts.relative_size[1] = 0.0;
        assert_eq!(
            texts(&counts),
            "a level of schools has no size | give every level a number above 0; 1 is a school of mean size\n\
             state AL has two rows | remove one of them, or add them up\n\
             `IX` is not the code of a state | did you mean `IA`?"
        );
        assert_eq!(
            texts(&Counts { states: Vec::new(), ..sample::counts() }),
            "the nation has no states | give one row a state: code, districts, pupils, teachers"
        );
    }

    #[test]
    fn a_tenth_of_the_nation_has_a_tenth_of_everything() {
        let tenth = sample::counts().scaled(1332);
        assert_eq!(tenth.n_schools(), 9_925); // by hand: 99,239 * 1,332 / 13,318 = 9,925.4
        assert_eq!(tenth.n_teachers, 313_973); // by hand: 3,139,258 * 1,332 / 13,318 = 313,972.9
        assert_eq!(tenth.classes.iter().map(|c| c.n_districts).sum::<u32>(), 1332);
        assert_eq!(texts(&tenth), "");
    }

    #[test]
    fn a_nation_is_scaled_by_its_teachers_too() {
        let small = sample::counts().scaled_to_teachers(10_000);
        assert_eq!(small.n_districts, 42); // by hand: 13,318 * 10,000 / 3,139,258 = 42.4
        assert_eq!(texts(&small), "");
    }
}
