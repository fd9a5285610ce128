//! The parts of a page about who gains and who loses between two sides: time.
//!
//! Every part takes the ledger, the names of the baseline and of the other side, and the baseline's district.

use crate::district::District;
use crate::ledger::Amounts;
use crate::ledger::Change;
use crate::ledger::DistrictGain;
use crate::ledger::Extreme;
use crate::ledger::Gains;
use crate::ledger::GroupGain;
use crate::ledger::Measure;
use crate::ledger::Missing;
use crate::ledger::On;
use crate::ledger::OneSided;
use crate::ledger::Per;
use crate::ledger::extremes;
use crate::ledger::spread;
use crate::report::gain_words::amount;
use crate::report::gain_words::everybody;
use crate::report::gain_words::people;
use crate::report::gain_words::signed;
use crate::report::gain_words::who_in_words;
use crate::report::gain_words::whose;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::gains_money::care;
use crate::report::page::gains_money::dollars;
use crate::report::page::gains_money::minute_costs;
use crate::report::page::table;
use crate::report::words::capital;
use crate::report::words::list;
use crate::timetable::Whose;
use maud::Markup;
use maud::html;

/// Everything the ledger says, without the charts: time by role and by school, the worst-off, care, dollars, minute costs.
pub fn gains(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    html! {
        (how(gains, names))
        (by_role(gains, names, district))
        (worst_off(gains, names, district))
        (by_school(gains, names, district))
        (care(gains, names, district))
        (dollars(gains, names, district))
        (minute_costs(gains, names, district))
        (one_sided(gains, names, district))
    }
}

/// How the numbers are meant.
pub fn how(gains: &Gains, names: [&str; 2]) -> Markup {
    let Some(year) = gains.telling_year() else {
        return html! { p { "The two sides have no school year of any group in common, so no minutes are compared." } };
    };
    html! {
        p {
            "Minutes of one person, in the school year " (year) "; a change is “" (names[1]) "” less “" (names[0]) "”, so a minus sign means less time. "
            "A day is the mean of the days on which they come. A full week is one with as many days as most weeks have (five where school is held from "
            "Monday to Friday), and the mean of those is shown. A cycle is the mean day times " (gains.cycle_days) ". "
            "Every school year, school, grade and role stands in " code { "tables/gains.csv" } "."
        }
    }
}

/// Groups of the district whose minutes are the same on both sides, told together.
fn told_together<'a>(gains: &'a Gains, year: &str) -> Vec<Vec<&'a DistrictGain>> {
    let mut lots: Vec<Vec<&DistrictGain>> = Vec::new();
    for one in gains.district.iter().filter(|d| d.year == year) {
        match lots.iter_mut().find(|lot| lot[0].changes == one.changes) {
            Some(lot) => lot.push(one),
            None => lots.push(vec![one]),
        }
    }
    lots
}

/// Baseline, proposal and change of each grade and role over the district.
pub fn by_role(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    let Some(year) = gains.telling_year() else { return html! {} };
    let columns =
        [Words("Who"), Words("Minutes of"), Words("Per"), Numbers(names[0]), Numbers(names[1]), Numbers("Change")];
    html! {
        h3 { "By grade and role, over the district" }
        p { "The mean over all schools that both sides have, every person counting alike." }
        (table(&format!("Minutes of one person in {year}, what changes [min]"), &columns, html! {
            @for lot in told_together(gains, year) { (lot_rows(gains, district, &lot)) }
        }))
    }
}

fn lot_rows(gains: &Gains, district: &District, lot: &[&DistrictGain]) -> Markup {
    let who: Vec<&Whose> = lot.iter().map(|d| &d.whose).collect();
    let number: f64 = lot.iter().map(|d| d.people[1]).sum();
    let first = lot[0];
    let measure = first.changes.first().map_or(Measure::Contact, |c| c.measure);
    let (changed, same): (Vec<&Change>, Vec<&Change>) = first.changes.iter().partition(|c| c.is_any());
    let same: Vec<String> = same.iter().map(|c| format!("{} {}", c.measure.name(), amount(c.before.week))).collect();
    let n_rows = changed.len() * Per::ALL.len() + usize::from(!same.is_empty());
    let name = html! { th scope="rowgroup" rowspan=(n_rows) { (everybody(district, &who)) br; span class="small" { (people(number, measure)) } } };
    html! {
        @for (n, change) in changed.iter().enumerate() {
            @for per in Per::ALL {
                tr {
                    @if n == 0 && per == Per::Day { (name) }
                    @if per == Per::Day { td rowspan=(Per::ALL.len()) { (change.measure.name()) } }
                    td { (stretch(per, gains.cycle_days)) }
                    td class="n" { (cell(&change.before, per)) }
                    td class="n" { (cell(&change.after, per)) }
                    td class="n" { (signed(change.by(per))) @if per == Per::Cycle { " (" (signed(change.by(Per::Day))) " a day)" } }
                }
            }
        }
        @if !same.is_empty() {
            tr {
                @if changed.is_empty() { (name) }
                td colspan="5" class="small" { "As before, minutes in a full week: " (list(&same)) "." }
            }
        }
    }
}

fn stretch(per: Per, cycle_days: u32) -> String {
    match per {
        Per::Day | Per::Week | Per::Year => per.name().into(),
        Per::Cycle => format!("{cycle_days} days (average day)"),
    }
}

fn cell(amounts: &Amounts, per: Per) -> String {
    match per {
        Per::Cycle => format!("{} ({})", amount(amounts.cycle), amount(amounts.day)),
        Per::Day | Per::Week | Per::Year => amount(amounts.per(per)),
    }
}

/// Every school folded away, with what changes there.
pub fn by_school(gains: &Gains, _names: [&str; 2], district: &District) -> Markup {
    let Some(year) = gains.telling_year() else { return html! {} };
    let of = |school: usize| gains.in_year(year).filter(move |g| g.school == school).collect::<Vec<_>>();
    html! {
        h3 { "School by school" }
        @for (place, school) in district.schools.iter().enumerate() {
            @let groups = of(place);
            @if !groups.is_empty() {
                details {
                    summary { (school.name) ": " (changed_in_words(&groups)) }
                    (school_table(gains, district, &school.name, year, &groups))
                }
            }
        }
    }
}

/// How many of a school's groups have any change.
fn changed_in_words(groups: &[&GroupGain]) -> String {
    let n = groups.iter().filter(|g| g.changes.iter().any(Change::is_any)).count();
    match n {
        0 => "nothing changes".into(),
        n => format!("minutes change for {n} of {} grades and roles", groups.len()),
    }
}

fn school_table(gains: &Gains, district: &District, name: &str, year: &str, groups: &[&GroupGain]) -> Markup {
    let cycle = format!("{} days", gains.cycle_days);
    let columns = [
        Words("Who"),
        Words("Minutes of"),
        Numbers("Day"),
        Numbers("Full week"),
        Numbers(&cycle),
        Numbers("School year"),
    ];
    let mut lots: Vec<(Vec<&Whose>, &[Change])> = Vec::new();
    for group in groups.iter().filter(|g| g.changes.iter().any(Change::is_any)) {
        match lots.iter_mut().find(|(_, changes)| *changes == group.changes) {
            Some((all, _)) => all.push(&group.whose),
            None => lots.push((vec![&group.whose], &group.changes)),
        }
    }
    if lots.is_empty() {
        return html! { p { "Every grade and role has the minutes it had." } };
    }
    table(
        &format!("{name}: changes for one person in {year} [min]"),
        &columns,
        html! {
            @for (all, changes) in lots {
                @for change in changes.iter().filter(|c| c.is_any()) {
                    tr {
                        th scope="row" { (everybody(district, &all)) }
                        td { (change.measure.name()) }
                        @for per in Per::ALL { td class="n" { (signed(change.by(per))) } }
                    }
                }
            }
        },
    )
}

/// The group with the largest loss and the one with the largest gain of each measure, and how many people lose and gain.
pub fn worst_off(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    let Some(year) = gains.telling_year() else { return html! {} };
    let columns = [
        Words("Minutes of"),
        Words("Largest loss"),
        Words("Largest gain"),
        Numbers("People with less"),
        Numbers("As much"),
        Numbers("More"),
    ];
    let told: Vec<_> = extremes(gains, year, Per::Week).into_iter().zip(spread(gains, year, Per::Week)).collect();
    let extreme = |extreme: &Option<Extreme>, measure: Measure| match extreme {
        None => html! { "none" },
        Some(extreme) => html! {
            (signed(extreme.change)) " min a week" br;
            span class="small" { (who_in_words(district, gains, &extreme.groups)) " (" (people(extreme.people, measure)) ")" }
        },
    };
    html! {
        h3 { "The worst-off, not only the mean" }
        p { "A mean may hide a school that loses what another gains. These are the groups that lose and gain most with “" (names[1]) "”." }
        (table(&format!("Largest loss and gain of one person in a full week of {year}"), &columns, html! {
            @for (e, s) in told.iter().filter(|(_, s)| !s.steps.is_empty()) {
                tr {
                    th scope="row" { (capital(e.measure.name())) }
                    td { (extreme(&e.loss, e.measure)) }
                    td { (extreme(&e.gain, e.measure)) }
                    @for n in [s.losing(), s.staying(), s.gaining()] { td class="n" { (amount(n)) } }
                }
            }
        }))
    }
}

/// What stands on one side only, and roles for whom nothing rings; nothing where there is none.
pub fn one_sided(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    if gains.one_sided.is_empty() && gains.without_bells.is_empty() {
        return html! {};
    }
    let silent: Vec<String> =
        gains.without_bells.iter().map(|role| whose(district, &Whose::Staff(role.clone()))).collect();
    html! {
        h3 { "Not compared" }
        ul {
            @for one in &gains.one_sided { li { (one_sided_words(one, names, district)) } }
            @if !silent.is_empty() { li { "Nothing rings on either side for: " (list(&silent)) "." } }
        }
    }
}

fn one_sided_words(one: &OneSided, names: [&str; 2], district: &District) -> String {
    let on = match one.only_on {
        On::Before => names[0],
        On::After => names[1],
    };
    let school = |id: &String| district.school(id).map_or(id.clone(), |place| district.schools[place].name.clone());
    match &one.what {
        Missing::School(id) => format!("Only “{on}” has the school {}.", school(id)),
        Missing::Year { school: id, year } => format!("Only “{on}” has the school year {year} at {}.", school(id)),
        Missing::Group { school: id, whose: who, year } => {
            format!("Only “{on}” has {} with bells at {} in {year}.", whose(district, who), school(id))
        }
    }
}
