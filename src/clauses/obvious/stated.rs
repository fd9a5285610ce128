//! What is stated of a school or averaged over a district, once a school year.

use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::CountedIn;
use crate::clauses::Direction;
use crate::clauses::DistrictMean;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Said;
use crate::clauses::Unit;
use crate::clauses::Weight;
use crate::clauses::obvious::everybody::Bench;
use crate::clauses::obvious::everybody::speaks_of_school;
use crate::clauses::obvious::figure::Compared;
use crate::clauses::obvious::figure::figures;
use crate::clauses::obvious::figure::number;
use crate::clauses::obvious::figure::round;
use crate::clauses::obvious::figure::to_steps;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::NotComputable;
use crate::clauses::obvious::person::Person;
use crate::timetable::Whose;
use crate::units::Date;

/// A limit on what is stated of the bench's school in its year.
pub fn compared_stated(limit: &Limit, bench: &Bench) -> Result<Compared, NotComputable> {
    let have = match &limit.measure {
        Measure::Ratio { of, to } => {
            let (of, to) = (heads(of, bench), heads(to, bench));
            if to == Fraction::ZERO {
                return Err(NotComputable);
            }
            Some(of / to)
        }
        Measure::Stated(ids) => {
            let mut sum = Fraction::ZERO;
            for id in ids {
                sum = sum + amount_of(id, limit, bench)?;
            }
            Some(sum)
        }
        Measure::Notice { of, before, counted } => notice(of, before, *counted, bench)?,
        other => unreachable!("{other:?} is not stated"),
    };
    let mut all = Compared::default();
    let (first, last) = bench.dates();
    if let Some(have) = have {
        let figure = limit.rounding.filter(|r| r.of == Rounded::Figure).map_or(have, |r| round(limit, r, have));
        all.hold(limit, (first, last), vec![], figure);
    }
    Ok(all)
}

/// The unit that a limit on a stated fact asks in.
pub fn unit_asked(limit: &Limit) -> Unit {
    limit.values.first().map_or(Unit::Minutes, |v| number(v.amount).1)
}

fn fact<'a>(id: &str, bench: &Bench<'a>) -> Result<&'a Fact, NotComputable> {
    bench.book.facts.iter().find(|f| f.id == id).ok_or(NotComputable)
}

/// What a school says for itself comes before what is said of all schools.
fn own_first<'a>(values: &[&'a FactValue], bench: &Bench) -> Option<&'a FactValue> {
    let id = &bench.world.district.schools[bench.school].id;
    let own = values.iter().find(|v| v.schools.contains(id));
    own.or_else(|| values.iter().find(|v| v.schools.is_empty())).copied()
}

/// What is stated for the year: what is in force on its first day, or else the first after that.
///
/// What a school says for itself on any day of the year comes before what is said of all schools.
pub fn stated_in_year<'a>(id: &str, bench: &Bench<'a>) -> Result<&'a FactValue, NotComputable> {
    let fact = fact(id, bench)?;
    let mine = &bench.world.district.schools[bench.school].id;
    let own: Vec<&FactValue> = fact.values.iter().filter(|v| v.schools.contains(mine)).collect();
    let of_all: Vec<&FactValue> = fact.values.iter().filter(|v| v.schools.is_empty()).collect();
    let (first, last) = bench.dates();
    for stated in [own, of_all] {
        let mut day = first;
        while day <= last {
            let on_day = |v: &&&FactValue| v.from.is_none_or(|f| f <= day) && v.until.is_none_or(|u| day <= u);
            if let Some(value) = stated.iter().find(on_day) {
                return Ok(value);
            }
            day = days_later(day, 1);
        }
    }
    Err(NotComputable)
}

fn amount_of(id: &str, limit: &Limit, bench: &Bench) -> Result<Fraction, NotComputable> {
    match stated_in_year(id, bench)?.is {
        Said::Amount(amount) if number(amount).1 == unit_asked(limit) => Ok(number(amount).0),
        Said::Amount(_) | Said::On(_) => Err(NotComputable),
    }
}

fn date_of(id: &str, bench: &Bench) -> Result<Date, NotComputable> {
    let values: Vec<&FactValue> = fact(id, bench)?.values.iter().collect();
    match own_first(&values, bench).map(|v| v.is) {
        Some(Said::On(date)) => Ok(date),
        Some(Said::Amount(_)) | None => Err(NotComputable),
    }
}

/// Days from an announcement on until the day before something begins; nothing in other school years.
///
/// The summer before the first year belongs to it, any other summer to the year before.
fn notice(of: &str, before: &str, counted: CountedIn, bench: &Bench) -> Result<Option<Fraction>, NotComputable> {
    let (announced, begins) = (date_of(of, bench)?, date_of(before, bench)?);
    let years = &bench.world.timetable.schools[bench.school].years;
    let mut year_of_it = None;
    for (n, year) in years.iter().enumerate() {
        if n == 0 || year.days[0].date <= begins {
            year_of_it = Some(n);
        }
    }
    let over = years.iter().all(|year| year.days.iter().all(|d| d.date < begins));
    if over || year_of_it != Some(bench.year) {
        return Ok(None);
    }
    let mut n = 0;
    match counted {
        CountedIn::CalendarDays => {
            let (from, to) = (announced.min(begins), announced.max(begins));
            let mut day = from;
            while day < to {
                n += if announced < begins { 1 } else { -1 };
                day = days_later(day, 1);
            }
        }
        CountedIn::SchoolDays => {
            let known = years.iter().flat_map(|y| &y.days).map(|d| d.date).min();
            if known.is_none_or(|known| announced < known) {
                return Err(NotComputable);
            }
            for day in years.iter().flat_map(|y| &y.days) {
                let between = announced <= day.date && day.date < begins;
                n += if between && day.kind == DayKind::Attendance { 1 } else { 0 };
            }
        }
    }
    Ok(Some(Fraction::whole(n)))
}

fn heads(heads: &Heads, bench: &Bench) -> Fraction {
    let school = &bench.world.district.schools[bench.school];
    let district = &bench.world.district;
    match heads {
        Heads::Pupils => {
            let mut n = 0;
            for (grade, pupils) in &school.pupils {
                if bench.clause().applies.grades.contains(*grade) {
                    n += i64::from(*pupils);
                }
            }
            Fraction::whole(n)
        }
        Heads::Staff(id) => {
            let role = district.roles.iter().position(|r| r.id == *id).expect("worlds name roles that exist");
            let people = |role: usize| {
                school.positions.iter().filter(|(r, _)| *r == role).map(|(_, n)| i64::from(*n)).sum::<i64>()
            };
            match district.roles[role].one_per_educators {
                None => Fraction::whole(people(role)),
                Some(per) => {
                    let educators: i64 =
                        (0..district.roles.len()).filter(|r| district.roles[*r].takes_up_practice).map(people).sum();
                    let thousandths = Fraction::new(1_000 * educators, per as i64);
                    // Thousandths of a post are finer than anybody shares one.
                    to_steps(thousandths, Fraction::whole(1), Direction::HalfUp) / Fraction::whole(1_000)
                }
            }
        }
    }
}

/// A limit on the mean over the grades of the district in the bench's year, stretch by stretch.
pub fn compared_mean(limit: &Limit, mean: &DistrictMean, bench: &Bench) -> Result<Compared, NotComputable> {
    let applies = &bench.clause().applies;
    // The mean is rounded, not what goes into it.
    let alone =
        Limit { averaged: None, rounding: limit.rounding.filter(|r| r.of == Rounded::EachDay), ..limit.clone() };
    let mut sums: Vec<(Date, Date, Fraction, Fraction)> = Vec::new();
    let mut n_grades = 0;
    for (place, school) in bench.world.district.schools.iter().enumerate() {
        let years = &bench.world.timetable.schools[place].years;
        let Some(year) = years.iter().find(|y| y.id == bench.year_id()) else { continue };
        if !speaks_of_school(applies, school) {
            continue;
        }
        for grade in school.grades.iter().filter(|g| mean.grades.contains(*g)) {
            n_grades += 1;
            let weight = match mean.by {
                Weight::Grades => 1,
                Weight::Pupils => school.pupils.iter().filter(|(g, _)| *g == grade).map(|(_, n)| i64::from(*n)).sum(),
            };
            if weight == 0 {
                continue;
            }
            let (whose, timetable) = (Whose::Pupils(grade), &bench.world.timetable);
            let school_is_held = year.days.iter().any(|d| d.kind == DayKind::Attendance);
            if school_is_held && !Person::ever_comes(timetable, year, &whose) {
                return Err(NotComputable);
            }
            let person = Person::new(&applies.days, timetable, year, &whose);
            for (n, (stretch, figure)) in figures(&alone, &person)?.into_iter().enumerate() {
                if n == sums.len() {
                    sums.push((stretch.first, stretch.last, Fraction::ZERO, Fraction::ZERO));
                }
                let (first, last, sum, heads) = sums[n];
                let weight = Fraction::whole(weight);
                sums[n] = (first.min(stretch.first), last.max(stretch.last), sum + figure * weight, heads + weight);
            }
        }
    }
    if n_grades > 0 && sums.is_empty() {
        return Err(NotComputable);
    }
    let mut all = Compared::default();
    for (first, last, sum, heads) in sums {
        let mean = sum / heads;
        let figure = limit.rounding.filter(|r| r.of == Rounded::Figure).map_or(mean, |r| round(limit, r, mean));
        all.hold(limit, (first, last), vec![], figure);
    }
    Ok(all)
}
