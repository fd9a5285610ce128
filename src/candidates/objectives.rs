//! Objectives: what a candidate gives and takes, reckoned from its bells without judging or simulating anything.
//!
//! Has patterns of classes, gives whole numbers, so that candidates can be compared exactly.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::elapsed;
use crate::bells::minutes_by_kind;
use crate::calendar::DayKind;
use crate::calendar::monday_of;
use crate::candidates::Space;
use crate::candidates::Terrain;
use crate::candidates::classes::Class;
use crate::candidates::classes::held;
use crate::candidates::pattern::Days;
use crate::candidates::pattern::Pattern;
use crate::candidates::pattern::Ring;
use crate::candidates::pattern::releases;
use crate::candidates::space::ADDED;
use crate::candidates::space::Axis;
use crate::candidates::space::RELEASE;
use crate::district::District;
use crate::plan::Resources;
use crate::plan::asked_of_line;
use crate::timetable::Whose;
use crate::units::Dollars;

/// In how many parts a minute a week is kept.
const PARTS: i64 = 1_000;

/// What a candidate gives and takes. All but the first two are told as changes against the scenario as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objectives {
    /// Professional development on days of attendance, of all educators who take up the practice, in all school years
    /// together \[min\]; more is on the one side.
    pub development: i64,
    /// The longest day of anybody from first to last bell, on days of attendance \[min\]; less is.
    pub longest: i64,
    /// What budget lines and shared roles cost a year \[cents\]; less is.
    pub cost: i64,
    /// The least change of own minutes a week over schools and roles \[thousandths of a minute\]; more is.
    pub staff: i64,
    /// The least change of instruction a week over schools and grades \[thousandths of a minute\]; more is.
    pub pupils: i64,
}

impl Objectives {
    /// Each objective as a number of which more is on the one side.
    pub fn as_more(&self) -> [i64; 5] {
        [self.development, -self.longest, -self.cost, self.staff, self.pupils]
    }
}

/// What a kind of day counts for one group of a class.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    development: i64,
    own: i64,
    workday: i64,
    instruction: i64,
}

/// Somebody of a class, with how many educators she stands for.
struct Group {
    whose: Whose,
    educators: i64,
}

/// What a class adds to the objectives under every choice of days.
pub struct Weigher<'a> {
    space: &'a Space,
    pattern: &'a Pattern,
    /// The longest day under each schedule.
    longest: Vec<i64>,
    /// What each schedule counts, by group.
    counts: Vec<Vec<Counts>>,
    groups: Vec<Group>,
    /// What the timetable as read counts, by group.
    as_read: Vec<Counts>,
    weeks: i64,
}

/// The part of a class in the objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Development of all educators \[min\].
    pub development: i64,
    /// The longest day \[min\].
    pub longest: i64,
    /// The least change of own minutes a week.
    pub staff: Option<i64>,
    /// The least change of instruction a week.
    pub pupils: Option<i64>,
}

impl<'a> Weigher<'a> {
    /// Measures every schedule of a class once.
    pub fn new(terrain: &Terrain, space: &'a Space, class: &Class, pattern: &'a Pattern) -> Weigher<'a> {
        let school = &terrain.district.schools[class.schools[0]];
        let takes = |role: usize| terrain.district.roles[role].takes_up_practice;
        let people = |role: usize| -> i64 {
            let of_school = |s: &usize| terrain.district.schools[*s].positions.iter().filter(|(r, _)| *r == role);
            class.schools.iter().flat_map(of_school).map(|(_, n)| i64::from(*n)).sum()
        };
        let staff = held(school).into_iter().map(|role| Group {
            whose: Whose::Staff(terrain.district.roles[role].id.clone()),
            educators: if takes(role) { people(role) } else { 0 },
        });
        let pupils = school.grades.iter().map(|g| Group { whose: Whose::Pupils(g), educators: 0 });
        let groups: Vec<Group> = staff.chain(pupils).collect();
        let of_schedule = |s: &BellSchedule| groups.iter().map(|g| counts(blocks(s, &g.whose))).collect();
        let own = &terrain.timetable.schools[class.schools[0]];
        let mut as_read = vec![Counts::default(); groups.len()];
        for day in own.years.iter().flat_map(|y| &y.days).filter(|d| d.kind == DayKind::Attendance) {
            let Some(schedule) = day.schedule else { continue };
            let schedule = &terrain.timetable.schedules[schedule];
            as_read.iter_mut().zip(&groups).for_each(|(sum, g)| sum.add(counts(blocks(schedule, &g.whose)), 1));
        }
        Weigher {
            space,
            pattern,
            longest: pattern.schedules.iter().map(|s| longest(s, &groups)).collect(),
            counts: pattern.schedules.iter().map(of_schedule).collect(),
            groups,
            as_read,
            weeks: weeks(terrain, class.schools[0]),
        }
    }

    /// What the class adds under a choice of days. Start times change none of it.
    pub fn weigh(&self, days: &Days) -> Part {
        let used = self.days_by_schedule(days);
        let mut sums = vec![Counts::default(); self.groups.len()];
        for (schedule, n) in &used {
            sums.iter_mut().zip(&self.counts[*schedule]).for_each(|(sum, counts)| sum.add(*counts, *n));
        }
        let mut part = Part { development: 0, longest: 0, staff: None, pupils: None };
        part.longest = used.iter().map(|(s, _)| self.longest[*s]).max().unwrap_or(0);
        for ((group, sum), read) in self.groups.iter().zip(&sums).zip(&self.as_read) {
            part.development += group.educators * sum.development;
            let least = |old: Option<i64>, change: i64| {
                let a_week = (change * PARTS).div_euclid(self.weeks.max(1));
                Some(old.map_or(a_week, |old| old.min(a_week)))
            };
            match group.whose {
                Whose::Staff(_) if sum.workday == 0 && read.workday == 0 => {}
                Whose::Staff(_) => {
                    let longer = (sum.workday - read.workday).max(0);
                    part.staff = least(part.staff, sum.own - read.own - longer);
                }
                Whose::Pupils(_) => part.pupils = least(part.pupils, sum.instruction - read.instruction),
            }
        }
        part
    }

    /// How often each schedule rings on days of attendance, as read start times.
    fn days_by_schedule(&self, days: &Days) -> Vec<(usize, i64)> {
        let mut used: Vec<(usize, i64)> = Vec::new();
        let mut add = |schedule: usize, n: i64| match used.iter_mut().find(|(s, _)| *s == schedule) {
            Some((_, count)) => *count += n,
            None => used.push((schedule, n)),
        };
        let start = self.pattern.start_as_read;
        for ring in self.pattern.rings.iter().flatten() {
            match ring {
                Ring::Nothing | Ring::Still(_) => {}
                Ring::Other(_) => {
                    let schedule = self.pattern.schedule(self.space, *ring, days, start);
                    add(schedule.expect("an other schedule always rings"), 1);
                }
                Ring::Moves(pair, weekday, week) => match releases(self.space, days, *weekday, *week) {
                    true => add(self.pattern.short(*pair, days[RELEASE], start), 1),
                    false => add(self.pattern.usual(*pair, days[ADDED], start), 1),
                },
            }
        }
        used
    }
}

impl Counts {
    fn add(&mut self, other: Counts, n: i64) {
        self.development += other.development * n;
        self.own += other.own * n;
        self.workday += other.workday * n;
        self.instruction += other.instruction * n;
    }
}

fn blocks<'a>(schedule: &'a BellSchedule, whose: &Whose) -> &'a [Block] {
    match whose {
        Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
        Whose::Staff(role) => schedule.staff_blocks(role),
    }
}

fn counts(blocks: &[Block]) -> Counts {
    let minutes = minutes_by_kind(blocks);
    let of = |kind: Kind| minutes.of(kind).0;
    Counts {
        development: of(Kind::ProfessionalDevelopment),
        own: of(Kind::Preparation) + of(Kind::DutyFreeLunch),
        workday: elapsed(blocks).0,
        instruction: of(Kind::Instruction) + of(Kind::Homeroom),
    }
}

fn longest(schedule: &BellSchedule, groups: &[Group]) -> i64 {
    groups.iter().map(|g| elapsed(blocks(schedule, &g.whose)).0).max().unwrap_or(0)
}

/// Weeks with a day of attendance, in all school years of a school.
pub fn weeks(terrain: &Terrain, school: usize) -> i64 {
    let years = &terrain.timetable.schools[school].years;
    let days = years.iter().flat_map(|y| &y.days).filter(|d| d.kind == DayKind::Attendance);
    let mut mondays: Vec<_> = days.map(|d| monday_of(d.date)).collect();
    mondays.dedup();
    i64::try_from(mondays.len()).unwrap_or(i64::MAX)
}

/// Weeks with school of all educators who take up the practice, each counted for herself.
pub fn educator_weeks(terrain: &Terrain) -> i64 {
    let of_school = |s: usize| i64::from(terrain.district.n_taking_up(s)) * weeks(terrain, s);
    (0..terrain.district.schools.len()).map(of_school).sum()
}

/// The district when one person of some roles serves other numbers of educators.
pub fn with_roles(district: &District, roles: &[Axis], choice: &[usize]) -> District {
    let mut other = district.clone();
    for (axis, at) in roles.iter().zip(choice) {
        let Axis::OnePer(role, values) = axis else { unreachable!("these are the axes of roles") };
        other.roles[*role].one_per_educators = Some(values[*at]);
    }
    other
}

/// What budget lines, and the roles that may move and no line pays, cost in a full year \[cents\].
pub fn cost(district: &District, resources: &Resources, roles: &[Axis]) -> i64 {
    let lines = (0..resources.budget.len()).map(|line| asked_of_line(district, resources, line).cents());
    let unpaid = roles.iter().filter_map(|axis| {
        let Axis::OnePer(role, _) = axis else { return None };
        let paid = resources.budget.iter().any(|line| line.pays_roles.contains(role));
        let people: f64 = (0..district.schools.len()).map(|s| district.fte(*role, s)).sum();
        (!paid).then(|| Dollars::new(people * district.roles[*role].cost_per_year.as_f64()).cents())
    });
    lines.chain(unpaid).sum()
}
