//! Who gains and who loses between two sides.

use crate::ledger::Amounts;
use crate::ledger::CareRow;
use crate::ledger::Change;
use crate::ledger::LineChange;
use crate::ledger::Measure;
use crate::ledger::MinuteCost;
use crate::ledger::OneSided;
use crate::ledger::RoleCost;
use crate::ledger::Side;
use crate::ledger::care;
use crate::ledger::dollars::line_changes;
use crate::ledger::dollars::role_costs;
use crate::ledger::matching::matched;
use crate::ledger::minute_costs;
use crate::ledger::side::GroupYear;
use crate::ledger::side::group_years;
use crate::ledger::side::groups;
use crate::timetable::Whose;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// One grade or role of one school in one school year, on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupGain {
    /// Place of the school in the first side's district.
    pub school: usize,
    /// Who.
    pub whose: Whose,
    /// The school year.
    pub year: String,
    /// How many there are on each side: pupils, positions or full-time equivalents \[people\].
    pub people: [f64; 2],
    /// On how many days they come on each side.
    pub days: [u32; 2],
    /// How many full weeks they have on each side.
    pub full_weeks: [u32; 2],
    /// On how many days they come in a full week on each side.
    pub days_a_full_week: [u32; 2],
    /// Each measure, in the order of [`Measure::of`].
    pub changes: Vec<Change>,
}

impl GroupGain {
    /// How many are there on both sides; a position that only one side has is no person who gains or loses.
    pub fn people_on_both(&self) -> f64 {
        self.people[0].min(self.people[1])
    }
}

/// One grade or role over all schools that have it on both sides, each person counting alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistrictGain {
    /// Who.
    pub whose: Whose,
    /// The school year.
    pub year: String,
    /// How many there are on each side: pupils, positions or full-time equivalents \[people\].
    pub people: [f64; 2],
    /// How many schools have them.
    pub n_schools: usize,
    /// Each measure for the mean person, in the order of [`Measure::of`].
    pub changes: Vec<Change>,
}

/// What one side changes against another, in time and money.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gains {
    /// Days of a cycle.
    pub cycle_days: u32,
    /// School years that both sides have, in order.
    pub years: Vec<String>,
    /// Each grade and role of each school in each school year.
    pub groups: Vec<GroupGain>,
    /// The same over the district, year by year: grades, then roles.
    pub district: Vec<DistrictGain>,
    /// What stands on one side only, and is in none of the above.
    pub one_sided: Vec<OneSided>,
    /// Ids of roles with people in them for whom nothing rings on either side: they have no minutes to compare.
    pub without_bells: Vec<String>,
    /// Dollars by budget line and year.
    pub lines: Vec<LineChange>,
    /// What the people of each role cost.
    pub roles: Vec<RoleCost>,
    /// Hours of care that families find.
    pub care: Vec<CareRow>,
    /// What a minute a day costs, on each side.
    pub minute_costs: [Vec<MinuteCost>; 2],
}

impl Gains {
    /// The school year to show where only one has room: the first in which anybody's minutes change, else the first.
    pub fn telling_year(&self) -> Option<&str> {
        let changed = |g: &&GroupGain| g.changes.iter().any(Change::is_any);
        let first = self.years.iter().find(|year| self.in_year(year).any(|g| changed(&g)));
        first.or(self.years.first()).map(String::as_str)
    }

    /// Groups of one school year.
    pub fn in_year<'a>(&'a self, year: &'a str) -> impl Iterator<Item = &'a GroupGain> + 'a {
        self.groups.iter().filter(move |g| g.year == year)
    }
}

/// Compares two sides; a cycle has so many school days.
///
/// A change is the second side less the first: the sides changed round, it has the other sign; a side against itself, it
/// is exactly zero.
pub fn gains(before: &Side, after: &Side, cycle_days: u32) -> Gains {
    let all = [group_years(before), group_years(after)];
    let without_bells = without_bells([before, after], &all);
    let (pairs, one_sided) = matched([before, after], all);
    let groups: Vec<GroupGain> = pairs.iter().map(|pair| group_gain(pair, cycle_days)).collect();
    let years: BTreeSet<&String> = groups.iter().map(|g| &g.year).collect();
    let years: Vec<String> = years.into_iter().cloned().collect();
    Gains {
        cycle_days,
        district: over_the_district(&groups, &years, before),
        years,
        groups,
        one_sided,
        without_bells,
        lines: line_changes(before, after),
        roles: role_costs(before, after),
        care: care(before, after),
        minute_costs: [minute_costs(before), minute_costs(after)],
    }
}

fn group_gain([before, after]: &[GroupYear; 2], cycle_days: u32) -> GroupGain {
    let change = |(place, measure): (usize, &Measure)| Change {
        measure: *measure,
        before: before.lived.amounts(place, cycle_days),
        after: after.lived.amounts(place, cycle_days),
    };
    let both = |of: fn(&GroupYear) -> u32| [of(before), of(after)];
    GroupGain {
        school: before.group.school,
        whose: before.group.whose.clone(),
        year: before.year.clone(),
        people: [before.group.people, after.group.people],
        days: both(|g| g.lived.days),
        full_weeks: both(|g| g.lived.weeks.mondays.len() as u32),
        days_a_full_week: both(|g| g.lived.weeks.days),
        changes: Measure::of(&before.group.whose).iter().enumerate().map(change).collect(),
    }
}

fn over_the_district(groups: &[GroupGain], years: &[String], side: &Side) -> Vec<DistrictGain> {
    let mut everybody: BTreeMap<(usize, usize, &Whose), Vec<&GroupGain>> = BTreeMap::new();
    for group in groups {
        let year = years.iter().position(|y| *y == group.year).unwrap_or(years.len());
        let role = match &group.whose {
            Whose::Pupils(_) => 0,
            Whose::Staff(id) => 1 + side.district.role(id).unwrap_or(side.district.roles.len()),
        };
        everybody.entry((year, role, &group.whose)).or_default().push(group);
    }
    everybody.into_values().map(|groups| together(&groups)).collect()
}

/// Groups of the same grade or role in the same year, as one.
fn together(groups: &[&GroupGain]) -> DistrictGain {
    let first = groups[0];
    let mean = |side: usize, of: &dyn Fn(&GroupGain) -> Amounts| {
        Amounts::mean(&groups.iter().map(|g| (g.people[side], of(g))).collect::<Vec<_>>())
    };
    let change = |(place, change): (usize, &Change)| Change {
        measure: change.measure,
        before: mean(0, &|g| g.changes[place].before),
        after: mean(1, &|g| g.changes[place].after),
    };
    DistrictGain {
        whose: first.whose.clone(),
        year: first.year.clone(),
        people: [0, 1].map(|side: usize| groups.iter().map(|g| g.people[side]).sum()),
        n_schools: groups.len(),
        changes: first.changes.iter().enumerate().map(change).collect(),
    }
}

/// Roles with people for whom nothing rings in any school and year of either side.
fn without_bells(sides: [&Side; 2], all: &[Vec<GroupYear>; 2]) -> Vec<String> {
    let staff = |whose: Whose| match whose {
        Whose::Staff(role) => Some(role),
        Whose::Pupils(_) => None,
    };
    let there = sides.into_iter().flat_map(groups).filter_map(|g| staff(g.whose));
    let ringing: BTreeSet<String> = all.iter().flatten().filter_map(|y| staff(y.group.whose.clone())).collect();
    let silent: BTreeSet<String> = there.filter(|role| !ringing.contains(role)).collect();
    silent.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples;
    use crate::district::District;
    use crate::ledger::CYCLE_DAYS;
    use crate::ledger::Missing;
    use crate::ledger::On;
    use crate::ledger::Per;
    use crate::ledger::extremes;
    use crate::ledger::made::Made;
    use crate::ledger::made::Small;
    use crate::ledger::spread;
    use crate::scenario;
    use crate::scenario::Scenario;
    use crate::timetable::Timetable;
    use crate::timetable::build;
    use crate::units::Dollars;
    use crate::units::Grade;
    use crate::units::Minutes;
    use proptest::prelude::*;
    use std::path::Path;
    use std::sync::LazyLock;

    static CCSD93: LazyLock<Scenario> = LazyLock::new(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    });

    /// The district as it stands, and with Mondays that ring as every other day does.
    fn full_mondays() -> District {
        let mut district = CCSD93.district.clone();
        for school in &mut district.schools {
            let full = school.bells["full"];
            school.bells.insert("monday".into(), full);
        }
        district
    }

    fn rung(district: &District) -> Timetable {
        build(&CCSD93.calendars, &CCSD93.schedules, district)
    }

    fn side<'a>(district: &'a District, timetable: &'a Timetable) -> Side<'a> {
        Side { district, timetable, resources: &CCSD93.resources, n_years: 5 }
    }

    /// Mondays that ring the full schedule against the Monday release.
    static RELEASE: LazyLock<Gains> = LazyLock::new(|| {
        let (full, release) = (full_mondays(), CCSD93.district.clone());
        let (rung_full, rung_release) = (rung(&full), rung(&release));
        gains(&side(&full, &rung_full), &side(&release, &rung_release), CYCLE_DAYS)
    });

    fn pupils(grade: &str) -> Whose {
        Whose::Pupils(Grade::from_text(grade).unwrap())
    }

    fn teacher() -> Whose {
        Whose::Staff("teacher".into())
    }

    fn at<'a>(gains: &'a Gains, school: &str, whose: Whose) -> &'a GroupGain {
        let place = CCSD93.district.school(school).unwrap();
        gains.in_year("2025-26").find(|g| g.school == place && g.whose == whose).unwrap()
    }

    fn change(changes: &[Change], measure: Measure) -> Change {
        *changes.iter().find(|c| c.measure == measure).unwrap()
    }

    #[test]
    fn pupils_lose_ninety_minutes_on_each_of_thirty_one_mondays() {
        let third = at(&RELEASE, "carol-stream", pupils("3"));
        let day = change(&third.changes, Measure::SchoolDay);
        // by hand: 8:45 to 15:45 is 420 min, to 14:15 is 330 min; 145 other days and 31 Mondays
        assert_eq!((third.days, third.people), ([176, 176], [66.0, 66.0]));
        assert_eq!(day.before.year, 73_920.0); // by hand: 176 * 420
        assert_eq!(day.after.year, 71_130.0); // by hand: 145 * 420 + 31 * 330
        assert_eq!(day.by(Per::Year), -2790.0); // by hand: 31 * -90
        // by hand: every week with five days has its Monday, 2,100 min before and 2,010 after
        assert_eq!((day.before.week, day.after.week, day.by(Per::Week)), (2100.0, 2010.0, -90.0));
        assert_eq!((third.days_a_full_week, third.full_weeks[0]), ([5, 5], third.full_weeks[1]));
        // by hand: ten days of 71,130 / 176 min
        assert!((day.after.cycle - 711_300.0 / 176.0).abs() < 1e-9);
        assert!((day.by(Per::Day) + 2790.0 / 176.0).abs() < 1e-9);
        // by hand: lunch stays at 30 min and recess falls from 20 to 15, so of the 90 min 85 are instruction
        assert_eq!(change(&third.changes, Measure::Instruction).by(Per::Year), -2635.0); // by hand: 31 * -85
    }

    #[test]
    fn teachers_gain_development_for_contact_and_preparation_and_keep_their_workday() {
        let teachers = at(&RELEASE, "carol-stream", teacher());
        let by_year = |measure| change(&teachers.changes, measure).by(Per::Year);
        assert_eq!(teachers.days, [180, 180]); // by hand: 176 with pupils and four institute days
        assert_eq!(by_year(Measure::ProfessionalDevelopment), 2325.0); // by hand: 31 * 75
        // by hand: full 8:45-10:15, 10:55-11:40, 12:30-15:45 and duty 20 + 10: 360 min;
        // Monday 8:45-11:40, 12:25-14:15 and duty 15 + 15 + 10: 325 min; 31 * -35
        assert_eq!(by_year(Measure::Contact), -1085.0);
        assert_eq!(by_year(Measure::Preparation), -1240.0); // by hand: plan time of 40 min on 31 Mondays
        assert_eq!(by_year(Measure::DutyFreeLunch), 0.0);
        assert_eq!(by_year(Measure::Workday), 0.0);
        assert_eq!(2325.0 - 1085.0 - 1240.0, 0.0, "what is gained is what is lost");
    }

    #[test]
    fn the_worst_off_is_a_group_and_the_spread_counts_people() {
        let week = extremes(&RELEASE, "2025-26", Per::Week);
        let of = |measure| week.iter().find(|e| e.measure == measure).unwrap();
        let loss = of(Measure::SchoolDay).loss.as_ref().unwrap();
        // by hand: K-5 and 6-8 lose 90 min a week, the early-childhood center 30 (11:15 to 10:45)
        assert_eq!((loss.change, loss.groups.len()), (-90.0, 42)); // by hand: 6 schools * 6 grades + 2 * 3
        assert_eq!(loss.people, 3146.0); // by hand: 3,283 pupils less 137
        assert!(of(Measure::SchoolDay).gain.is_none());
        let spread = spread(&RELEASE, "2025-26", Per::Week);
        let days = spread.iter().find(|s| s.measure == Measure::SchoolDay).unwrap();
        assert_eq!(days.steps, [(-90.0, 3146.0), (-30.0, 137.0)]);
        assert_eq!((days.losing(), days.staying(), days.gaining()), (3283.0, 0.0, 0.0));
    }

    #[test]
    fn families_find_ninety_minutes_of_care_on_each_release_monday() {
        let row = RELEASE.care.iter().find(|r| r.school == 0 && r.year == "2025-26").unwrap();
        assert_eq!((row.usual, row.shorter_days), (Minutes(420), [0, 31]));
        assert_eq!(row.hours_each(On::After), 46.5); // by hand: 31 * 1.5 h
        assert_eq!(row.hours(On::After), 3069.0); // by hand: 66 kindergartners * 46.5 h
        assert_eq!(row.hours_each_week(On::After), 1.5);
        let year = RELEASE.care.iter().filter(|r| r.year == "2025-26");
        // by hand: 3,146 pupils * 46.5 h + 137 * 31 * 0.5 h = 146,289 + 2,123.5
        assert!((year.map(|r| r.hours(On::After)).sum::<f64>() - 148_412.5).abs() < 1e-6);
    }

    #[test]
    fn a_minute_of_a_school_costs_its_part_of_the_teachers() {
        let costs = &RELEASE.minute_costs[1];
        let is =
            |c: &&MinuteCost| c.school.as_deref() == Some("carol-stream") && c.role == "teacher" && c.year == "2025-26";
        let row = costs.iter().find(is).unwrap();
        // by hand: 176 workdays of 8:25 to 15:55 (450 min) and 4 of 8:30 to 15:15 (405 min)
        assert_eq!(row.workdays, Some(Minutes(80_820)));
        assert!((row.fte - 28.0 * 180.0 / 80_820.0).abs() < 1e-12);
        assert_eq!(row.dollars, Some(Dollars::new(5363.03))); // by hand: 0.0623608 * 86,000
        let all = costs.iter().find(|c| c.school.is_none() && c.role == "coach" && c.year == "2025-26").unwrap();
        assert!((all.people - 317.0 / 30.0).abs() < 1e-9, "one coach for 30 of 317 teachers");
    }

    #[test]
    fn a_side_against_itself_changes_by_exactly_nothing() {
        let timetable = rung(&CCSD93.district);
        let own = side(&CCSD93.district, &timetable);
        let gains = gains(&own, &own, CYCLE_DAYS);
        assert!(gains.groups.iter().all(|g| !g.changes.iter().any(Change::is_any)));
        assert!(gains.district.iter().all(|d| !d.changes.iter().any(Change::is_any)));
        assert!(gains.lines.iter().all(|l| l.available() == Dollars::default() && l.asked() == Dollars::default()));
        assert!(gains.roles.iter().all(|r| r.change() == Dollars::default()));
        assert!(gains.care.iter().all(|r| r.hours(On::Before) == r.hours(On::After)));
        assert!(gains.one_sided.is_empty());
        assert_eq!(gains.without_bells, ["principal"], "nothing rings for principals");
        assert!(extremes(&gains, "2025-26", Per::Week).iter().all(|e| e.loss.is_none() && e.gain.is_none()));
    }

    #[test]
    fn what_only_one_side_has_is_said() {
        let school = |id, teachers| Small { id, monday: 225, full: 300, pupils: 10, teachers };
        let before = Made::new(&[school("oak", 3), school("elm", 3)], examples::four_weeks());
        let after = Made::new(&[school("ash", 3), school("elm", 0)], examples::four_weeks());
        let gains = gains(&before.side(), &after.side(), CYCLE_DAYS);
        let only = |only_on, what| OneSided { only_on, what };
        assert_eq!(
            gains.one_sided,
            [
                only(On::Before, Missing::School("oak".into())),
                only(On::Before, Missing::Group { school: "elm".into(), whose: teacher(), year: "2025-26".into() }),
                only(On::After, Missing::School("ash".into())),
            ]
        );
        assert_eq!(gains.groups.len(), 1, "pupils of elm");
        let other = examples::year("2026-27", "2026-09-07".parse().unwrap(), "2026-09-25".parse().unwrap());
        let other = Made::new(&[school("oak", 3), school("elm", 3)], other);
        let years = super::gains(&before.side(), &other.side(), CYCLE_DAYS);
        assert_eq!(years.one_sided.len(), 4, "two schools, one year on each side: {:?}", years.one_sided);
        assert!(years.groups.is_empty() && years.telling_year().is_none());
    }

    #[test]
    fn a_cut_line_and_one_more_coach_change_dollars() {
        let timetable = rung(&CCSD93.district);
        let mut resources = CCSD93.resources.clone();
        resources.budget[0].by_year[1] = Dollars::new(875_000.0);
        resources.budget[2].id = "grant".into();
        let mut district = CCSD93.district.clone();
        let coach = district.role("coach").unwrap();
        district.schools[0].positions.push((coach, 1));
        let before = side(&CCSD93.district, &timetable);
        let after = Side { resources: &resources, district: &district, ..before };
        let gains = gains(&before, &after, CYCLE_DAYS);
        let line = |id: &str, year| gains.lines.iter().find(|l| l.line == id && l.year == year).unwrap();
        assert_eq!(line("coaching", 1).available(), Dollars::new(-100_000.0)); // by hand: 875,000 - 975,000
        assert_eq!(line("coaching", 0).available(), Dollars::default());
        assert_eq!(line("coaching", 0).asked(), Dollars::new(92_000.0)); // by hand: one coach more
        assert!(line("grant", 0).before.is_none() && line("professional-development", 0).after.is_none());
        assert_eq!(line("grant", 0).available(), Dollars::new(100_000.0));
        let coaches = gains.roles.iter().find(|r| r.role == "coach").unwrap();
        assert_eq!(coaches.change(), Dollars::new(92_000.0));
    }

    fn small_schools() -> impl Strategy<Value = Vec<[Small; 2]>> {
        let day = || 60i64..480;
        let one = (day(), day(), day(), day(), 1u32..200, 0u32..40);
        prop::collection::vec(one, 1..4).prop_map(|all| {
            let ids = ["oak", "elm", "ash"];
            let school = |(n, (a, b, c, d, pupils, teachers)): (usize, (i64, i64, i64, i64, u32, u32))| {
                let small = |monday, full| Small { id: ids[n], monday, full, pupils, teachers };
                [small(a, b), small(c, d)]
            };
            all.into_iter().enumerate().map(school).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn sides_changed_round_negate_and_the_district_is_the_sum_of_its_schools(schools in small_schools()) {
            let [first, second] = [0, 1].map(|side: usize| {
                let schools: Vec<Small> = schools.iter().map(|both| both[side].clone()).collect();
                Made::new(&schools, examples::four_weeks())
            });
            let there = gains(&first.side(), &second.side(), CYCLE_DAYS);
            let back = gains(&second.side(), &first.side(), CYCLE_DAYS);
            for (one, other) in there.groups.iter().zip(&back.groups) {
                for (a, b) in one.changes.iter().zip(&other.changes) {
                    prop_assert!(Per::ALL.iter().all(|per| a.by(*per) == -b.by(*per)));
                }
            }
            for (one, other) in there.district.iter().zip(&back.district) {
                for (a, b) in one.changes.iter().zip(&other.changes) {
                    prop_assert!(Per::ALL.iter().all(|per| a.by(*per) == -b.by(*per)));
                }
            }
            for district in &there.district {
                for (place, change) in district.changes.iter().enumerate() {
                    let groups = there.groups.iter().filter(|g| g.whose == district.whose);
                    let minutes: f64 = groups.map(|g| g.people[1] * g.changes[place].after.year).sum();
                    let told = district.people[1] * change.after.year;
                    prop_assert!((told - minutes).abs() <= 1e-9 * minutes.abs().max(1.0), "{told} {minutes}");
                }
            }
            for spread in spread(&there, "2025-26", Per::Week) {
                let all: f64 = there.groups.iter()
                    .filter(|g| g.changes.iter().any(|c| c.measure == spread.measure))
                    .map(GroupGain::people_on_both)
                    .sum();
                prop_assert_eq!(spread.losing() + spread.staying() + spread.gaining(), all);
            }
        }
    }
}
