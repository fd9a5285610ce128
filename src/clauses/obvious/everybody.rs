//! Everybody a clause speaks of, in every school and school year, with the answer for each.

use crate::calendar::DayKind;
use crate::clauses::Applies;
use crate::clauses::Clause;
use crate::clauses::Exception;
use crate::clauses::Fact;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Waiver;
use crate::clauses::When;
use crate::clauses::obvious::answer::Kin;
use crate::clauses::obvious::answer::Plain;
use crate::clauses::obvious::answer::Question;
use crate::clauses::obvious::answer::answer;
use crate::clauses::obvious::answer::kin_of;
use crate::clauses::obvious::figure::number;
use crate::clauses::obvious::person::Person;
use crate::district::District;
use crate::district::School;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;

/// A district with its timetable.
#[derive(Debug, Clone)]
pub struct World {
    pub district: District,
    pub timetable: Timetable,
}

/// What is asked of it.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub clauses: Vec<Clause>,
    pub waivers: Vec<Waiver>,
    pub facts: Vec<Fact>,
}

impl Book {
    pub fn as_lawbook(&self) -> Lawbook<'_> {
        Lawbook { clauses: &self.clauses, waivers: &self.waivers, facts: &self.facts }
    }
}

/// One clause in one school and school year.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    pub world: &'a World,
    pub book: &'a Book,
    pub clause: usize,
    pub school: usize,
    pub year: usize,
}

impl<'a> Bench<'a> {
    pub fn clause(&self) -> &'a Clause {
        &self.book.clauses[self.clause]
    }

    pub fn this_year(&self) -> &'a Year {
        &self.world.timetable.schools[self.school].years[self.year]
    }

    pub fn year_id(&self) -> &'a str {
        &self.this_year().id
    }

    /// The first and the last date of the school year.
    pub fn dates(&self) -> (Date, Date) {
        let days = &self.this_year().days;
        (days[0].date, days[days.len() - 1].date)
    }
}

/// The answer of the twin, and whom it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub clause: usize,
    pub school: usize,
    pub whose: Option<Whose>,
    pub of_district: bool,
    pub year: String,
    pub plain: Plain,
}

/// All answers, in the order of clauses, schools, grades or roles, and years.
pub fn everybody(world: &World, book: &Book) -> Vec<Told> {
    let mut all = Vec::new();
    for clause in 0..book.clauses.len() {
        for school in 0..world.district.schools.len() {
            of_school(world, book, clause, school, &mut all);
        }
    }
    all
}

fn of_school(world: &World, book: &Book, clause: usize, school: usize, all: &mut Vec<Told>) {
    let years = &world.timetable.schools[school].years;
    let said = &book.clauses[clause];
    let mut tell = |year: usize, whose: Option<&Whose>, of_district: bool, plain: Plain| {
        let (whose, year) = (whose.cloned(), years[year].id.clone());
        all.push(Told { clause, school, whose, of_district, year, plain });
    };
    let (asks, unless) = match &said.rule {
        _ if !speaks_of_school(&said.applies, &world.district.schools[school]) => {
            return (0..years.len()).for_each(|y| tell(y, None, false, Plain::neither(Outcome::NotApplicable)));
        }
        Rule::Computable { requires, unless } if !contradicts_itself(requires, unless) => (requires, unless),
        Rule::Computable { .. } | Rule::NotComputable(_) => {
            return (0..years.len()).for_each(|y| tell(y, None, false, Plain::neither(Outcome::NotComputable)));
        }
    };
    let mut n_told = 0;
    for whose in people(&said.applies, asks, world, school) {
        for year in 0..years.len() {
            let bench = Bench { world, book, clause, school, year };
            tell(year, Some(&whose), false, of_person(asks, unless, &whose, bench));
            n_told += 1;
        }
    }
    for (kin, of_district) in [(Kin::School, false), (Kin::District, true)] {
        for year in (0..years.len()).filter(|_| speaks_of(asks, kin)) {
            let bench = Bench { world, book, clause, school, year };
            let question = Question { bench: &bench, kin, person: None, within: None, waivers: &book.waivers };
            let plain = answer(asks, unless, question).unwrap_or(Plain::neither(Outcome::NotApplicable));
            tell(year, None, of_district, plain);
            n_told += 1;
        }
    }
    if n_told == 0 {
        (0..years.len()).for_each(|y| tell(y, None, false, Plain::neither(Outcome::NotApplicable)));
    }
}

fn of_person(asks: &Requirement, unless: &[Exception], whose: &Whose, bench: Bench) -> Plain {
    let (world, year) = (bench.world, bench.this_year());
    let school = &world.district.schools[bench.school];
    let comes = Person::ever_comes(&world.timetable, year, whose);
    let held = year.days.iter().any(|d| d.kind == DayKind::Attendance);
    let kin = match whose {
        // Their bells are missing, unless there is no school to ring for.
        Whose::Pupils(_) if !comes && held => return Plain::neither(Outcome::NotComputable),
        Whose::Pupils(_) => Kin::Pupils,
        Whose::Staff(role) if !comes => {
            let mut people = school.positions.iter().filter(|(r, _)| world.district.roles[*r].id == *role);
            let employed = people.any(|(_, n)| *n > 0);
            return Plain::neither(if employed { Outcome::NotComputable } else { Outcome::NotApplicable });
        }
        Whose::Staff(_) => Kin::Staff,
    };
    let person = Person::new(&bench.clause().applies.days, &world.timetable, year, whose);
    let waivers = &bench.book.waivers;
    let question = Question { bench: &bench, kin, person: Some(&person), within: None, waivers };
    answer(asks, unless, question).unwrap_or(Plain::neither(Outcome::NotApplicable))
}

pub fn speaks_of_school(applies: &Applies, school: &School) -> bool {
    let of_state = applies.states.is_empty() || applies.states.contains(&school.state);
    let of_school = applies.schools.is_empty() || applies.schools.contains(&school.id);
    of_state && of_school && school.grades.iter().any(|grade| applies.grades.contains(grade))
}

fn limits_of(asks: &Requirement) -> Vec<&Limit> {
    match asks {
        Requirement::Limit(limit) => vec![limit],
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().flat_map(limits_of).collect(),
    }
}

fn speaks_of(asks: &Requirement, kin: Kin) -> bool {
    limits_of(asks).iter().any(|limit| kin_of(limit) == kin)
}

/// Two different amounts on one date.
fn contradicts_itself(asks: &Requirement, unless: &[Exception]) -> bool {
    let lower = unless.iter().flat_map(|e| &e.when).filter_map(|when| match when {
        When::Limit(limit) => Some(limit),
        When::DayIs(_) | When::RemainderIs { .. } | When::Regular => None,
    });
    for limit in limits_of(asks).into_iter().chain(lower) {
        for one in &limit.values {
            for other in &limit.values {
                let from = one.from.unwrap_or(Date::MIN).max(other.from.unwrap_or(Date::MIN));
                let until = one.until.unwrap_or(Date::MAX).min(other.until.unwrap_or(Date::MAX));
                if from <= until && number(one.amount) != number(other.amount) {
                    return true;
                }
            }
        }
    }
    false
}

/// The grades from the lowest, then the roles: those named, or else those that somebody has or that bells ring for.
pub fn people(applies: &Applies, asks: &Requirement, world: &World, place: usize) -> Vec<Whose> {
    let school = &world.district.schools[place];
    let mut all = Vec::new();
    if speaks_of(asks, Kin::Pupils) {
        for grade in school.grades.iter() {
            if applies.grades.contains(grade) {
                all.push(Whose::Pupils(grade));
            }
        }
    }
    if speaks_of(asks, Kin::Staff) {
        for (n, role) in world.district.roles.iter().enumerate() {
            let whose = Whose::Staff(role.id.clone());
            let employed = school.positions.iter().any(|(r, people)| *r == n && *people > 0);
            let years = &world.timetable.schools[place].years;
            let rings = years.iter().any(|year| Person::ever_comes(&world.timetable, year, &whose));
            if applies.roles.is_empty() && (employed || rings) {
                all.push(whose);
            }
        }
        for role in &applies.roles {
            let whose = Whose::Staff(role.clone());
            if !all.contains(&whose) {
                all.push(whose);
            }
        }
    }
    all
}
