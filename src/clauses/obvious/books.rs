//! Random clauses of every shape, with facts and waivers, made for a random world.

use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::Amount;
use crate::clauses::Clause;
use crate::clauses::Exception;
use crate::clauses::Fact;
use crate::clauses::Government;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Measure;
use crate::clauses::Order;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Waiver;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::examples;
use crate::clauses::obvious::answer::Kin;
use crate::clauses::obvious::answer::kin_of;
use crate::clauses::obvious::answer::unit_of;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::everybody::Book;
use crate::clauses::obvious::everybody::World;
use crate::clauses::obvious::facts::stated_limit;
use crate::clauses::obvious::limits::Aim;
use crate::clauses::obvious::limits::For;
use crate::clauses::obvious::limits::aimed;
use crate::clauses::obvious::limits::applies;
use crate::clauses::obvious::limits::averaged;
use crate::clauses::obvious::limits::long_window;
use crate::clauses::obvious::limits::of_a_day;
use crate::clauses::obvious::limits::pupil_minutes;
use crate::clauses::obvious::limits::staff_minutes;
use crate::clauses::obvious::limits::sum;
use crate::clauses::obvious::limits::window;
use crate::clauses::obvious::limits::with_credits;
use crate::clauses::obvious::limits::with_figure;
use crate::clauses::obvious::limits::with_rounding;
use crate::clauses::obvious::limits::without_amount;
use crate::clauses::obvious::penalties::penalty;
use crate::clauses::obvious::worlds::SCHOOLS;
use crate::findings::Place;
use crate::units::Date;
use jiff::civil::date;

/// What the clauses of a book are mostly about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// What is measured of a day.
    Days,
    /// Windows and figures.
    Windows,
    /// Rounding.
    Roundings,
    /// Credits.
    Credits,
    /// Means over a district.
    Districts,
    /// Ratios, facts and notices.
    Stated,
    /// Several limits joined.
    Joined,
    /// Exceptions to daily limits.
    Exceptions,
    /// Waivers.
    Waivers,
}

pub const THEMES: [Theme; 9] = [
    Theme::Days,
    Theme::Windows,
    Theme::Roundings,
    Theme::Credits,
    Theme::Districts,
    Theme::Stated,
    Theme::Joined,
    Theme::Exceptions,
    Theme::Waivers,
];

/// One clause for each list of choices: the first of the theme, the others of any.
pub fn book(theme: Theme, lists: Vec<Choices>, world: &World) -> Book {
    let mut book = Book::default();
    for (n, mut choose) in lists.into_iter().enumerate() {
        let theme = if n == 0 { theme } else { choose.one_of(&THEMES) };
        let place = book.clauses.len();
        let clause = clause(theme, &mut choose, world, &mut book.facts);
        let penalty = choose.happens(25).then(|| penalty(&mut choose, &mut book.facts));
        book.clauses.push(Clause { id: format!("clause-{n}"), penalty, ..clause });
        let n_waivers = if theme == Theme::Waivers { choose.between(1, 2) } else { choose.one_of(&[0, 0, 0, 1]) };
        for _ in 0..n_waivers {
            let waiver = waiver(&mut choose, world, &book.clauses[place], place, &book.facts);
            book.waivers.push(waiver);
        }
    }
    book
}

fn clause(theme: Theme, choose: &mut Choices, world: &World, facts: &mut Vec<Fact>) -> Clause {
    let applies = applies(choose);
    let (mut requires, mut unless) = (None, vec![]);
    match theme {
        Theme::Stated => {
            let limit = stated_limit(choose, facts);
            requires = Some(aimed(choose, limit, Aim::Worst, For { world, applies: &applies, facts }));
        }
        Theme::Exceptions => {
            let (limit, exceptions) = daily_with_exceptions(choose, For { world, applies: &applies, facts });
            (requires, unless) = (Some(limit), exceptions);
        }
        Theme::Joined => {}
        Theme::Waivers => {
            let waived = [Theme::Windows, Theme::Exceptions, Theme::Days, Theme::Stated, Theme::Districts];
            return clause(choose.one_of(&waived), choose, world, facts);
        }
        Theme::Days | Theme::Windows | Theme::Roundings | Theme::Credits | Theme::Districts => {
            let limit = limit_of(theme, choose);
            requires = Some(aimed(choose, limit, Aim::Worst, For { world, applies: &applies, facts }));
        }
    }
    let requires = match requires {
        Some(limit) => Requirement::Limit(limit),
        None => joined(choose, For { world, applies: &applies, facts }),
    };
    let rule = match choose.happens(2) {
        true => Rule::NotComputable("good faith".into()),
        false => Rule::Computable { requires, unless },
    };
    Clause { applies, rule, ..examples::clause(Requirement::All(vec![]), vec![]) }
}

/// A limit without its amount.
fn limit_of(theme: Theme, choose: &mut Choices) -> Limit {
    match theme {
        Theme::Days => {
            let measure = match choose.below(3) {
                0 => sum(choose, Window::Day),
                _ => of_a_day(choose),
            };
            without_amount(choose, measure, Window::Day)
        }
        Theme::Roundings => {
            let per = window(choose);
            let measure = sum(choose, per);
            let limit = without_amount(choose, measure, per);
            let limit = with_figure(choose, limit);
            with_rounding(choose, limit)
        }
        Theme::Credits => {
            let per = long_window(choose);
            let measure = if choose.happens(25) { Measure::PupilDays } else { pupil_minutes(choose, per) };
            let limit = without_amount(choose, measure, per);
            let limit = with_credits(choose, limit);
            if choose.happens(25) { with_rounding(choose, limit) } else { limit }
        }
        Theme::Districts => averaged(choose),
        Theme::Windows | Theme::Stated | Theme::Joined | Theme::Exceptions | Theme::Waivers => {
            let per = window(choose);
            let measure = sum(choose, per);
            let limit = without_amount(choose, measure, per);
            with_figure(choose, limit)
        }
    }
}

// ---- several limits ------------------------------------------------------------------------------------------

/// Two or three limits under `and`, or under `or` where they count the same people; now and then one inside the other.
fn joined(choose: &mut Choices, at: For) -> Requirement {
    let any = choose.happens(50);
    let mut parts: Vec<Requirement> = Vec::new();
    let mut kin = None;
    for _ in 0..choose.between(2, 3) {
        let mut limit = limit_of(choose.one_of(&[Theme::Windows, Theme::Days, Theme::Credits]), choose);
        // Alternatives must count the same people.
        for _ in 0..6 {
            if any && kin.is_some_and(|kin| kin != kin_of(&limit)) {
                limit = limit_of(Theme::Windows, choose);
            }
        }
        if any && kin.is_some_and(|kin| kin != kin_of(&limit)) {
            continue;
        }
        kin = Some(kin_of(&limit));
        parts.push(Requirement::Limit(aimed(choose, limit, Aim::Worst, at)));
    }
    if choose.happens(20) && parts.len() > 2 {
        let inner: Vec<Requirement> = parts.drain(1..).collect();
        let one_kin = kin_of_all(&inner);
        parts.push(if !any && one_kin { Requirement::Any(inner) } else { Requirement::All(inner) });
    }
    if any { Requirement::Any(parts) } else { Requirement::All(parts) }
}

fn kin_of_all(parts: &[Requirement]) -> bool {
    let kin = |part: &Requirement| match part {
        Requirement::Limit(limit) => Some(kin_of(limit)),
        Requirement::All(_) | Requirement::Any(_) => None,
    };
    parts.iter().all(|part| kin(part) == kin(&parts[0]))
}

// ---- exceptions ----------------------------------------------------------------------------------------------

fn daily_with_exceptions(choose: &mut Choices, at: For) -> (Limit, Vec<Exception>) {
    let measure = match choose.below(8) {
        0..=4 => pupil_minutes(choose, Window::Day),
        5 => staff_minutes(choose),
        _ => of_a_day(choose),
    };
    let mut limit = without_amount(choose, measure, Window::Day);
    if matches!(limit.measure, Measure::PupilMinutes { .. }) && choose.happens(80) {
        limit.side = Side::AtLeast;
    }
    let limit = aimed(choose, limit, Aim::Middle, at);
    let n = choose.between(1, 3);
    let unless = (0..n).map(|n| exception(choose, n, &limit, at)).collect();
    (limit, unless)
}

fn exception(choose: &mut Choices, n: i64, limit: &Limit, at: For) -> Exception {
    let floor_of_minutes = limit.side == Side::AtLeast && unit_of(limit) == Unit::Minutes;
    let mut when = Vec::new();
    for _ in 0..choose.one_of(&[1, 1, 2, 0]) {
        when.push(match choose.below(9) {
            0 | 1 => When::Limit(lower_limit(choose, Window::Day, limit, at)),
            2 | 3 if floor_of_minutes && kin_of(limit) == Kin::Pupils => examples::development(),
            4 => When::DayIs(choose.some_of(&[DayKind::Attendance, DayKind::Conference, DayKind::Institute])),
            5 | 6 => {
                let per = window(choose);
                When::Limit(lower_limit(choose, per, limit, at))
            }
            _ => When::Regular,
        });
    }
    let windows =
        [Window::Year, Window::Term, Window::Week, Window::Month, Window::Cycle(7), Window::Day, Window::Term];
    let at_most_days = choose.happens(45).then(|| (choose.between(0, 4) as u32, choose.one_of(&windows)));
    let makes_up = (floor_of_minutes && choose.happens(50))
        .then(|| choose.one_of(&[MakeUpDays::UntilNext, MakeUpDays::SincePrevious]));
    let (id, text) = (format!("exception-{n}"), String::new());
    Exception { id, text, when, at_most_days, makes_up, written: Place::nowhere() }
}

/// A limit that is easier than the one it is an exception to, in the same unit and of the same people.
fn lower_limit(choose: &mut Choices, per: Window, limit: &Limit, at: For) -> Limit {
    let only_daily =
        matches!(limit.measure, Measure::PupilRun { .. } | Measure::StaffRun { .. }) || unit_of(limit) == Unit::Clock;
    let per = if only_daily { Window::Day } else { per };
    let measure = match &limit.measure {
        Measure::PupilMinutes { .. } => pupil_minutes(choose, per),
        other => other.clone(),
    };
    let mut lower = without_amount(choose, measure, per);
    lower.side = if choose.happens(15) { lower.side } else { limit.side };
    let lower = with_figure(choose, lower);
    let lower = if choose.happens(15) { with_rounding(choose, lower) } else { lower };
    aimed(choose, lower, Aim::Easy, at)
}

// ---- waivers -------------------------------------------------------------------------------------------------

fn waiver(choose: &mut Choices, world: &World, waived: &Clause, place: usize, facts: &[Fact]) -> Waiver {
    let (from, until) = match choose.below(3) {
        0 => (date(2025, 7, 1), date(2027, 6, 30)),
        1 => (date(2025, 9, 1), days_later(date(2025, 9, 10), choose.between(0, 30))),
        _ => {
            let from: Date = days_later(date(2025, 9, 1), choose.between(0, 20));
            (from, days_later(from, choose.between(3, 40)))
        }
    };
    let only_if = choose.happens(50).then(|| condition(choose, waived, For { world, applies: &waived.applies, facts }));
    Waiver {
        id: format!("waiver-of-{place}"),
        title: String::new(),
        source: None,
        section: String::new(),
        text: String::new(),
        order: Order::Regulation,
        clause: place,
        granted_by: Government::State,
        from,
        until,
        schools: if choose.happens(30) {
            choose.some_of(&SCHOOLS).into_iter().map(Into::into).collect()
        } else {
            vec![]
        },
        only_if: only_if.flatten(),
        needs: None,
        written: Place::nowhere(),
    }
}

/// What must hold for a waiver to count: the waived limit with less asked, by itself or with another one.
fn condition(choose: &mut Choices, waived: &Clause, at: For) -> Option<Requirement> {
    let Rule::Computable { requires: Requirement::Limit(limit), .. } = &waived.rule else { return None };
    let in_hours = matches!(limit.values[0].amount, Amount::Hours(_));
    let mut easier = limit.clone();
    easier.values.truncate(1);
    (easier.values[0].from, easier.values[0].until) = (None, None);
    let easier = aimed(choose, easier, Aim::Easy, at);
    let daily = match kin_of(limit) {
        Kin::Pupils if choose.happens(40) => {
            let measure = pupil_minutes(choose, Window::Day);
            let daily = without_amount(choose, measure, Window::Day);
            Some(aimed(choose, daily, Aim::Easy, at))
        }
        Kin::Pupils | Kin::Staff | Kin::School | Kin::District => None,
    };
    let easier = Requirement::Limit(easier);
    Some(match daily.map(Requirement::Limit) {
        None => easier,
        Some(daily) if in_hours => Requirement::Any(vec![easier, daily]),
        Some(daily) => Requirement::All(vec![easier, daily]),
    })
}
