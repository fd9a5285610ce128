//! The supply: what educators have to work with, by school and week, in one replicate.

use crate::district::Backfill;
use crate::district::District;
use crate::luck::Luck;
use crate::plan::Horizon;
use crate::plan::Resources;
use crate::plan::SchoolHours;
use crate::plan::TimetabledHours;
use crate::plan::money_shares;
use crate::readiness::Graph;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::Standing;
use crate::readiness::Touches;
use crate::units::Date;

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

/// Hours of one role that takes up the practice.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleSupply {
    /// Place of the role.
    pub role: usize,
    /// Hours of each learning time that is given, by learning time and week \[h\].
    pub learning: Vec<Vec<f64>>,
    /// Hours at work without pupils, duty or lunch, by week \[h\].
    pub non_contact: Vec<f64>,
}

/// What one school has to work with.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolSupply {
    /// Part of a full school week that each week is.
    pub school_week: Vec<f64>,
    /// Each practice.
    pub practices: Vec<PracticeSupply>,
    /// Each role that takes up the practice.
    pub roles: Vec<RoleSupply>,
    /// Each supporting role.
    pub support: Vec<SupportSupply>,
    /// How much of what each partner adds is there, by partner and week: 0 before it is at work, 1 when all
    /// of it is paid.
    pub partners: Vec<Vec<f64>>,
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
    let schools = (0..district.schools.len())
        .map(|s| {
            let view = View { district, resources, graph, standings: &readiness.schools[s], horizon, money: &money };
            school_supply(&view, s, &hours.schools[s], luck)
        })
        .collect();
    let paid = |line: Option<usize>| match line {
        Some(line) => money[line].clone(),
        None => vec![1.0; horizon.n_years],
    };
    Supply { schools, attendance_paid: resources.learning.iter().map(|l| paid(l.line)).collect() }
}

/// What the functions below look at together.
struct View<'a> {
    district: &'a District,
    resources: &'a Resources,
    graph: &'a Graph,
    standings: &'a [Standing],
    horizon: &'a Horizon,
    money: &'a [Vec<f64>],
}

impl View<'_> {
    fn by_week<T>(&self, at: impl Fn(usize, Date) -> T) -> Vec<T> {
        self.horizon.mondays.iter().enumerate().map(|(week, monday)| at(week, *monday)).collect()
    }

    /// Whether a condition holds, or is not about this school.
    fn holds(&self, node: usize, date: Date) -> bool {
        let standing = &self.standings[node];
        !standing.applies || standing.holds.iter().any(|s| s.from <= date && s.until.is_none_or(|u| date <= u))
    }

    fn money_of(&self, line: Option<usize>, week: usize) -> f64 {
        line.map_or(1.0, |line| self.money[line][self.horizon.year_of_week(week)])
    }
}

fn school_supply(view: &View, school: usize, hours: &SchoolHours, luck: &Luck) -> SchoolSupply {
    let support = view
        .district
        .support_roles()
        .map(|role| support_supply(view, school, role, hours, luck))
        .collect::<Vec<SupportSupply>>();
    SchoolSupply {
        school_week: hours.school_week.clone(),
        practices: (0..view.resources.practices.len()).map(|p| practice_supply(view, p)).collect(),
        roles: hours
            .roles
            .iter()
            .map(|r| RoleSupply {
                role: r.role,
                learning: view
                    .resources
                    .learning
                    .iter()
                    .zip(&r.learning)
                    .map(|(time, planned)| {
                        view.by_week(|week, monday| {
                            let given = time.needs.is_none_or(|node| view.holds(node, monday));
                            if given { planned[week] } else { 0.0 }
                        })
                    })
                    .collect(),
                non_contact: non_contact_left(view, school, &support, &r.non_contact, &r.contact),
            })
            .collect(),
        support,
        partners: view
            .resources
            .partners
            .iter()
            .map(|p| {
                view.by_week(|week, monday| {
                    let at_work = p.needs.is_none_or(|node| view.holds(node, monday));
                    if at_work { view.money_of(p.line, week) } else { 0.0 }
                })
            })
            .collect(),
        new_schedules: new_schedules(view),
    }
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
    let supplied = view.by_week(|week, monday| (week, node.is_none_or(|n| view.holds(n, monday))));
    let supplied = supplied
        .into_iter()
        .map(|(week, at_work)| {
            let part = hours.school_week[week].min(1.0);
            if !at_work {
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
    let cap = |touches: Touches, date: Date| {
        let missing =
            needs.iter().filter(|n| view.graph.nodes[**n].kind.touches() == touches && !view.holds(**n, date));
        missing.map(|n| view.graph.nodes[*n].floor.as_f64()).fold(1.0, f64::min)
    };
    let funding = |week: usize| {
        let lines = needs.iter().filter_map(|n| match view.graph.nodes[*n].kind {
            NodeKind::Funding(line) => Some(line),
            _ => None,
        });
        lines.map(|line| view.money_of(Some(line), week)).fold(1.0, f64::min)
    };
    PracticeSupply {
        authority: view.by_week(|_, monday| cap(Touches::Authority, monday)),
        expertise_cap: view.by_week(|_, monday| cap(Touches::Expertise, monday)),
        resources_cap: view.by_week(|week, monday| cap(Touches::Resources, monday).min(funding(week))),
    }
}

/// Where nobody takes the classes of those who moved into a role, their colleagues do, in the hours they had.
fn non_contact_left(
    view: &View,
    school: usize,
    support: &[SupportSupply],
    non_contact: &[f64],
    contact: &[f64],
) -> Vec<f64> {
    let colleagues = f64::from(view.district.n_taking_up(school).max(1));
    let mut left = non_contact.to_vec();
    for supply in support {
        match view.district.roles[supply.role].backfill {
            Backfill::Nobody => {
                let gone = view.district.fte(supply.role, school);
                for (week, hours) in left.iter_mut().enumerate() {
                    if supply.hours[week] > 0.0 {
                        *hours = (*hours - gone / colleagues * contact[week]).max(0.0);
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
