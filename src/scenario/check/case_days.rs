//! Days of cases, laid one after the other over Mondays to Fridays; and their terms.

use crate::calendar::CalendarDay;
use crate::calendar::DayKind;
use crate::calendar::Term;
use crate::calendar::days_between;
use crate::calendar::days_later;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::calendar;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Weekday;

/// A case is one school year.
const MOST_DAYS: u32 = 366;
const MOST_WEEKS: u32 = 52;

/// Days laid so far.
struct Laid {
    days: Vec<CalendarDay>,
    /// The next weekday; unknown after a mistake, so that one mistake is not found twice.
    next: Option<Date>,
}

impl Laid {
    /// Adds the next weekday, and the weekend before it.
    fn add(&mut self, kind: DayKind, rings: Option<&str>) {
        let Some(date) = self.next else { return };
        while let Some(last) = self.days.last().map(|d| d.date).filter(|last| days_between(*last, date) > 1) {
            let date = days_later(last, 1);
            self.days.push(CalendarDay { date, kind: DayKind::Weekend, rings: None, name: None });
        }
        self.days.push(CalendarDay { date, kind, rings: rings.map(str::to_string), name: None });
        let step = if date.weekday() == Weekday::Friday { 3 } else { 1 };
        self.next = Some(days_later(date, step));
    }
}

/// The first day of a case: a date from Monday to Friday.
pub fn first_day(text: &str, place: &Place, out: &mut Findings) -> Option<Date> {
    let date = values::date(text, place, out)?;
    if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        let finding = Finding::error("cases::weekend", format!("{date} is a {:?}", date.weekday()));
        out.push(finding.at(place, "").help("days are laid from Monday to Friday; begin on one of them"));
        return None;
    }
    Some(date)
}

/// Lays days from a date on.
pub fn lay(
    raw: &[raw::DayRun],
    from: Option<Date>,
    place: &Place,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Vec<CalendarDay>> {
    if raw.is_empty() {
        let finding = Finding::error("cases::no_days", "this case has no days");
        out.push(finding.at(place, "").help("write at least one: [Days(5, \"full\")]"));
        return None;
    }
    let mut laid = Laid { days: Vec::new(), next: from };
    for (n, one) in raw.iter().enumerate() {
        if stretch(one, &place.item(n), ids, &mut laid, out).is_none() {
            laid.next = None;
        }
    }
    let (first, last) = (laid.days.first()?.date, laid.days.last()?.date);
    if days_between(first, last) >= i64::from(MOST_DAYS) {
        let message = format!("these days last from {first} to {last}, and a case is one school year");
        let finding = Finding::error("cases::long", message).at(place, "");
        out.push(finding.help(format!("lay at most {MOST_DAYS} days, weekends included; make two cases of it")));
        return None;
    }
    laid.next.is_some().then_some(laid.days)
}

fn stretch(raw: &raw::DayRun, place: &Place, ids: &Ids, laid: &mut Laid, out: &mut Findings) -> Option<()> {
    let many = |n: &raw::Number, place: &Place, out: &mut Findings| {
        values::whole(n, 1..=MOST_DAYS, "the number of days", &place.item(0), out)
    };
    match raw {
        raw::DayRun::Weeks(n, names) => weeks(n, names, place, ids, laid, out),
        raw::DayRun::Days(n, name) => {
            let (n, known) = (many(n, place, out), ids.schedules.find(name, &place.item(1), out));
            known?;
            (0..n?).for_each(|_| laid.add(DayKind::Attendance, Some(name)));
            Some(())
        }
        raw::DayRun::Off(n) => {
            (0..many(n, place, out)?).for_each(|_| laid.add(DayKind::Holiday, None));
            Some(())
        }
        raw::DayRun::Special(kind, n, name) => {
            let kind: DayKind = (*kind).into();
            let n = values::whole(n, 1..=MOST_DAYS, "the number of days", &place.item(1), out);
            let at = place.item(2);
            let known = values::maybe(name.as_ref(), |name| ids.schedules.find(name, &at, out));
            let fits = rings_fit(kind, name.as_deref(), place, out);
            known?;
            fits?;
            (0..n?).for_each(|_| laid.add(kind, name.as_deref()));
            Some(())
        }
    }
}

/// School is held with bells and closed without.
fn rings_fit(kind: DayKind, rings: Option<&str>, place: &Place, out: &mut Findings) -> Option<()> {
    let name = kind.name();
    let closed = match kind {
        DayKind::Attendance | DayKind::Institute | DayKind::Conference => false,
        DayKind::Emergency | DayKind::Holiday | DayKind::Break | DayKind::Weekend => true,
    };
    match (closed, rings) {
        (false, Some(_)) | (true, None) => Some(()),
        (false, None) => {
            let finding = Finding::error("calendar::nothing_rings", format!("on these {name} days nothing rings"));
            out.push(finding.at(place, "no bells are named").help("name them: Special(Institute, 1, \"institute\")"));
            None
        }
        (true, Some(_)) => {
            let message = format!("a {name} day is closed, and nothing rings on it");
            let finding = Finding::error("calendar::rings_when_closed", message).at(&place.item(2), "");
            out.push(finding.help("leave these bells out, or make it an Institute or Conference day"));
            None
        }
    }
}

fn weeks(
    n: &raw::Number,
    names: &[String],
    place: &Place,
    ids: &Ids,
    laid: &mut Laid,
    out: &mut Findings,
) -> Option<()> {
    let n = values::whole(n, 1..=MOST_WEEKS, "the number of weeks", &place.item(0), out);
    let known = ids.schedules.find_all(names, &place.item(1), out);
    let mut fits = true;
    if names.len() != 5 {
        let message = format!("a week here has five days, and {} are named", names.len());
        let finding = Finding::error("cases::week", message).at(&place.item(1), "");
        out.push(finding.help("name what rings from Monday to Friday; lay weeks with free days by Days(…) and Off(…)"));
        fits = false;
    }
    if let Some(date) = laid.next.filter(|d| d.weekday() != Weekday::Monday) {
        let message = format!("these weeks would begin on {date}, a {:?}", date.weekday());
        let finding = Finding::error("cases::not_monday", message).at(place, "weeks begin on a Monday");
        out.push(finding.help("fill the week before with Days(…) or Off(…), or begin the case on a Monday"));
        fits = false;
    }
    known?;
    if fits {
        (0..n?).for_each(|_| names.iter().for_each(|name| laid.add(DayKind::Attendance, Some(name))));
    }
    fits.then_some(())
}

/// The terms of a case.
pub fn terms(raw: &[raw::CaseTerm], place: &Place, out: &mut Findings) -> Option<Vec<Term>> {
    let mut terms: Vec<Option<Term>> = Vec::new();
    for (n, raw::CaseTerm(id, first, last)) in raw.iter().enumerate() {
        let here = place.item(n);
        let written = [(first.as_str(), here.item(1)), (last.as_str(), here.item(2))];
        let term = calendar::term(id, written, terms.last().and_then(Option::as_ref), out);
        if let Some(Term { first, last, .. }) = term.as_ref().filter(|t| t.last < t.first) {
            let message = format!("term `{id}` ends on {last}, before it begins on {first}");
            let finding = Finding::error("date::backwards", message).at(&here.item(2), "the end");
            out.push(finding.at(&here.item(1), "the beginning").help("swap the two dates"));
        }
        terms.push(term);
    }
    terms.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::ids::Names;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn number(n: impl ToString) -> raw::Number {
        raw::Number(n.to_string())
    }

    fn laid(raw: &[raw::DayRun], from: Date) -> (Option<Vec<CalendarDay>>, Vec<&'static str>) {
        let mut out = Findings::new();
        let bells = ["full", "short"].map(str::to_string).to_vec();
        let ids = Ids::with_schedules(Names::of_list("bell schedule", "bells", bells));
        let place = Place::at(&Arc::from("x.cases.ron"), "cases[0].given.days");
        let days = lay(raw, Some(from), &place, &ids, &mut out);
        (days, out.iter().map(|f| f.code).collect())
    }

    #[test]
    fn days_go_on_over_weekends_that_stand_between_them() {
        let days = [
            raw::DayRun::Days(number(4), "full".into()),
            raw::DayRun::Off(number(1)),
            raw::DayRun::Weeks(number(1), vec!["short".into(); 5]),
        ];
        let (days, codes) = laid(&days, date(2025, 9, 1));
        let days = days.unwrap();
        assert_eq!(codes, [""; 0]);
        // by hand: Monday 1 to Thursday 4, Friday off, a weekend, Monday 8 to Friday 12: twelve days in all
        assert_eq!((days.len(), days[11].date), (12, date(2025, 9, 12)));
        let kinds: Vec<DayKind> = days[3..8].iter().map(|d| d.kind).collect();
        use DayKind::{Attendance, Holiday, Weekend};
        assert_eq!(kinds, [Attendance, Holiday, Weekend, Weekend, Attendance]);
    }

    #[test]
    fn one_mistake_is_found_once() {
        let days =
            [raw::DayRun::Days(number("0.5"), "full".into()), raw::DayRun::Weeks(number(1), vec!["full".into(); 5])];
        assert_eq!(laid(&days, date(2025, 9, 1)), (None, vec!["unit::whole"]));
        let week = [raw::DayRun::Weeks(number(1), vec!["full".into(); 5])];
        assert_eq!(laid(&week, date(2025, 9, 2)), (None, vec!["cases::not_monday"]));
    }

    #[test]
    fn a_case_is_one_school_year() {
        let days = |n: u32| laid(&[raw::DayRun::Days(number(n), "full".into())], date(2025, 9, 1));
        // by hand: 262 weekdays from a Monday on are 52 weeks and 2 days, 366 days with weekends
        assert_eq!(days(262).1, [""; 0]);
        assert_eq!(days(263).1, ["cases::long"]);
    }

    proptest! {
        #[test]
        fn as_many_days_are_laid_as_are_asked_for_and_none_on_a_weekend(n in 1u32..200, off in 1u32..40, start in 0i64..5) {
            let days = [raw::DayRun::Days(number(n), "full".into()), raw::DayRun::Off(number(off))];
            let laid = laid(&days, days_later(date(2025, 9, 1), start)).0.unwrap();
            let of = |kind| laid.iter().filter(|d| d.kind == kind).count();
            prop_assert_eq!((of(DayKind::Attendance), of(DayKind::Holiday)), (n as usize, off as usize));
            prop_assert!(laid.windows(2).all(|pair| days_between(pair[0].date, pair[1].date) == 1));
            let weekend = |d: &CalendarDay| matches!(d.date.weekday(), Weekday::Saturday | Weekday::Sunday);
            prop_assert!(laid.iter().all(|d| weekend(d) == (d.kind == DayKind::Weekend)));
        }
    }
}
