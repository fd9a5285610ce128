//! The supply: what educators have to work with, by school and week, in one replicate.

use crate::district::Backfill;
use crate::district::District;
use crate::luck::Luck;
use crate::plan::Horizon;
use crate::plan::Partner;
use crate::plan::Resources;
use crate::plan::SchoolHours;
use crate::plan::TimetabledHours;
use crate::plan::WeeklyHours;
use crate::plan::money_shares;
use crate::readiness::Graph;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::Span;
use crate::readiness::Standing;
use crate::readiness::Touches;
use std::rc::Rc;
use std::sync::Arc;

/// Hours of support from one role in one school.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportSupply {
    /// Place of the role.
    pub role: usize,
    /// Hours by week \[h\].
    pub hours: Vec<f64>,
    /// The week in which its people leave their classes for it, if they come from teachers and are replaced.
    pub taken_from_teachers: Option<(usize, f64)>,
}

/// One practice in one school.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeSupply {
    /// Authority by week: 1, or the floor of the conditions that are missing.
    pub authority: Vec<f64>,
    /// The most that expertise can be by week, while a role or partner that the practice needs is missing.
    pub expertise_cap: Vec<f64>,
    /// The most that resources can be by week: infrastructure and funding.
    pub resources_cap: Vec<f64>,
}

/// What one school has to work with. What several schools have just so is one list.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolSupply {
    /// Part of a full school week that each week is.
    pub school_week: Arc<[f64]>,
    /// Each practice.
    pub practices: Arc<[PracticeSupply]>,
    /// Place of each role that takes up the practice.
    pub roles: Vec<usize>,
    /// Hours of each learning time that is given, by week, learning time and role.
    pub learning: Arc<WeeklyHours>,
    /// Hours at work without pupils, duty or lunch, by week and role, in a single list.
    pub non_contact: Arc<WeeklyHours>,
    /// Each supporting role.
    pub support: Vec<SupportSupply>,
    /// How much of what each partner adds is there, by partner and week: 0 before it is at work, 1 when all
    /// of it is paid.
    pub partners: Arc<[Vec<f64>]>,
    /// Weeks in which a new schedule comes into force.
    pub new_schedules: Vec<usize>,
}

/// What every school has to work with.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// One entry a school.
    pub schools: Vec<SchoolSupply>,
    /// Part of those who would attend each learning time that money allows, by learning time and year.
    pub attendance_paid: Vec<Vec<f64>>,
}

/// Lays hours, help and money on weeks.
///
/// A condition counts in a week when it holds on the Monday of it.
pub fn lay(
    district: &District,
    hours: &TimetabledHours,
    resources: &Resources,
    graph: &Graph,
    readiness: &Readiness,
    horizon: &Horizon,
    luck: &Luck,
) -> Supply {
    let money = money_shares(district, resources, horizon.n_years);
    let mut schools: Vec<SchoolSupply> = Vec::with_capacity(district.schools.len());
    let mut holds: Vec<Rc<[Vec<bool>]>> = Vec::with_capacity(district.schools.len());
    for (s, standings) in readiness.schools.iter().enumerate() {
        let twin = (0..s).find(|before| Arc::ptr_eq(&readiness.schools[*before], standings));
        holds.push(match twin {
            Some(twin) => holds[twin].clone(),
            None => standings.iter().map(|standing| holds_in(standing, horizon)).collect(),
        });
        let view = View { district, resources, graph, standings, holds: &holds[s], horizon, money: &money };
        let twin = twin.map(|twin| Twin { supply: &schools[twin], hours: &hours.schools[twin] });
        let supply = school_supply(&view, s, &hours.schools[s], twin, luck);
        schools.push(supply);
    }
    let paid = |line: Option<usize>| match line {
        Some(line) => money[line].clone(),
        None => vec![1.0; horizon.n_years],
    };
    Supply { schools, attendance_paid: resources.learning.iter().map(|l| paid(l.line)).collect() }
}

/// Whether a condition holds on the Monday of each week; on all of them when it is not about this school.
fn holds_in(standing: &Standing, horizon: &Horizon) -> Vec<bool> {
    let mut holds = vec![!standing.applies; horizon.n_weeks()];
    for Span { from, until } in standing.holds.iter().filter(|_| standing.applies) {
        let first = horizon.mondays.partition_point(|monday| monday < from);
        let end = until.map(|until| horizon.mondays.partition_point(|monday| *monday <= until));
        let weeks = holds.get_mut(first..end.unwrap_or(horizon.n_weeks()));
        weeks.into_iter().for_each(|weeks| weeks.fill(true));
    }
    holds
}

/// What the functions below look at together.
struct View<'a> {
    district: &'a District,
    resources: &'a Resources,
    graph: &'a Graph,
    standings: &'a [Standing],
    /// By condition and week: whether it holds.
    holds: &'a [Vec<bool>],
    horizon: &'a Horizon,
    money: &'a [Vec<f64>],
}

/// A school before in which the same conditions hold in the same weeks.
#[derive(Clone, Copy)]
struct Twin<'a> {
    supply: &'a SchoolSupply,
    hours: &'a SchoolHours,
}

impl View<'_> {
    fn by_week<T>(&self, at: impl Fn(usize) -> T) -> Vec<T> {
        (0..self.horizon.n_weeks()).map(at).collect()
    }

    /// Whether a condition holds in a week, or is not about this school.
    fn holds(&self, node: usize, week: usize) -> bool {
        self.holds[node][week]
    }

    fn money_of(&self, line: Option<usize>, week: usize) -> f64 {
        line.map_or(1.0, |line| self.money[line][self.horizon.year_of_week(week)])
    }
}

fn school_supply(view: &View, school: usize, hours: &SchoolHours, twin: Option<Twin>, luck: &Luck) -> SchoolSupply {
    let support = view
        .district
        .support_roles()
        .map(|role| support_supply(view, school, role, hours, luck))
        .collect::<Vec<SupportSupply>>();
    SchoolSupply {
        school_week: hours.school_week.clone(),
        practices: match twin {
            Some(twin) => twin.supply.practices.clone(),
            None => (0..view.resources.practices.len()).map(|p| practice_supply(view, p)).collect(),
        },
        roles: hours.roles.clone(),
        learning: match twin {
            Some(twin) if Arc::ptr_eq(&twin.hours.learning, &hours.learning) => twin.supply.learning.clone(),
            _ => learning_given(view, &hours.learning),
        },
        non_contact: non_contact_left(view, school, &support, hours),
        support,
        partners: twin.map_or_else(|| partners_there(view), |twin| twin.supply.partners.clone()),
        new_schedules: new_schedules(view),
    }
}

fn partners_there(view: &View) -> Arc<[Vec<f64>]> {
    let there = |partner: &Partner| {
        view.by_week(|week| {
            let at_work = partner.needs.is_none_or(|node| view.holds(node, week));
            if at_work { view.money_of(partner.line, week) } else { 0.0 }
        })
    };
    view.resources.partners.iter().map(there).collect()
}

fn support_supply(view: &View, school: usize, role: usize, hours: &SchoolHours, luck: &Luck) -> SupportSupply {
    let spec = &view.district.roles[role];
    let node = spec.needs.as_ref().and_then(|id| view.graph.nodes.iter().position(|n| n.id == *id));
    let trained_by_then = node.is_some_and(|n| matches!(view.graph.nodes[n].kind, NodeKind::RoleReady(_)));
    let line = view.resources.budget.iter().position(|l| l.pays_roles.contains(&role));
    let retooling =
        if trained_by_then { 0.0 } else { spec.retooling_hours.draw(luck, &format!("retooling:{}", spec.id)).max(0.0) };
    let mut learned = 0.0;
    let mut begins = None;
    let people = view.district.fte(role, school);
    let supplied = (0..view.horizon.n_weeks())
        .map(|week| {
            let part = hours.school_week[week].min(1.0);
            if !node.is_none_or(|n| view.holds(n, week)) {
                return 0.0;
            }
            begins.get_or_insert(week);
            if learned < retooling {
                learned += spec.retooling_hours_per_week * part;
                return 0.0;
            }
            people * view.money_of(line, week) * spec.hours_per_week * (1.0 - spec.travel.as_f64()) * part
        })
        .collect();
    let taken_from_teachers = match spec.backfill {
        Backfill::FromTeachers => begins.map(|week| (week, people * view.money_of(line, week))),
        Backfill::NewHire | Backfill::Nobody => None,
    };
    SupportSupply { role, hours: supplied, taken_from_teachers }
}

fn practice_supply(view: &View, practice: usize) -> PracticeSupply {
    let node = view.graph.nodes.iter().find(|n| n.kind == NodeKind::Practice(practice));
    let needs: Vec<usize> = node.map(|n| n.needs.iter().map(|need| need.node).collect()).unwrap_or_default();
    let touching = |touches: Touches| {
        let touch = |n: &usize| view.graph.nodes[*n].kind.touches() == touches;
        needs.iter().copied().filter(touch).collect::<Vec<usize>>()
    };
    let cap = |needs: Vec<usize>| {
        let mut cap = vec![1.0_f64; view.horizon.n_weeks()];
        for need in needs {
            let floor = view.graph.nodes[need].floor.as_f64();
            for (cap, _) in cap.iter_mut().zip(&view.holds[need]).filter(|(_, holds)| !**holds) {
                *cap = cap.min(floor);
            }
        }
        cap
    };
    let mut resources_cap = cap(touching(Touches::Resources));
    for need in &needs {
        if let NodeKind::Funding(line) = view.graph.nodes[*need].kind {
            resources_cap
                .iter_mut()
                .enumerate()
                .for_each(|(week, cap)| *cap = cap.min(view.money_of(Some(line), week)));
        }
    }
    PracticeSupply {
        authority: cap(touching(Touches::Authority)),
        expertise_cap: cap(touching(Touches::Expertise)),
        resources_cap,
    }
}

/// Hours of learning time in the weeks in which it is given.
fn learning_given(view: &View, planned: &Arc<WeeklyHours>) -> Arc<WeeklyHours> {
    let mut given = planned.clone();
    for (place, time) in view.resources.learning.iter().enumerate() {
        let holds = time.needs.map(|node| &view.holds[node]);
        for (week, _) in holds.into_iter().flatten().enumerate().filter(|(_, holds)| !**holds) {
            Arc::make_mut(&mut given).of_mut(week, place).fill(0.0);
        }
    }
    given
}

/// Where nobody takes the classes of those who moved into a role, their colleagues do, in the hours they had.
fn non_contact_left(view: &View, school: usize, support: &[SupportSupply], hours: &SchoolHours) -> Arc<WeeklyHours> {
    let colleagues = f64::from(view.district.n_taking_up(school).max(1));
    let mut left = hours.non_contact.clone();
    for supply in support {
        match view.district.roles[supply.role].backfill {
            Backfill::Nobody => {
                let gone = view.district.fte(supply.role, school);
                for week in (0..view.horizon.n_weeks()).filter(|week| supply.hours[*week] > 0.0) {
                    for (left, contact) in
                        Arc::make_mut(&mut left).of_mut(week, 0).iter_mut().zip(hours.contact.of(week, 0))
                    {
                        *left = (*left - gone / colleagues * contact).max(0.0);
                    }
                }
            }
            Backfill::NewHire | Backfill::FromTeachers => {}
        }
    }
    left
}

/// A schedule that holds from the first day on is not new.
fn new_schedules(view: &View) -> Vec<usize> {
    let begins = |(node, standing): (usize, &Standing)| {
        let schedule = matches!(view.graph.nodes[node].kind, NodeKind::ScheduleInForce(_)) && standing.applies;
        let from = standing.holds_from.filter(|d| schedule && *d > view.horizon.from)?;
        view.horizon.week_of(from)
    };
    view.standings.iter().enumerate().filter_map(begins).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use crate::scenario::Scenario;
    use std::path::Path;

    /// The template: one school of 24 teachers, Monday release every other week, 60 hours of retooling at 5 a week.
    fn template() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    fn supply_of(scenario: &Scenario) -> (Supply, Horizon) {
        let checked = pipeline::check(scenario).unwrap();
        let job = pipeline::job(scenario, &checked);
        let supply = job.supply(&job.settle_typically(), &Luck::new(1, 0));
        (supply, checked.horizon.clone())
    }

    fn week(horizon: &Horizon, monday: &str) -> usize {
        horizon.week_of(monday.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_weeks_of_a_condition_are_those_on_whose_monday_it_holds() {
        let scenario = template();
        let checked = pipeline::check(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let horizon = &checked.horizon;
        let mut standings = job.settle_typically().schools[0].to_vec();
        let monday = |week: usize| horizon.mondays[week];
        let stretch = |from, until| Span { from, until };
        standings[0].holds = vec![
            stretch(monday(3), Some(monday(3))),
            stretch(monday(5).tomorrow().unwrap(), Some(monday(6).yesterday().unwrap())),
            stretch(monday(9), Some(monday(12).tomorrow().unwrap())),
        ];
        for standing in &standings {
            let twin = |week: usize| !standing.applies || standing.holds.iter().any(|s| s.contains(monday(week)));
            assert_eq!(holds_in(standing, horizon), (0..horizon.n_weeks()).map(twin).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_schools_share_is_what_each_would_have_alone() {
        for name in ["ccsd93", "reference"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
            let mut scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
            // Something only two schools wait for, so that not all are alike.
            let node = scenario.nodes.iter_mut().find(|node| node.schools.is_none()).unwrap();
            node.schools = Some(vec![1, 2]);
            node.takes_weeks = crate::luck::Uncertain::Fixed(60.0);
            let checked = pipeline::check(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let (luck, _, shared) = job.drawn(3);
            let n_lists = (0..shared.schools.len())
                .filter(|s| !(0..*s).any(|before| Arc::ptr_eq(&shared.schools[before], &shared.schools[*s])))
                .count();
            assert!(n_lists > 1 && n_lists < shared.schools.len(), "{name}: {n_lists} lists");
            let apart = Readiness { schools: shared.schools.iter().map(|list| list.to_vec().into()).collect() };
            assert_eq!(job.supply(&shared, &luck), job.supply(&apart, &luck), "{name}");
        }
    }

    #[test]
    fn hours_flow_from_the_bells_once_the_release_is_in_force() {
        let (supply, horizon) = supply_of(&template());
        let communities = |week: usize| supply.schools[0].learning.of(week, 0)[0];
        // by hand: board 2026-08-01 + 6 weeks, agreement + 12, schedule + 2: 20 weeks after 1 August is 19 December
        assert_eq!(communities(week(&horizon, "2026-12-07")), 0.0, "not yet in force");
        // by hand: 75 min of communities a short Monday, 0.9 of it on the practice: 1.125 h
        let short = week(&horizon, "2027-01-11");
        assert!((communities(short) - 1.125).abs() < 1e-12, "{}", communities(short));
        assert_eq!(communities(short - 1), 0.0, "every other Monday is a full day");
    }

    #[test]
    fn an_institute_day_gives_half_of_its_hours() {
        let (supply, horizon) = supply_of(&template());
        // by hand: two institute days of 6 h, half of it on the practice
        let institutes = supply.schools[0].learning.of(week(&horizon, "2026-08-17"), 1);
        assert!((institutes[0] - 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_coach_helps_nobody_before_she_is_hired_and_trained() {
        let (supply, horizon) = supply_of(&template());
        let support = &supply.schools[0].support[0];
        let hired = support.taken_from_teachers.unwrap().0;
        // by hand: 24 teachers at one for 30 are 0.8 coaches; the line of 100,000 pays all of 0.8 * 92,000
        assert!((support.taken_from_teachers.unwrap().1 - 0.8).abs() < 1e-12);
        // by hand: 60 h at 5 a full school week take 12 full weeks at least
        let first = support.hours.iter().position(|h| *h > 0.0).unwrap();
        assert!(first >= hired + 12, "hired in week {hired}, helps in week {first}");
        // by hand: 0.8 * 25 h * (1 - 0.1) in a full week
        assert!((support.hours[week(&horizon, "2027-09-20")] - 18.0).abs() < 1e-9);
    }

    #[test]
    fn authority_is_the_floor_until_everything_holds() {
        let (supply, horizon) = supply_of(&template());
        let goals = &supply.schools[0].practices[0];
        assert_eq!(goals.authority[week(&horizon, "2026-10-05")], 0.1);
        assert_eq!(goals.authority[week(&horizon, "2027-02-01")], 1.0);
        assert!(goals.expertise_cap.iter().chain(&goals.resources_cap).all(|c| *c == 1.0), "it needs neither");
    }

    #[test]
    fn where_money_is_short_everything_on_the_line_shrinks_alike() {
        let mut scenario = template();
        let line = scenario.resources.budget.iter_mut().find(|l| l.id == "coaching").unwrap();
        line.by_year = vec![crate::units::Dollars::new(36_800.0); 2];
        let (supply, horizon) = supply_of(&scenario);
        // by hand: 0.8 * 92,000 = 73,600 are asked, half of it is there: half of 18 h
        assert!((supply.schools[0].support[0].hours[week(&horizon, "2027-09-20")] - 9.0).abs() < 1e-9);
    }

    #[test]
    fn classes_that_nobody_takes_over_cost_colleagues_their_free_hours() {
        let mut scenario = template();
        let (before, horizon) = supply_of(&scenario);
        let coach = scenario.district.role("coach").unwrap();
        scenario.district.roles[coach].backfill = Backfill::Nobody;
        let (after, _) = supply_of(&scenario);
        let at = week(&horizon, "2027-09-20");
        let free = |s: &Supply| s.schools[0].non_contact.of(at, 0)[0];
        assert!(free(&after) < free(&before));
        assert_eq!(after.schools[0].support[0].taken_from_teachers, None);
    }

    #[test]
    fn a_schedule_that_begins_later_is_new_and_one_from_the_start_is_not() {
        let (supply, _) = supply_of(&template());
        assert_eq!(supply.schools[0].new_schedules.len(), 1);
        let mut scenario = template();
        scenario.nodes.iter_mut().for_each(|n| {
            n.takes_weeks = crate::luck::Uncertain::Fixed(0.0);
            n.not_before = None;
        });
        let (supply, _) = supply_of(&scenario);
        assert!(supply.schools[0].new_schedules.is_empty());
    }
}
