//! Days lost to snow and the like: a distribution for each month that has school.

use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::levers::Closures;
use crate::levers::LostDays;
use crate::levers::MOST_DAYS_OF_A_MONTH;
use crate::scenario::check::ids::twice;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::values;
use crate::scenario::raw;

/// The months as files write them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Checks the closures, of which a scenario has one form or none.
pub fn check(all: &Sections, out: &mut Findings) -> Option<Option<Closures>> {
    if let [first, second, ..] = all.closures.as_slice() {
        let finding = twice("section", "closures", &first.place, &second.place);
        out.push(finding.help("keep one of them, or write it in the scenario's own file, which takes their place"));
        return None;
    }
    values::maybe(all.closures.first(), |item| {
        let at = item.place.field("by_month");
        if item.raw.by_month.0.is_empty() {
            let finding = Finding::error("closures::nothing_said", "the closures name no month");
            out.push(finding.at(&at, "").help("add a month: \"Jan\": Poisson(0.7); or leave `closures` out"));
        }
        let months: Vec<_> =
            item.raw.by_month.0.iter().map(|(name, days)| one(name, days, &at.field(name), out)).collect();
        let mut by_month: Vec<(i8, LostDays)> = months.into_iter().collect::<Option<_>>()?;
        by_month.sort_by_key(|(month, _)| *month);
        Some(Closures { by_month, written: item.place.clone() })
    })
}

fn one(name: &str, days: &raw::Lost, place: &Place, out: &mut Findings) -> Option<(i8, LostDays)> {
    let month = (1i8..).zip(MONTHS).find(|(_, known)| *known == name).map(|(number, _)| number);
    if month.is_none() {
        let finding =
            Finding::error("closures::month", format!("`{name}` is not a month as files write it")).at(place, "");
        let begins = |known: &&&str| name.to_ascii_lowercase().starts_with(&known.to_ascii_lowercase());
        out.push(match MONTHS.iter().find(begins) {
            Some(known) => finding.help(format!("did you mean `{known}`?")),
            None => finding.near(name, MONTHS),
        });
    }
    let days = match days {
        raw::Lost::Poisson(mean) => mean_in(mean, "the mean", 0.0, place, out).map(|mean| LostDays::Poisson { mean }),
        raw::Lost::NegativeBinomial { mean, dispersion } => {
            let mean = mean_in(mean, "the mean", 0.0, &place.field("mean"), out);
            let dispersion = mean_in(dispersion, "the dispersion", LEAST_DISPERSION, &place.field("dispersion"), out);
            mean.zip(dispersion).map(|(mean, dispersion)| LostDays::NegativeBinomial { mean, dispersion })
        }
        raw::Lost::Observed(all) => observed(all, place, out).map(LostDays::Observed),
    };
    Some((month?, days?))
}

/// Below this nearly every winter would have no lost day and a few would have nothing else.
const LEAST_DISPERSION: f64 = 0.01;

/// A mean or a dispersion that a month can have.
fn mean_in(number: &raw::Number, what: &str, least: f64, place: &Place, out: &mut Findings) -> Option<f64> {
    let x = values::known(number, place, out)?;
    let most = f64::from(MOST_DAYS_OF_A_MONTH);
    if (least..=most).contains(&x) {
        return Some(x);
    }
    let finding = Finding::error("closures::out_of_range", format!("{what} of a month's lost days cannot be {x}"));
    out.push(finding.at(place, "").help(format!("write a number from {least} to {most}")));
    None
}

fn observed(all: &[raw::Number], place: &Place, out: &mut Findings) -> Option<Vec<u32>> {
    if all.is_empty() {
        let finding = Finding::error("closures::nothing_observed", "nothing is listed as observed");
        out.push(finding.at(place, "").help("list the days lost in this month of each year: Observed([0, 2, 1])"));
        return None;
    }
    let whole = |n| values::whole(n, 0..=MOST_DAYS_OF_A_MONTH, "the number of days lost in a month", place, out);
    all.iter().map(whole).collect::<Vec<_>>().into_iter().collect()
}

/// Warns of months in which no calendar has school, so that no day can be lost.
pub fn check_months(closures: &Closures, calendars: &[Calendar], out: &mut Findings) {
    let days = || calendars.iter().flat_map(|c| &c.years).flat_map(|y| &y.days);
    for (month, lost) in &closures.by_month {
        let has_school = days().any(|d| d.kind == DayKind::Attendance && d.date.month() == *month);
        if !has_school && lost.mean() > 0.0 {
            let name = MONTHS.get(month.unsigned_abs() as usize - 1).copied().unwrap_or_default();
            let finding =
                Finding::warning("closures::no_school", format!("no day can be lost in {name}: there is no school"));
            let at = closures.written.field("by_month").field(name);
            out.push(finding.at(&at, "changes nothing").help("leave it out, or correct the month"));
        }
    }
}
