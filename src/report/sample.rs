//! A made-up scenario with its outcome, to draw and to test with before anything has been simulated.
//!
//! Nine schools, 262 weeks, curves of a plausible shape. Every number is invented.

use crate::adoption::Capacity;
use crate::adoption::Gate;
use crate::adoption::Ladder;
use crate::adoption::Policy;
use crate::adoption::Response;
use crate::adoption::Rules;
use crate::adoption::Step;
use crate::adoption::Variants;
use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::calendar::Special;
use crate::calendar::YearRules;
use crate::calendar::days_later;
use crate::calendar::lay_days;
use crate::calendar::monday_of;
use crate::clauses::Amount;
use crate::clauses::Applies;
use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::ExceptionUse;
use crate::clauses::Failure;
use crate::clauses::Figure;
use crate::clauses::Government;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Order;
use crate::clauses::Outcome as Answered;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::Window;
use crate::district::Backfill;
use crate::district::District;
use crate::district::Level;
use crate::district::Role;
use crate::district::School;
use crate::ensemble::Band;
use crate::ensemble::ConditionDates;
use crate::ensemble::GroupCurves;
use crate::ensemble::Milestone;
use crate::ensemble::ModelReach;
use crate::ensemble::PracticeCurves;
use crate::ensemble::Reached;
use crate::ensemble::Results;
use crate::ensemble::StudentOutcome;
use crate::ensemble::YearEnd;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::ledger::Ledger;
use crate::ledger::LineYear;
use crate::ledger::StaffYear;
use crate::levers::Breach;
use crate::levers::ClauseBreach;
use crate::levers::Closures;
use crate::levers::Days;
use crate::levers::Estimate;
use crate::levers::Fate;
use crate::levers::LostDays;
use crate::levers::Needed;
use crate::levers::Snow;
use crate::levers::SnowYear;
use crate::luck::Uncertain;
use crate::pipeline::Outcome;
use crate::plan::BudgetLine;
use crate::plan::Practice;
use crate::plan::PracticeModel;
use crate::plan::Resources;
use crate::plan::Voice;
use crate::readiness::Area;
use crate::readiness::Graph;
use crate::readiness::Need;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::Span;
use crate::readiness::Standing;
use crate::scenario::Goal;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::source::Assumption;
use crate::source::Source;
use crate::source::Sources;
use crate::timetable;
use crate::timetable::Whose;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;
use std::collections::BTreeMap;

const YEARS: [&str; 5] = ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31"];
const SCHOOLS: [(&str, &str, Level, &str); 9] = [
    ("early", "Jay Stream Early Childhood Center", Level::EarlyChildhood, "PK-K"),
    ("oak", "Oak Elementary School", Level::Elementary, "K-5"),
    ("elm", "Elsie C. Johnson Elementary School", Level::Elementary, "K-5"),
    ("heritage", "Heritage Lakes Elementary School", Level::Elementary, "K-5"),
    ("cloverdale", "Cloverdale Elementary School", Level::Elementary, "K-5"),
    ("western", "Western Trails Elementary School", Level::Elementary, "K-5"),
    ("roy", "Roy De Shane Elementary School", Level::Elementary, "K-5"),
    ("jay", "Jay Stream Middle School", Level::Middle, "6-8"),
    ("stratford", "Stratford Middle School", Level::Middle, "6-8"),
];

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn share(x: f64) -> Share {
    Share::new(x).unwrap()
}

fn blocks(list: &[(Kind, &str, &str)]) -> Vec<Block> {
    let time = |t: &str| ClockTime::from_text(t).unwrap();
    list.iter().map(|(k, a, b)| Block::new(None, *k, time(a), time(b)).unwrap()).collect()
}

fn schedule(
    id: &str,
    title: &str,
    grades: &str,
    pupils: &[(Kind, &str, &str)],
    staff: &[(Kind, &str, &str)],
) -> BellSchedule {
    let pupils = match pupils.is_empty() {
        true => Vec::new(),
        false => vec![PupilDay { grades: Grades::from_text(grades).unwrap(), blocks: blocks(pupils) }],
    };
    BellSchedule {
        id: id.into(),
        title: title.into(),
        pupils,
        staff: vec![StaffDay { roles: vec!["teacher".into()], blocks: blocks(staff) }],
        written: Place::nowhere(),
    }
}

fn schedules() -> Vec<BellSchedule> {
    use Kind::*;
    vec![
        schedule(
            "elementary-full",
            "Elementary, Tuesday to Friday",
            "PK-5",
            &[
                (Instruction, "8:45", "11:40"),
                (Lunch, "11:40", "12:10"),
                (Recess, "12:10", "12:30"),
                (Instruction, "12:30", "15:45"),
            ],
            &[
                (Duty, "8:30", "8:45"),
                (Instruction, "8:45", "11:40"),
                (DutyFreeLunch, "11:40", "12:10"),
                (Duty, "12:10", "12:30"),
                (Instruction, "12:30", "14:15"),
                (Preparation, "14:15", "15:00"),
                (Instruction, "15:00", "15:45"),
                (DirectedPreparation, "15:45", "16:00"),
            ],
        ),
        schedule(
            "elementary-monday",
            "Elementary, Monday early release",
            "PK-5",
            &[
                (Instruction, "8:45", "11:40"),
                (Lunch, "11:40", "12:10"),
                (Recess, "12:10", "12:25"),
                (Instruction, "12:25", "14:15"),
            ],
            &[
                (Duty, "8:30", "8:45"),
                (Instruction, "8:45", "11:40"),
                (DutyFreeLunch, "11:40", "12:10"),
                (Duty, "12:10", "12:25"),
                (Instruction, "12:25", "14:15"),
                (Duty, "14:15", "14:30"),
                (ProfessionalDevelopment, "14:30", "15:45"),
            ],
        ),
        schedule(
            "middle-full",
            "Middle, Tuesday to Friday",
            "6-8",
            &[
                (Homeroom, "8:00", "8:20"),
                (Passing, "8:20", "8:24"),
                (Instruction, "8:24", "9:08"),
                (Passing, "9:08", "9:12"),
                (Instruction, "9:12", "9:56"),
                (Passing, "9:56", "10:00"),
                (Instruction, "10:00", "10:44"),
                (Passing, "10:44", "10:48"),
                (Instruction, "10:48", "11:32"),
                (Lunch, "11:32", "12:02"),
                (Passing, "12:02", "12:06"),
                (Instruction, "12:06", "12:50"),
                (Passing, "12:50", "12:54"),
                (Instruction, "12:54", "13:38"),
                (Passing, "13:38", "13:42"),
                (Instruction, "13:42", "14:26"),
                (Passing, "14:26", "14:30"),
                (Instruction, "14:30", "15:00"),
            ],
            &[
                (Duty, "7:45", "8:00"),
                (Homeroom, "8:00", "8:20"),
                (Instruction, "8:24", "9:56"),
                (Preparation, "10:00", "10:44"),
                (Instruction, "10:48", "11:32"),
                (DutyFreeLunch, "11:32", "12:02"),
                (Instruction, "12:06", "13:38"),
                (DirectedPreparation, "13:42", "14:26"),
                (Instruction, "14:30", "15:00"),
            ],
        ),
        schedule(
            "middle-monday",
            "Middle, Monday early release",
            "6-8",
            &[(Instruction, "8:00", "11:00"), (Lunch, "11:00", "11:30"), (Instruction, "11:30", "13:30")],
            &[
                (Duty, "7:45", "8:00"),
                (Instruction, "8:00", "11:00"),
                (DutyFreeLunch, "11:00", "11:30"),
                (Instruction, "11:30", "13:30"),
                (ProfessionalDevelopment, "13:40", "15:00"),
            ],
        ),
        schedule(
            "institute",
            "Institute day",
            "K-8",
            &[],
            &[
                (ProfessionalDevelopment, "8:30", "11:30"),
                (DutyFreeLunch, "11:30", "12:15"),
                (Meeting, "12:15", "13:15"),
                (ProfessionalDevelopment, "13:15", "15:15"),
            ],
        ),
    ]
}

fn special(kind: DayKind, name: &str, from: Date, n: i64, rings: Option<&str>) -> Special {
    Special {
        kind,
        name: Some(name.into()),
        dates: (0..n).map(|i| days_later(from, i)).collect(),
        rings: rings.map(String::from),
        written: Place::nowhere(),
    }
}

fn calendar() -> Calendar {
    let full = Some("full".to_string());
    let years = (0..5i16).map(|n| {
        let y = 2026 + n;
        let first = days_later(monday_of(date(&format!("{y}-08-20"))), 2);
        let last = days_later(monday_of(date(&format!("{}-05-28", y + 1))), 3);
        let at = |m: &str, plus: i64| days_later(monday_of(date(m)), plus);
        let rules = YearRules {
            id: YEARS[n as usize].into(),
            first,
            last,
            terms: Vec::new(),
            week: [Some("monday".into()), full.clone(), full.clone(), full.clone(), full.clone(), None, None],
            alternate: Vec::new(),
            special: vec![
                special(DayKind::Institute, "Institute", days_later(first, -2), 2, Some("institute")),
                special(DayKind::Holiday, "Labor Day", at(&format!("{y}-09-07"), 0), 1, None),
                special(DayKind::Institute, "Institute", at(&format!("{y}-10-09"), 4), 1, Some("institute")),
                special(DayKind::Conference, "Conferences", at(&format!("{y}-11-25"), 1), 2, Some("institute")),
                special(DayKind::Holiday, "Thanksgiving", at(&format!("{y}-11-26"), 3), 2, None),
                special(DayKind::Break, "Winter break", at(&format!("{y}-12-23"), 0), 12, None),
                special(DayKind::Holiday, "King Day", at(&format!("{}-01-20", y + 1), 0), 1, None),
                special(DayKind::Emergency, "Snow", at(&format!("{}-02-04", y + 1), 2), 1, None),
                special(DayKind::Break, "Spring break", at(&format!("{}-03-24", y + 1), 0), 5, None),
            ],
            emergency_days: 5,
            written: Place::nowhere(),
        };
        lay_days(&rules).unwrap()
    });
    Calendar { id: "district".into(), years: years.collect(), written: Place::nowhere() }
}

fn district() -> District {
    let role = |id: &str, title: &str, takes: bool, one_per: Option<f64>| Role {
        id: id.into(),
        title: title.into(),
        takes_up_practice: takes,
        one_per_educators: one_per,
        hours_per_week: 25.0,
        travel: share(0.1),
        knows: vec![0, 1, 2, 3],
        grades: Grades::ALL,
        strengths: Vec::new(),
        retooling_hours: Uncertain::Fixed(60.0),
        retooling_hours_per_week: 5.0,
        cost_per_year: Dollars::new(92_000.0),
        backfill: Backfill::FromTeachers,
        duty_hours_per_week: 0.0,
        needs: None,
        written: Place::nowhere(),
    };
    let schools = SCHOOLS.iter().map(|(id, name, level, grades)| {
        let grades = Grades::from_text(grades).unwrap();
        let (full, monday) = match level {
            Level::Middle => (2, 3),
            Level::EarlyChildhood | Level::Elementary | Level::High | Level::Other => (0, 1),
        };
        let bells = [("full", full), ("monday", monday), ("institute", 4)];
        School {
            id: (*id).into(),
            name: (*name).into(),
            state: "IL".into(),
            level: *level,
            grades,
            pupils: grades.iter().map(|g| (g, 60 + g.index() as u32)).collect(),
            positions: vec![(0, 30), (1, 1)],
            team_size: 4,
            calendar: 0,
            bells: bells.iter().map(|(n, p)| (n.to_string(), *p)).collect(),
            leaders_support: share(0.6),
            families_support: share(0.5),
            written: Place::nowhere(),
        }
    });
    District {
        name: "Carol Stream Example District".into(),
        roles: vec![
            role("teacher", "Teacher", true, None),
            role("principal", "Principal", false, None),
            role("coach", "Instructional coach", false, Some(30.0)),
        ],
        schools: schools.collect(),
    }
}

type Row = (&'static str, &'static str, &'static str, Order, Window, Unit, i64, i64, i64);

/// Clause, title, section, order, window, unit, have, need, slack.
const CLAUSES: [Row; 11] = [
    (
        "il-clock-hours",
        "Five clock hours make a day of attendance",
        "10-19.05(a), (d)",
        Order::Statute,
        Window::Day,
        Unit::Minutes,
        285,
        300,
        -15,
    ),
    (
        "il-days",
        "At least 176 days of pupil attendance",
        "10-19",
        Order::Statute,
        Window::Year,
        Unit::Days,
        178,
        176,
        2,
    ),
    (
        "il-lunch",
        "Duty-free lunch of at least thirty minutes",
        "24-9",
        Order::Statute,
        Window::Day,
        Unit::Minutes,
        30,
        30,
        0,
    ),
    ("il-pe", "Daily physical education", "27-6", Order::Statute, Window::Week, Unit::Minutes, 150, 120, 30),
    (
        "prep-week",
        "Preparation time in each week",
        "Article 6.2",
        Order::Contract,
        Window::Week,
        Unit::Minutes,
        225,
        240,
        -15,
    ),
    (
        "prep-directed",
        "Directed preparation is at most a third",
        "Article 6.3",
        Order::Contract,
        Window::Week,
        Unit::Minutes,
        60,
        75,
        15,
    ),
    (
        "workday",
        "The workday is at most seven and a half hours",
        "Article 5.1",
        Order::Contract,
        Window::Day,
        Unit::Minutes,
        450,
        450,
        0,
    ),
    (
        "contact",
        "Contact with pupils in a week",
        "Article 5.4",
        Order::Contract,
        Window::Week,
        Unit::Minutes,
        1_520,
        1_575,
        55,
    ),
    (
        "plan-blocks",
        "Plan times in a week, each of 40 minutes or more",
        "Article 6.1",
        Order::Contract,
        Window::Week,
        Unit::Blocks,
        4,
        4,
        0,
    ),
    ("institutes", "Institute days in a year", "Article 9.1", Order::Memorandum, Window::Year, Unit::Days, 3, 4, 1),
    (
        "hours-year",
        "Instructional minutes in a school year under board policy",
        "6:20",
        Order::Policy,
        Window::Year,
        Unit::Minutes,
        58_805,
        57_750,
        1_055,
    ),
];

fn clauses() -> Vec<Clause> {
    let every = Applies {
        states: Vec::new(),
        schools: Vec::new(),
        grades: Grades::ALL,
        roles: Vec::new(),
        days: vec![DayKind::Attendance],
    };
    let clause = |id: &str, title: &str, section: &str, order: Order, rule: Rule| Clause {
        id: id.into(),
        title: title.into(),
        source: Some("statute".into()),
        section: section.into(),
        text: format!("{title}, as the text has it & as <read>."),
        order,
        changed_by: Government::State,
        waivable_by: Vec::new(),
        checked_on: Some(date("2026-11-22")),
        applies: every.clone(),
        rule,
        penalty: None,
        assumed: id == "contact",
        written: Place::nowhere(),
    };
    let mut list: Vec<Clause> = CLAUSES
        .iter()
        .map(|(id, title, section, order, per, unit, _, need, _)| {
            let amount = match unit {
                Unit::Minutes => Amount::Minutes(*need),
                Unit::Days => Amount::Days(*need),
                Unit::Blocks => Amount::Blocks(*need),
                Unit::Clock | Unit::PerOne | Unit::Share | Unit::Dollars => unreachable!("the sample has none"),
            };
            let limit = Limit {
                measure: Measure::PupilMinutes {
                    counts: vec![Kind::Instruction],
                    caps: Vec::new(),
                    in_blocks_of: None,
                    between: None,
                },
                credits: Vec::new(),
                figure: Figure::Total,
                averaged: None,
                rounding: None,
                side: Side::AtLeast,
                per: *per,
                values: vec![DatedValue { from: None, until: None, amount, source: None }],
                written: Place::nowhere(),
            };
            let rule = Rule::Computable { requires: Requirement::Limit(limit), unless: Vec::new() };
            clause(id, title, section, *order, rule)
        })
        .collect();
    let reason = "good faith is not in a timetable".to_string();
    list.push(clause(
        "meetings",
        "Meetings are called in good faith",
        "Article 7.3",
        Order::Contract,
        Rule::NotComputable(reason),
    ));
    list
}

fn verdict(clause: usize, school: usize, year: &str, outcome: Answered) -> Verdict {
    Verdict {
        clause,
        school,
        whose: Some(Whose::Staff("teacher".into())),
        of_district: false,
        year: year.into(),
        outcome,
        have: None,
        need: None,
        slack: None,
        tightest: None,
        alternative: None,
        uses: Vec::new(),
        waiver: None,
        on_condition: false,
        failures: Vec::new(),
        n_failing: 0,
        short_in_all: Quantity::whole(0, Unit::Minutes),
        per_written_unit: 1,
        would_change: Vec::new(),
        n_windows: 0,
        reasons: Vec::new(),
    }
}

fn verdicts() -> Verdicts {
    let mut list = Vec::new();
    for (place, (_, _, _, order, _, unit, have, need, slack)) in CLAUSES.iter().enumerate() {
        for (school, (.., level, grades)) in SCHOOLS.iter().enumerate() {
            for (n, year) in YEARS.iter().enumerate() {
                let only_middle = place == 4 && *level != Level::Middle;
                let gain = if only_middle || (place == 0 && n > 0) { 20 } else { 0 };
                let of = |amount: i64| Some(Quantity::whole(amount, *unit));
                let outcome = if slack + gain < 0 { Answered::Fails } else { Answered::Holds };
                let worst_on = date(&format!("{}-08-31", 2026 + n));
                let tightest = Some(worst_on);
                let mut v = verdict(place, school, year, outcome);
                if *order == Order::Statute {
                    v.whose = Some(Whose::Pupils(Grades::from_text(grades).unwrap().iter().next().unwrap()));
                }
                (v.have, v.need, v.slack, v.tightest, v.n_windows) =
                    (of(have + gain), of(*need), of(slack + gain), tightest, 36);
                if outcome == Answered::Fails {
                    v.failures = vec![Failure {
                        date: worst_on,
                        have: of(*have).unwrap(),
                        need: of(*need).unwrap(),
                        slack: of(*slack).unwrap(),
                        why: "no exception covers it".into(),
                    }];
                }
                if place == 0 && outcome == Answered::Holds {
                    v.uses = vec![ExceptionUse {
                        exception: "d-3".into(),
                        days: 34,
                        cap_days: None,
                        slack: of(5).unwrap(),
                        tightest: worst_on,
                    }];
                }
                v.reasons = vec!["285 min of instruction on Mondays against 300 min.".into()];
                list.push(v);
            }
        }
    }
    for school in 0..SCHOOLS.len() {
        list.push(verdict(11, school, YEARS[0], Answered::NotComputable));
    }
    Verdicts { list }
}

fn curve(top: f64, middle: f64, slope: f64) -> Vec<f64> {
    (0..262).map(|w| top / (1.0 + libm::exp(-(f64::from(w) - middle) / slope))).collect()
}

fn band(top: f64, middle: f64, slope: f64) -> Band {
    Band {
        low: curve(top - 0.08, middle + 14.0, slope),
        median: curve(top, middle, slope),
        high: curve((top + 0.06).min(1.0), middle - 12.0, slope),
    }
}

fn group(name: &str, n_educators: u32, late: f64) -> GroupCurves {
    let wave = |peak: f64, width: f64, most: f64| -> Vec<f64> {
        (0..262).map(|w| most * libm::exp(-libm::pow((f64::from(w) - peak) / width, 2.0))).collect()
    };
    let mut held =
        [wave(20.0, 60.0, 0.3), wave(10.0, 30.0, 0.5), wave(120.0, 60.0, 0.32), wave(60.0, 40.0, 0.35), Vec::new()];
    held[4] = (0..262).map(|w| 1.0 - held[..4].iter().map(|h| h[w]).sum::<f64>()).collect();
    GroupCurves {
        name: name.into(),
        n_educators,
        at_least: [
            band(0.97, 18.0 + late, 7.0),
            band(0.94, 38.0 + late, 9.0),
            band(0.85, 66.0 + late, 14.0),
            band(0.62, 128.0 + late, 26.0),
            band(0.3, 190.0 + late, 26.0),
        ],
        held_by: held,
        practices: (0..4)
            .map(|p| PracticeCurves {
                practice: p,
                using: band(0.6 - 0.1 * p as f64, 70.0 + 15.0 * p as f64, 18.0),
                routine: band(0.4 - 0.09 * p as f64, 130.0 + 15.0 * p as f64, 26.0),
            })
            .collect(),
        students_experience: band(0.55, 140.0 + late, 26.0),
        families_support: curve(0.7, 60.0, 40.0),
        load: curve(0.9, 20.0, 10.0),
    }
}

fn reached(low: Option<usize>, median: Option<usize>, high: Option<usize>, share_reaching: f64) -> Reached {
    Reached { low, median, high, share_reaching }
}

fn results(weeks: Vec<Date>, district: &District) -> Results {
    let at_school = |w: &Date| if (6..8).contains(&w.month()) { 0.0 } else { 1.0 };
    let schools: Vec<GroupCurves> =
        district.schools.iter().enumerate().map(|(n, s)| group(&s.name, 30, 6.0 * n as f64 - 20.0)).collect();
    let everybody = group(&district.name, 270, 0.0);
    let at = |b: &Band, w: usize| [b.low[w], b.median[w], b.high[w]];
    let year_ends = (0..5)
        .map(|n| YearEnd {
            year: YEARS[n].into(),
            week: (52 * n + 48).min(261),
            using: at(everybody.using(), 52 * n + 48),
            routine: at(everybody.routine(), 52 * n + 48),
            leavers: 22.4 + n as f64,
            movers: 9.5,
            stopped_using: 3.25,
        })
        .collect();
    let students = district.schools.iter().enumerate().flat_map(|(s, school)| {
        let pupils = school.pupils.clone();
        YEARS.iter().enumerate().flat_map(move |(n, year)| {
            let row = move |(grade, n_pupils): (Grade, u32)| StudentOutcome {
                school: s,
                grade,
                year: (*year).into(),
                n_pupils,
                experience: [0.08 * n as f64, 0.11 * n as f64, 0.14 * n as f64],
                voice: [0.05 * n as f64, 0.08 * n as f64, 0.1 * n as f64],
            };
            pupils.clone().into_iter().map(row)
        })
    });
    let conditions = (0..7).flat_map(|node| {
        (0..9).map(move |school| {
            let from = days_later(date("2026-08-12"), 30 * node as i64);
            let late = (node != 6).then(|| days_later(from, 70));
            ConditionDates {
                node,
                school,
                holds_from: [Some(days_later(from, -10)), Some(from), late],
                critical: if node < 4 { 0.9 } else { 0.1 },
            }
        })
    });
    Results {
        school_week: weeks.iter().map(at_school).collect(),
        weeks,
        replicates: 200,
        schools,
        milestones: vec![
            Milestone { share: 0.5, level: 3, reached: reached(Some(58), Some(71), Some(88), 1.0) },
            Milestone { share: 0.8, level: 3, reached: reached(Some(92), Some(105), None, 0.72) },
            Milestone { share: 0.5, level: 4, reached: reached(Some(140), Some(165), Some(201), 0.98) },
            Milestone { share: 0.8, level: 4, reached: reached(None, None, None, 0.03) },
        ],
        models: vec![ModelReach {
            model: 0,
            using_all: Band { low: vec![0.1], median: vec![0.2], high: vec![0.3] },
            schools_at_scale: Band {
                low: vec![0.0, 0.0, 1.0, 3.0, 5.0],
                median: vec![0.0, 1.0, 3.0, 5.0, 7.0],
                high: vec![0.0, 2.0, 5.0, 8.0, 9.0],
            },
            schools: (0..9).map(|n| reached(Some(100 + 10 * n), (n < 7).then_some(130 + 10 * n), None, 0.6)).collect(),
        }],
        students: students.collect(),
        conditions: conditions.collect(),
        year_ends,
        district: everybody,
    }
}

fn nodes() -> Vec<Node> {
    let node = |id: &str, title: &str, area: Area, kind: NodeKind, needs: &[usize]| Node {
        id: id.into(),
        title: title.into(),
        area,
        kind,
        needs: needs.iter().map(|n| Need { node: *n, written: Place::nowhere() }).collect(),
        instead: Vec::new(),
        changed_by: None,
        takes_weeks: Uncertain::Triangular { low: 4.0, mode: 6.0, high: 12.0 },
        not_before: None,
        until: None,
        schools: None,
        floor: share(0.1),
        written: Place::nowhere(),
    };
    let with = "teachers' union".to_string();
    vec![
        node("board-approval", "The board approves the plan", Area::StructureAndPolicy, NodeKind::Approval, &[]),
        node(
            "agreement",
            "Agreement with the teachers' union",
            Area::StructureAndPolicy,
            NodeKind::Agreement { with },
            &[0],
        ),
        node("monday-release", "Monday release in force", Area::StructureAndPolicy, NodeKind::ScheduleInForce(1), &[1]),
        node("coaches-trained", "Coaches are trained", Area::RelationshipsAndRoles, NodeKind::RoleReady(2), &[2]),
        node("devices", "Devices in classrooms", Area::StructureAndPolicy, NodeKind::Infrastructure, &[0]),
        node("families", "Families informed", Area::RelationshipsAndRoles, NodeKind::Engagement, &[0]),
        node("practice:goals", "Goal setting", Area::LearningAndTeaching, NodeKind::Practice(0), &[2, 3]),
    ]
}

fn standings() -> Vec<Vec<Standing>> {
    let row = (0..7).map(|n| {
        let from = days_later(date("2026-08-12"), 30 * n);
        Standing {
            applies: true,
            begins: Some(days_later(from, -30)),
            holds_from: Some(from),
            holds: vec![Span { from, until: None }],
            waits_for: None,
            slack_days: Some(if n < 4 { 0 } else { 45 }),
            critical: n < 4 || n == 6,
        }
    });
    vec![row.collect(); 9]
}

fn resources() -> Resources {
    let titles = [
        ("goals", "Goal setting with pupils"),
        ("choice", "Choice of task"),
        ("inquiry", "Inquiry"),
        ("reflection", "Reflection"),
    ];
    let practice = |(id, title): &(&str, &str)| Practice {
        id: (*id).into(),
        title: (*title).into(),
        grades: Grades::ALL,
        voice: Voice::Shared,
        after: Vec::new(),
        written: Place::nowhere(),
    };
    let line = |id: &str, title: &str, usd: f64| BudgetLine {
        id: id.into(),
        title: title.into(),
        by_year: vec![Dollars::new(usd); 5],
        pays_roles: vec![2],
        written: Place::nowhere(),
    };
    Resources {
        practices: titles.iter().map(practice).collect(),
        models: vec![PracticeModel {
            id: "learner-driven".into(),
            title: "Learner-driven classroom".into(),
            of: vec![0, 1],
            at_scale: share(0.6),
            written: Place::nowhere(),
        }],
        voice_limits: Vec::new(),
        learning: Vec::new(),
        partners: Vec::new(),
        engagement: Vec::new(),
        budget: vec![
            line("coaching", "Coaching", 800_000.0),
            line("development", "Professional development", 30_000.0),
        ],
    }
}

fn ledger() -> Ledger {
    let staff = (0..9).flat_map(|school| {
        YEARS.iter().map(move |year| StaffYear {
            school,
            role: "teacher".into(),
            year: (*year).into(),
            hours_by_kind: vec![870.0, 10.5, 0.0, 0.0, 0.0, 105.0, 35.0, 89.0, 94.0, 60.25, 4.0],
            days: 184,
        })
    });
    let lines = (0..2).flat_map(|line| {
        (0..5).map(move |year| LineYear {
            line,
            year,
            available: Dollars::new(if line == 0 { 800_000.0 } else { 30_000.0 }),
            asked: Dollars::new(if line == 0 { 828_000.0 } else { 21_500.5 }),
        })
    });
    Ledger { staff: staff.collect(), lines: lines.collect() }
}

/// 200 replicates of each year: 60 lose no day, 10 of them one day too many for anything to help.
fn snow() -> Snow {
    let share = |hits: usize| Estimate::new(hits, 200);
    let breach = |without: usize, after: usize| Breach { without: share(without), after: share(after) };
    let fate = |(days, holds, made_up, breached): &(u32, u32, u32, u32)| Fate {
        days: *days,
        holds: *holds,
        made_up: *made_up,
        breached: *breached,
    };
    let fates = [
        (0, 60, 0, 0),
        (1, 10, 50, 0),
        (2, 0, 40, 0),
        (3, 0, 18, 0),
        (4, 0, 12, 0),
        (5, 0, 5, 0),
        (6, 0, 2, 0),
        (7, 0, 0, 3),
    ];
    let year = |id: &&str| SnowYear {
        year: (*id).to_string(),
        proposed: 5,
        lost: Days { mean: 1.5, low: 0, median: 1, high: 4, most: 7 },
        fates: fates.iter().map(fate).collect(),
        any: breach(130, 3),
        clauses: vec![
            ClauseBreach { clause: 1, breach: breach(130, 3) },
            ClauseBreach { clause: 9, breach: breach(0, 0) },
        ],
        left_out: vec![0, 4],
        needed: Needed { mean: Some(1.1), median: Some(1), high: Some(3), most: None, never: share(10) },
    };
    Snow { replicates: 200, years: YEARS.iter().map(year).collect() }
}

fn rules() -> Rules {
    let step = |median_weeks: f64, hours: f64| Step { median_weeks, needs: vec![Capacity::Will], hours };
    Rules {
        parameters: BTreeMap::new(),
        ladder: Ladder {
            steps: [step(6.0, 0.0), step(6.0, 0.0), step(8.0, 14.0), step(30.0, 49.0), step(50.0, 100.0)],
            starts_at: 0,
        },
        gate: Gate::Min,
        policy: Policy::JustInTime,
        response: Response::Linear,
        turnover: Vec::new(),
        variants: Variants::default(),
    }
}

fn sources() -> Sources {
    let source = Source {
        title: "105 ILCS 5/10-19.05".into(),
        publisher: Some("State of Illinois".into()),
        link: Some("https://www.ilga.gov".into()),
        read: Some(date("2026-11-22")),
        note: None,
    };
    let assumption =
        |item: &str, field: &str| Assumption { item: item.into(), field: field.into(), file: "bells.ron".into() };
    Sources {
        documents: BTreeMap::from([("statute".to_string(), source)]),
        assumptions: vec![assumption("bells elementary-monday", "pupils"), assumption("parameter will.team", "*")],
    }
}

/// A made-up scenario and its outcome.
pub fn sample() -> (Scenario, Outcome) {
    let (calendars, schedules, district) = (vec![calendar()], schedules(), district());
    let timetable = timetable::build(&calendars, &schedules, &district);
    let from = date("2026-07-01");
    let weeks: Vec<Date> = (0..262).map(|w| days_later(monday_of(from), 7 * w)).collect();
    let results = results(weeks, &district);
    let nodes = nodes();
    let mut warnings = Findings::new();
    warnings.push(
        Finding::warning("sample::warning", "the pilot school has no coach before January")
            .help("open the role earlier"),
    );
    let scenario = Scenario {
        name: "sample".into(),
        title: "Monday release <b>& more</b>".into(),
        question: "Is the Monday release lawful, and how far does the new practice spread with it?".into(),
        from,
        school_years: 5,
        seed: 93,
        goal: Goal { using: share(0.8) },
        sources: sources(),
        district,
        calendars,
        closures: Some(Closures {
            by_month: vec![(1, LostDays::Poisson { mean: 1.0 }), (2, LostDays::Observed(vec![0, 1]))],
            written: Place::nowhere(),
        }),
        schedules,
        clauses: clauses(),
        waivers: Vec::new(),
        facts: Vec::new(),
        nodes: nodes.clone(),
        resources: resources(),
        rules: rules(),
        search: None,
        nation: None,
        proposals: vec![],
        files: vec![InputFile::new("scenario.ron".into(), "Scenario()".into())],
        warnings,
    };
    let graph = Graph { order: (0..nodes.len()).collect(), nodes };
    let outcome = Outcome {
        timetable,
        verdicts: verdicts(),
        at_risk: Vec::new(),
        notes: Vec::new(),
        graph,
        readiness: Readiness { schools: standings().into_iter().map(Into::into).collect() },
        results,
        ledger: ledger(),
        snow: Some(snow()),
    };
    (scenario, outcome)
}
