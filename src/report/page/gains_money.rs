//! The parts of a page about hours of care, dollars by line and what a minute costs.

use crate::district::District;
use crate::ledger::CareRow;
use crate::ledger::Gains;
use crate::ledger::LineChange;
use crate::ledger::LineMoney;
use crate::ledger::MinuteCost;
use crate::ledger::On;
use crate::ledger::Side;
use crate::ledger::care_of;
use crate::report::gain_words::amount;
use crate::report::gain_words::signed;
use crate::report::page::Column;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::table;
use crate::units::Dollars;
use crate::units::thousands;
use maud::Markup;
use maud::html;

/// Hours of care of some schools and grades together, on one side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Care {
    pupils: f64,
    /// In the year \[h\].
    year: f64,
    /// In a typical week \[h\].
    week: f64,
}

impl Care {
    fn of<'a>(rows: impl Iterator<Item = &'a CareRow>, on: On) -> Care {
        rows.fold(Care::default(), |sum, row| Care {
            pupils: sum.pupils + f64::from(row.pupils[on as usize]),
            year: sum.year + row.hours(on),
            week: sum.week + row.hours_a_week(on),
        })
    }

    fn each(hours: f64, pupils: f64) -> f64 {
        if pupils > 0.0 { hours / pupils } else { 0.0 }
    }

    fn cells(&self) -> [f64; 3] {
        [self.year, Care::each(self.year, self.pupils), Care::each(self.week, self.pupils)]
    }
}

fn care_cell([year, each, week]: [f64; 3], say: fn(f64) -> String) -> Markup {
    html! { td class="n" { (say(year)) br; span class="small" { (say(each)) " a pupil, " (say(week)) " a week" } } }
}

/// Schools with care rows of a year, with the whole district before them.
fn care_lots<'a>(rows: &'a [CareRow], year: &str, district: &'a District) -> Vec<(&'a str, Vec<&'a CareRow>)> {
    let of_year: Vec<&CareRow> = rows.iter().filter(|r| r.year == year).collect();
    let schools = district.schools.iter().enumerate().map(|(place, school)| {
        (school.name.as_str(), of_year.iter().copied().filter(|r| r.school == place).collect::<Vec<_>>())
    });
    let schools: Vec<_> = schools.filter(|(_, rows)| !rows.is_empty()).collect();
    std::iter::once(("All schools", of_year)).chain(schools).collect()
}

const CARE_MEANS: &str = "Families find care when their children come for less time than on the usual day: the length from first to last \
    bell that most days of the school year have. When school begins, and whether anybody is at home anyway, is not looked at.";

/// Hours of care that families find on both sides, by school.
pub fn care(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    let Some(year) = gains.telling_year() else { return html! {} };
    let columns = [Words("School"), Numbers("Pupils"), Numbers(names[0]), Numbers(names[1]), Numbers("Change")];
    html! {
        h3 { "Hours of care that families find" }
        p {
            (CARE_MEANS) " The usual day is that of “" (names[0]) "” for both. A date on which only one side has school costs a whole usual day on the other. "
            "Grades and years stand in " code { "tables/gains_care_hours.csv" } "."
        }
        (table(&format!("Hours in {year}: all families, the family of one pupil, and of one pupil in a typical week [h]"), &columns, html! {
            @for (school, rows) in care_lots(&gains.care, year, district) {
                @let [before, after] = [On::Before, On::After].map(|on| Care::of(rows.iter().copied(), on));
                @let (old, new) = (before.cells(), after.cells());
                tr {
                    th scope="row" { (school) }
                    td class="n" { (amount(after.pupils)) }
                    (care_cell(old, hours)) (care_cell(new, hours))
                    (care_cell([0, 1, 2].map(|n: usize| new[n] - old[n]), signed_hours))
                }
            }
        }))
    }
}

/// Hours with two decimals below a hundred.
fn hours(hours: f64) -> String {
    if hours.abs() < 100.0 { format!("{hours:.2}") } else { amount(hours) }
}

fn signed_hours(by: f64) -> String {
    if by.abs() < 100.0 && by != 0.0 { format!("{by:+.2}") } else { signed(by) }
}

/// Hours of care of one scenario against its own usual day, in its first school year.
pub fn own_care(side: &Side) -> Markup {
    let rows = care_of(side);
    let Some(year) = rows.first().map(|r| r.year.clone()) else { return html! {} };
    let columns = [
        Words("School"),
        Numbers("Pupils"),
        Numbers("All families, hours a year"),
        Numbers("One pupil, hours a year"),
        Numbers("One pupil, hours in a typical week"),
    ];
    html! {
        h3 { "Hours of care that families find in " (year) }
        p { (CARE_MEANS) " Grades and years stand in " code { "tables/care_hours.csv" } "." }
        (table("Hours by which days with pupils are shorter than the usual day [h]", &columns, html! {
            @for (school, rows) in care_lots(&rows, &year, side.district) {
                @let care = Care::of(rows.iter().copied(), On::Before);
                tr {
                    th scope="row" { (school) }
                    td class="n" { (amount(care.pupils)) }
                    @for n in care.cells() { td class="n" { (hours(n)) } }
                }
            }
        }))
    }
}

/// Years of a line in which its money is the same, told together.
fn line_lots(lines: &[LineChange]) -> Vec<(&LineChange, usize)> {
    let mut lots: Vec<(&LineChange, usize)> = Vec::new();
    for line in lines {
        match lots.last_mut() {
            Some((first, last))
                if first.line == line.line && (first.before, first.after) == (line.before, line.after) =>
            {
                *last = line.year;
            }
            Some(_) | None => lots.push((line, line.year)),
        }
    }
    lots
}

fn dollar_change(by: Dollars) -> String {
    if by.cents() > 0 { format!("+{by}") } else { by.to_string() }
}

/// Dollars by budget line, and what the people of each role cost.
pub fn dollars(gains: &Gains, names: [&str; 2], _district: &District) -> Markup {
    let both = |what: &str| names.map(|name| format!("{what}, {name}"));
    let ([had, has], [asked, asks]) = (both("There is"), both("Asked"));
    let columns = [
        Words("Line"),
        Words("Years of the scenario"),
        Numbers(&had),
        Numbers(&has),
        Numbers("Change"),
        Numbers(&asked),
        Numbers(&asks),
        Numbers("Change"),
    ];
    let money = |side: Option<LineMoney>, of: fn(LineMoney) -> Dollars| {
        side.map_or_else(|| "not there".to_string(), |m| of(m).to_string())
    };
    html! {
        h3 { "Dollars by budget line" }
        @if gains.lines.is_empty() { p { "Neither side has budget lines." } } @else {
            div class="wide" { (table("What there is and what is asked in each year of the scenario [USD]", &columns, html! {
                @for (line, last) in line_lots(&gains.lines) {
                    tr {
                        th scope="row" { (line.title) }
                        td { (line.year + 1) @if last > line.year { " to " (last + 1) } }
                        td class="n" { (money(line.before, |m| m.available)) }
                        td class="n" { (money(line.after, |m| m.available)) }
                        td class="n" { (dollar_change(line.available())) }
                        td class="n" { (money(line.before, |m| m.asked)) }
                        td class="n" { (money(line.after, |m| m.asked)) }
                        td class="n" { (dollar_change(line.asked())) }
                    }
                }
            })) }
        }
        (role_costs(gains, names))
    }
}

fn role_costs(gains: &Gains, names: [&str; 2]) -> Markup {
    let columns = [Words("Role"), Numbers(names[0]), Numbers(names[1]), Numbers("Change")];
    table(
        "What the people of each role cost in a year, whoever pays [USD]",
        &columns,
        html! {
            @for role in &gains.roles {
                tr {
                    th scope="row" { (role.title) }
                    @for (people, dollars) in role.people.iter().zip(role.dollars) {
                        td class="n" {
                            @match (people, dollars) {
                                (Some(people), Some(dollars)) => { (dollars) br; span class="small" { (amount(*people)) " FTE" } },
                                (_, _) => "not there",
                            }
                        }
                    }
                    td class="n" { (dollar_change(role.change())) }
                }
            }
        },
    )
}

/// What a minute a day costs on both sides, by role over the district.
pub fn minute_costs(gains: &Gains, names: [&str; 2], district: &District) -> Markup {
    let Some(year) = gains.telling_year() else { return html! {} };
    let [before, after] = &gains.minute_costs;
    if before == after {
        return own_minute_costs(before, year, district);
    }
    let columns = [Words("Role"), Numbers(names[0]), Numbers(names[1])];
    let all = |costs: &'_ [MinuteCost], role: &str| {
        costs.iter().find(|c| c.school.is_none() && c.year == year && c.role == role).cloned()
    };
    html! {
        (what_a_minute_costs())
        (table(&format!("One minute a day of everybody in a role, in {year}"), &columns, html! {
            @for role in &gains.roles {
                @let both = [all(before, &role.role), all(after, &role.role)];
                @if both.iter().any(Option::is_some) {
                    tr {
                        th scope="row" { (role.title) }
                        @for cost in &both { td class="n" { @match cost { Some(cost) => (cost_words(cost)), None => "not there" } } }
                    }
                }
            }
        }))
    }
}

fn what_a_minute_costs() -> Markup {
    html! {
        h3 { "What a minute costs" }
        p {
            "One minute on every day of the year on which the people of a role come, as the part that it is of their workdays from first to last bell. "
            "In dollars it is that part of what they cost; nobody is paid more or less by it unless the workday itself changes. "
            "People of shared roles count as full-time equivalents."
        }
    }
}

fn cost_words(cost: &MinuteCost) -> String {
    let dollars = cost.dollars.map_or_else(|| "no cost stated".to_string(), |d| whole_dollars(d).to_string());
    format!("{dollars} a year ({:.2} FTE)", cost.fte)
}

/// Cents of a reckoned sum say nothing.
fn whole_dollars(dollars: Dollars) -> Dollars {
    Dollars::new(dollars.as_f64().round())
}

/// What a minute a day costs in one scenario, by role over the district and, folded away, by school.
pub fn own_minute_costs(costs: &[MinuteCost], year: &str, district: &District) -> Markup {
    let of_year: Vec<&MinuteCost> = costs.iter().filter(|c| c.year == year).collect();
    if of_year.is_empty() {
        return html! {};
    }
    let (schools, all): (Vec<&MinuteCost>, Vec<&MinuteCost>) = of_year.into_iter().partition(|c| c.school.is_some());
    html! {
        (what_a_minute_costs())
        (cost_table(&format!("One minute a day of everybody in a role, in {year}"), &all, district))
        details { summary { "By school" } (cost_table(&format!("The same by school, in {year}"), &schools, district)) }
        p class="small" { "Every school year stands in " code { "tables/minute_costs.csv" } " (of two sides, in " code { "tables/gains_minute_costs.csv" } ")." }
    }
}

fn cost_table(caption: &str, costs: &[&MinuteCost], district: &District) -> Markup {
    let columns: [Column; 5] = [
        Words("Role"),
        Words("School"),
        Numbers("Positions or FTE"),
        Numbers("Workdays in the year [min]"),
        Numbers("One minute a day"),
    ];
    let title = |id: &str| district.role(id).map_or(id, |role| district.roles[role].title.as_str()).to_string();
    let name = |id: &Option<String>| match id {
        None => "all schools".to_string(),
        Some(id) => district.school(id).map_or(id.clone(), |place| district.schools[place].name.clone()),
    };
    table(
        caption,
        &columns,
        html! {
            @for cost in costs {
                tr {
                    th scope="row" { (title(&cost.role)) }
                    td { (name(&cost.school)) }
                    td class="n" { (amount(cost.people)) }
                    td class="n" { (cost.workdays.map(|m| thousands(m.0)).unwrap_or_default()) }
                    td class="n" { (cost_words(cost)) }
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::CYCLE_DAYS;
    use crate::ledger::gains;
    use crate::report::page::gains::gains as whole_part;
    use crate::report::sample::sample;
    use crate::report::side;
    use crate::timetable::build;

    /// The part of the page about the sample against itself with Mondays that ring as every other day does.
    fn part(names: [&str; 2]) -> String {
        let (scenario, outcome) = sample();
        let mut full = scenario.district.clone();
        for school in &mut full.schools {
            let rings = school.bells["full"];
            school.bells.insert("monday".into(), rings);
        }
        full.schools.pop();
        let rung = build(&scenario.calendars, &scenario.schedules, &full);
        let before = Side { district: &full, timetable: &rung, ..side(&scenario, &outcome) };
        let gains = gains(&before, &side(&scenario, &outcome), CYCLE_DAYS);
        whole_part(&gains, names, &full).into_string()
    }

    #[test]
    fn the_part_names_both_sides_escapes_them_and_tells_what_is_not_compared() {
        let html = part(["Full <Mondays>", "Release"]);
        assert!(html.contains("Full &lt;Mondays&gt;") && !html.contains("<Mondays>"));
        assert!(html.contains("Only “Release” has the school stratford."), "{html}");
        assert!(html.contains("Nothing rings on either side for: Instructional coach and Principal."));
        assert_eq!(html.matches("<table").count(), html.matches("<caption").count());
        assert!(html.contains("Hours of care") && html.contains("What a minute costs"));
        for word in [" should ", " must not ", " recommend", " ought "] {
            assert!(!html.to_lowercase().contains(word), "{word}");
        }
    }

    #[test]
    fn care_of_several_grades_is_a_mean_over_pupils() {
        let care = Care { pupils: 4.0, year: 10.0, week: 1.0 };
        assert_eq!(care.cells(), [10.0, 2.5, 0.25]); // by hand: 10 / 4 and 1 / 4
        assert_eq!(
            [hours(2.5), hours(148_412.5), signed_hours(-0.25), signed_hours(0.0)],
            ["2.50", "148,412.5", "-0.25", "0"]
        );
    }
}
