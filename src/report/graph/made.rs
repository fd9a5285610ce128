//! A made-up rollout for tests of the picture: as large as the ones that users have.

use crate::findings::Place;
use crate::luck::Uncertain;
use crate::readiness::Area;
use crate::readiness::Area::LearningAndTeaching;
use crate::readiness::Area::RelationshipsAndRoles;
use crate::readiness::Area::StructureAndPolicy;
use crate::readiness::Need;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Span;
use crate::readiness::build;
use crate::readiness::settle;
use crate::report::graph::Scene;
use crate::report::graph::scene;
use crate::units::Date;
use crate::units::Share;

const START: Date = jiff::civil::date(2026, 7, 1);
const END: Date = jiff::civil::date(2031, 6, 30);

type Row = (&'static str, &'static str, Area, NodeKind, f64, &'static [&'static str]);

fn rows() -> Vec<Row> {
    let union = NodeKind::Agreement { with: "teachers' union".into() };
    let drivers = NodeKind::Agreement { with: "bus drivers & aides".into() };
    let (lt, rr, sp) = (LearningAndTeaching, RelationshipsAndRoles, StructureAndPolicy);
    vec![
        ("clause:il-clock-hours", "Five clock hours make a day of attendance", sp, NodeKind::Clause(0), 0.0, &[]),
        ("clause:il-year", "At least 176 days of attendance", sp, NodeKind::Clause(1), 0.0, &[]),
        ("clause:contract-6.2", "Workday of 7 hours 25 minutes", sp, NodeKind::Clause(2), 0.0, &[]),
        ("clause:il-recess", "Thirty minutes of recess", sp, NodeKind::Clause(3), 0.0, &[]),
        ("clause:il-lunch", "Duty-free lunch", sp, NodeKind::Clause(4), 0.0, &[]),
        ("clause:meetings", "Two faculty meetings a month", sp, NodeKind::Clause(5), 0.0, &[]),
        ("clause:contract-8.1", "Directed preparation of 15 minutes", sp, NodeKind::Clause(6), 0.0, &[]),
        ("board-approval", "The board approves the plan", sp, NodeKind::Approval, 6.0, &[]),
        ("family-survey", "Families are asked", rr, NodeKind::Engagement, 4.0, &[]),
        (
            "family-evenings",
            "Family evenings in every school",
            rr,
            NodeKind::Engagement,
            8.0,
            &["family-survey", "board-approval"],
        ),
        ("agreement", "Agreement on Monday time", sp, union, 18.0, &["board-approval", "clause:contract-6.2"]),
        ("bus-agreement", "Bus routes on Mondays", sp, drivers, 10.0, &["board-approval"]),
        (
            "monday-release",
            "Monday release rings",
            sp,
            NodeKind::ScheduleInForce(0),
            2.0,
            &["agreement", "bus-agreement", "clause:il-clock-hours", "clause:il-year", "family-evenings"],
        ),
        ("coaches-funded", "Coaches are in the budget", sp, NodeKind::Funding(0), 1.0, &["board-approval"]),
        ("coaches-hired", "Coaches are hired", rr, NodeKind::RoleFilled(0), 10.0, &["coaches-funded", "agreement"]),
        ("coaches-trained", "Coaches are trained", rr, NodeKind::RoleReady(0), 12.0, &["coaches-hired", "partner"]),
        ("partner", "University partner", rr, NodeKind::Partner(0), 4.0, &["board-approval"]),
        ("devices", "A device for every pupil", sp, NodeKind::Infrastructure, 26.0, &["device-money"]),
        ("device-money", "Device money", sp, NodeKind::Funding(1), 2.0, &[]),
        ("network", "Wireless network carries all classes", sp, NodeKind::Infrastructure, 14.0, &["device-money"]),
        ("communities", "Monday communities of practice", lt, NodeKind::LearningTime(0), 1.0, &["monday-release"]),
        ("academy", "Summer academy", lt, NodeKind::LearningTime(1), 0.0, &["coaches-hired", "academy-money"]),
        ("academy-money", "Money for the academy", sp, NodeKind::Funding(2), 1.0, &["board-approval"]),
        ("assessment-lead", "Assessment specialist in each school", rr, NodeKind::RoleFilled(1), 16.0, &["agreement"]),
        ("state-waiver", "State waiver from seat time", sp, NodeKind::Approval, f64::INFINITY, &["board-approval"]),
        ("practice:goals", "Goals", lt, NodeKind::Practice(0), 0.0, &["communities", "coaches-trained"]),
        ("practice:choice", "Choice of task", lt, NodeKind::Practice(1), 0.0, &["communities", "coaches-trained"]),
        (
            "practice:inquiry",
            "Inquiry",
            lt,
            NodeKind::Practice(2),
            0.0,
            &["communities", "devices", "network", "academy"],
        ),
        (
            "practice:reflection",
            "Reflection",
            lt,
            NodeKind::Practice(3),
            0.0,
            &["communities", "assessment-lead", "clause:il-clock-hours"],
        ),
        (
            "practice:mastery",
            "Mastery transcript",
            lt,
            NodeKind::Practice(4),
            0.0,
            &["state-waiver", "assessment-lead"],
        ),
        (
            "model:learner-driven",
            "Learner-driven classroom",
            lt,
            NodeKind::Model(0),
            0.0,
            &["practice:goals", "practice:choice", "practice:inquiry", "practice:reflection"],
        ),
        ("garden", "School garden", lt, NodeKind::Infrastructure, 8.0, &["garden-money"]),
        ("garden-money", "Garden money from the parents' association", sp, NodeKind::Funding(3), 3.0, &[]),
    ]
}

/// The scene of about thirty conditions in one school.
pub fn rollout() -> Scene {
    let rows = rows();
    let ids: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let place = |id: &str| ids.iter().position(|known| *known == id).unwrap();
    let need = |id: &&str| Need { node: place(id), written: Place::nowhere() };
    let mut nodes: Vec<Node> = rows
        .iter()
        .map(|(id, title, area, kind, _, needs)| Node {
            id: id.to_string(),
            title: title.to_string(),
            area: *area,
            kind: kind.clone(),
            needs: needs.iter().map(need).collect(),
            instead: vec![],
            changed_by: None,
            takes_weeks: Uncertain::Fixed(0.0),
            not_before: None,
            until: None,
            schools: None,
            floor: Share::new(0.1).unwrap(),
            written: Place::nowhere(),
        })
        .collect();
    nodes[place("board-approval")].not_before = "2026-08-01".parse().ok();
    nodes[place("partner")].until = "2028-06-30".parse().ok();
    let graph = build(&nodes).unwrap();
    let clauses = |clause: usize, _: usize| match clause {
        1 => vec![Span { from: START, until: Some(END) }],
        _ => vec![Span { from: START, until: None }],
    };
    let readiness = settle(&graph, 1, START, END, &clauses, &|place| rows[place].4);
    scene(&graph, &readiness, 0, END, "What must hold before what: Oak Elementary School")
}
