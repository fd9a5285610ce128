//! Engine and twin side by side.

use crate::bells::Block;
use crate::calendar::days_later;
use crate::clauses::AtRisk;
use crate::clauses::Clause;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::at_risk;
use crate::clauses::describe_requirement;
use crate::clauses::judge;
use crate::clauses::judge_each_school;
use crate::clauses::obvious::answer::Plain;
use crate::clauses::obvious::answer::Tightest;
use crate::clauses::obvious::books::Theme;
use crate::clauses::obvious::books::book;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::everybody::Book;
use crate::clauses::obvious::everybody::Told;
use crate::clauses::obvious::everybody::World;
use crate::clauses::obvious::everybody::everybody;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::risk::Sum;
use crate::clauses::obvious::risk::sums;
use crate::clauses::obvious::saved::comes_regularly;
use crate::clauses::obvious::worlds::world;
use crate::clauses::regular::regular;
use crate::units::Date;
use jiff::civil::date;
use proptest::prelude::*;
use std::fmt;

/// Random numbers that a world is made of, and a clause.
const NUMBERS_OF_A_WORLD: usize = 400;
const NUMBERS_OF_A_CLAUSE: usize = 90;

/// A random district with random clauses for it.
#[derive(Clone)]
pub struct Case {
    pub world: World,
    pub book: Book,
}

impl fmt::Debug for Case {
    /// What a reader needs to reckon the case by hand.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for bells in &self.world.timetable.schedules {
            let line = |blocks: &[Block]| -> String {
                blocks.iter().map(|b| format!(" {:?} {}-{}", b.kind, b.rings_in(), b.rings_out())).collect()
            };
            bells
                .pupils
                .iter()
                .try_for_each(|d| writeln!(f, "{} grades {}:{}", bells.id, d.grades, line(&d.blocks)))?;
            bells.staff.iter().try_for_each(|d| writeln!(f, "{} {:?}:{}", bells.id, d.roles, line(&d.blocks)))?;
        }
        for (school, timetable) in self.world.district.schools.iter().zip(&self.world.timetable.schools) {
            let (id, state, grades) = (&school.id, &school.state, &school.grades);
            let pupils: Vec<String> = school.pupils.iter().map(|(grade, n)| format!("{grade}: {n}")).collect();
            writeln!(f, "{id} ({state}) grades {grades}, pupils {pupils:?}, positions {:?}", school.positions)?;
            for year in &timetable.years {
                writeln!(f, "  {} terms {:?}", year.id, year.terms)?;
                for day in &year.days {
                    writeln!(f, "    {} {:?} {:?} {:?}", day.date, day.date.weekday(), day.kind, day.schedule)?;
                }
            }
        }
        self.book.clauses.iter().try_for_each(|c| writeln!(f, "{} {:?} {:?}", c.id, c.applies, c.rule))?;
        self.book.clauses.iter().try_for_each(|c| writeln!(f, "{} {:?}", c.id, c.penalty))?;
        self.book.facts.iter().try_for_each(|fact| writeln!(f, "{} {:?}", fact.id, fact.values))?;
        self.book.waivers.iter().try_for_each(|waiver| writeln!(f, "{waiver:?}"))
    }
}

/// Random cases of a theme.
pub fn cases(theme: Theme) -> impl Strategy<Value = Case> {
    let numbers = |n| prop::collection::vec(any::<u16>(), n);
    (numbers(NUMBERS_OF_A_WORLD), prop::collection::vec(numbers(NUMBERS_OF_A_CLAUSE), 1..=3)).prop_map(
        move |(of_world, of_clauses)| {
            let world = world(&mut Choices::new(of_world));
            let book = book(theme, of_clauses.into_iter().map(Choices::new).collect(), &world);
            Case { world, book }
        },
    )
}

fn exact(quantity: Quantity) -> Fraction {
    Fraction::new(quantity.amount, quantity.of)
}

/// What the engine answers, in the words of the twin, but for the alternative.
fn told_by_engine(v: &Verdict) -> Told {
    let tightest = v.tightest.zip(v.have.zip(v.need)).zip(v.slack).map(|((date, (have, need)), slack)| Tightest {
        date,
        have: exact(have),
        need: exact(need),
        slack: exact(slack),
        unit: have.unit,
        pace: None,
        in_written: v.per_written_unit,
    });
    let plain = Plain {
        outcome: v.outcome,
        tightest,
        uses: v.uses.iter().map(|u| (u.exception.clone(), u.days as usize, exact(u.slack), u.tightest)).collect(),
        failing: v.failures.iter().map(|f| f.date).collect(),
        short_in_all: exact(v.short_in_all),
        n_windows: v.n_windows as usize,
        waiver: v.waiver,
        alternative: None,
    };
    let (whose, year) = (v.whose.clone(), v.year.clone());
    Told { clause: v.clause, school: v.school, whose, of_district: v.of_district, year, plain }
}

/// The alternative at some places inside a requirement, in words.
fn alternative(asks: &Requirement, places: &[usize]) -> String {
    let Some((place, inside)) = places.split_first() else { return String::new() };
    match asks {
        Requirement::Limit(_) => unreachable!("a limit has no alternatives"),
        Requirement::All(parts) => alternative(&parts[*place], inside),
        Requirement::Any(parts) => {
            let (words, rest) = (describe_requirement(&parts[*place]), alternative(&parts[*place], inside));
            if rest.is_empty() { words } else { format!("{words}: {rest}") }
        }
    }
}

fn alternative_of(clause: &Clause, places: &Option<Vec<usize>>) -> Option<String> {
    match (&clause.rule, places) {
        (Rule::Computable { requires, .. }, Some(places)) => Some(alternative(requires, places)),
        (Rule::Computable { .. } | Rule::NotComputable(_), _) => None,
    }
}

/// Both sides and the slack of an answer fit one another, and so do its numbers of windows.
fn fits_itself(v: &Verdict) -> bool {
    let sides = [v.have.is_some(), v.need.is_some(), v.slack.is_some(), v.tightest.is_some()];
    let n_failing = v.failures.len() as u32;
    (sides == [true; 4] || sides == [false; 4]) && v.n_failing == n_failing && !v.reasons.is_empty()
}

fn sum_of_engine(risk: &AtRisk) -> Sum {
    let cents = risk.dollars.as_ref().ok().map(|dollars| i128::from(dollars.cents()));
    let (year, whose) = (risk.year.clone(), risk.whose.clone());
    Sum { clause: risk.clause, year, school: risk.school, whose, cents }
}

/// What an answer without words has in common with one that has them.
fn bare(v: &Verdict) -> impl PartialEq + fmt::Debug + use<> {
    let sides = (v.have, v.need, v.slack, v.tightest, v.per_written_unit);
    (v.outcome, v.whose.clone(), v.year.clone(), sides, v.n_failing, v.n_windows, v.short_in_all, v.waiver)
}

fn without_words(Case { world, book }: &Case) -> Vec<Verdict> {
    let of_schools =
        judge_each_school(&book.as_lawbook(), &world.district, &world.timetable, Tell::Outcomes, |_, list| list);
    let mut all: Vec<Verdict> = of_schools.into_iter().flatten().collect();
    all.sort_by_key(|v| v.clause);
    all
}

fn both_agree(case: Case) -> Result<(), TestCaseError> {
    let wordless = without_words(&case);
    let Case { world, book } = case;
    let by_engine = judge(&book.as_lawbook(), &world.district, &world.timetable);
    let by_twin = everybody(&world, &book);
    prop_assert_eq!(by_engine.list.len(), by_twin.len());
    let money = at_risk(&book.as_lawbook(), &world.district, &world.timetable, &by_engine);
    let reckoned = sums(&world, &book, &by_twin);
    for (verdict, told) in by_engine.list.iter().zip(by_twin) {
        let clause = &book.clauses[verdict.clause];
        prop_assert_eq!(&verdict.alternative, &alternative_of(clause, &told.plain.alternative));
        let tightest = told.plain.tightest.map(|t| Tightest { pace: None, ..t });
        let told = Told { plain: Plain { alternative: None, tightest, ..told.plain }, ..told };
        prop_assert_eq!(told_by_engine(verdict), told, "{:?}", verdict.reasons);
        prop_assert!(fits_itself(verdict), "{:?}", verdict);
    }
    let bare_of = |list: &[Verdict]| list.iter().map(bare).collect::<Vec<_>>();
    prop_assert_eq!(bare_of(&wordless), bare_of(&by_engine.list));
    let of_engine: Vec<Sum> = money.iter().map(sum_of_engine).collect();
    prop_assert_eq!(of_engine, reckoned, "{:?}", money);
    Ok(())
}

/// How many random cases each theme has; a hundred thousand in all.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig::with_cases(cases)
}

proptest! {
    #![proptest_config(config(11_200))]

    #[test]
    fn both_measure_days_alike(case in cases(Theme::Days)) {
        both_agree(case)?;
    }

    #[test]
    fn both_judge_windows_and_means_alike(case in cases(Theme::Windows)) {
        both_agree(case)?;
    }

    #[test]
    fn both_round_alike(case in cases(Theme::Roundings)) {
        both_agree(case)?;
    }

    #[test]
    fn both_credit_alike(case in cases(Theme::Credits)) {
        both_agree(case)?;
    }

    #[test]
    fn both_average_districts_alike(case in cases(Theme::Districts)) {
        both_agree(case)?;
    }

    #[test]
    fn both_read_facts_ratios_and_notices_alike(case in cases(Theme::Stated)) {
        both_agree(case)?;
    }

    #[test]
    fn both_join_limits_alike(case in cases(Theme::Joined)) {
        both_agree(case)?;
    }

    #[test]
    fn both_grant_exceptions_alike(case in cases(Theme::Exceptions)) {
        both_agree(case)?;
    }

    #[test]
    fn both_waive_alike(case in cases(Theme::Waivers)) {
        both_agree(case)?;
    }
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn both_find_the_same_days_regular(
        weeks in prop::collection::btree_set(0i64..30, 1..30), every in 1i64..5, by_calendar in any::<bool>(),
        flipped in prop::option::weighted(0.3, 0i64..30),
    ) {
        let monday = |week: &i64| days_later(date(2025, 9, 1), 7 * week);
        let school: Vec<Date> = weeks.iter().map(monday).collect();
        let in_turn = |(n, week): (usize, &i64)| (if by_calendar { *week } else { n as i64 }) % every == 0;
        let short: Vec<Date> = weeks.iter().enumerate()
            .filter(|(n, week)| in_turn((*n, week)) != (flipped == Some(**week)))
            .map(|(_, week)| monday(week)).collect();
        let found = regular(&short, &school);
        let expected: Vec<bool> = short.iter().map(|d| comes_regularly(*d, &short, &school)).collect();
        prop_assert_eq!(found, expected);
    }
}
