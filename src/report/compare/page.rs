//! The page of a comparison: the answer first, then every difference with its reason.

use crate::compare::Against;
use crate::compare::Comparison;
use crate::ensemble::MeasureDifference;
use crate::report::compare::answer::answer;
use crate::report::compare::proposals;
use crate::report::compare::snow::rows as snow_rows;
use crate::report::compare::words::change;
use crate::report::compare::words::change_of_slack;
use crate::report::compare::words::interval;
use crate::report::compare::words::later;
use crate::report::compare::words::narrower;
use crate::report::compare::words::points;
use crate::report::compare::words::stands;
use crate::report::compare::words::value;
use crate::report::compare::words::when;
use crate::report::page::Column;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figure;
use crate::report::page::figures;
use crate::report::page::gains;
use crate::report::page::gains_money;
use crate::report::page::head;
use crate::report::page::table;
use crate::report::words::percent;
use maud::DOCTYPE;
use maud::Markup;
use maud::html;

const PARTS: [(&str, &str); 8] = [
    ("curves", "How far it spreads, side by side"),
    ("clauses", "Clauses of law and contract"),
    ("time", "Minutes: who gains and who loses"),
    ("dates", "What comes first"),
    ("who", "Schools and kinds of educators"),
    ("money", "Money and care"),
    ("proposals", "What the proposals change"),
    ("notes", "What to keep in mind"),
];

/// The page.
pub fn page(comparison: &Comparison, receipt_id: &str, drawn: &[Drawn]) -> String {
    let names: Vec<&str> = comparison.sides.iter().map(|s| s.name.as_str()).collect();
    let title = format!("{}: {}", comparison.baseline().scenario.district.name, names.join(" | "));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{title} – Earlybell comparison"), ""))
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header {
                    h1 { "Side by side: " (comparison.baseline().scenario.district.name) }
                    p class="question" { (sides_in_words(comparison)) }
                }
                main id="main" {
                    @for against in &comparison.against { (opening(comparison, against)) }
                    nav aria-label="Contents" { ul { @for (id, title) in PARTS { li { a href={ "#" (id) } { (title) } } } } }
                    (curves(comparison, drawn))
                    (clauses(comparison, drawn))
                    (time(comparison, drawn))
                    (dates(comparison))
                    (who(comparison, drawn))
                    (money(comparison))
                    (proposed(comparison))
                    (notes(comparison))
                }
                (footer(comparison, receipt_id))
            }
        }
    };
    markup.into_string().replace(" %", "\u{a0}%")
}

fn part(id: &str) -> Markup {
    let title = PARTS.iter().find(|(part, _)| *part == id).map_or("", |(_, title)| *title);
    html! { h2 id=(id) { (title) } }
}

fn sides_in_words(comparison: &Comparison) -> String {
    let others: Vec<String> = comparison.sides[1..].iter().map(|s| format!("“{}”", s.name)).collect();
    let others = crate::report::words::list(&others);
    format!(
        "{others} against the baseline “{}”. The same people, years and luck on every side.",
        comparison.baseline().name
    )
}

fn opening(comparison: &Comparison, against: &Against) -> Markup {
    let [before, after] = comparison.names(against);
    html! {
        section class="answer" aria-label={ "The answer for “" (after) "”" } {
            dl {
                dt { "“" (after) "” against “" (before) "”" }
                @for point in answer(comparison, against) {
                    dt { (point.about) }
                    dd class="short" { (point.short) }
                    @for sentence in &point.more { dd class="more" { (sentence) } }
                }
            }
        }
    }
}

/// A heading for a pair, where there are several.
fn pair(comparison: &Comparison, against: &Against) -> Markup {
    let [before, after] = comparison.names(against);
    html! { h3 { "“" (after) "” against “" (before) "”" } }
}

/// The charts of a pair whose names begin so.
fn of_pair(drawn: &[Drawn], begins: &str, against: &Against) -> Markup {
    let end = format!("-{}", against.side);
    html! { @for d in drawn.iter().filter(|d| d.picture.name.starts_with(begins) && d.picture.name.ends_with(&end)) { (figure(d)) } }
}

fn curves(comparison: &Comparison, drawn: &[Drawn]) -> Markup {
    html! {
        (part("curves"))
        (figures(drawn, "compare-using"))
        (figures(drawn, "compare-routine"))
        (figures(drawn, "difference-"))
        @for against in &comparison.against {
            (pair(comparison, against))
            (measures(comparison, against))
        }
    }
}

fn measures(comparison: &Comparison, against: &Against) -> Markup {
    let [before, after] = comparison.names(against);
    let columns = [
        Words("Measure"),
        Numbers(before),
        Numbers(after),
        Numbers("Difference, mean"),
        Numbers("90 % interval, paired"),
        Numbers("unpaired"),
        Words("Paired is"),
        Numbers("Ahead in"),
        Numbers("Same in"),
        Numbers("Behind in"),
    ];
    let caption = format!(
        "“{after}” less “{before}”: percentage points for shares; ahead: share of the runs in which it has more"
    );
    let row = |m: &MeasureDifference| {
        let d = &m.difference;
        html! { tr {
            th scope="row" { (crate::report::words::capital(&m.name)) }
            td class="n" { (value(m.counts, d.baseline)) }
            td class="n" { (value(m.counts, d.other)) }
            td class="n" { (change(m.counts, d.mean)) }
            td class="n" { (interval(m.counts, d.interval)) }
            td class="n" { (interval(m.counts, d.unpaired_interval)) }
            td { (narrower(d)) }
            td class="n" { (percent(d.ahead)) }
            td class="n" { (percent(d.level)) }
            td class="n" { (percent(d.behind)) }
        } }
    };
    table(&caption, &columns, html! { @for m in &against.paired.measures { (row(m)) } })
}

fn clauses(comparison: &Comparison, drawn: &[Drawn]) -> Markup {
    html! {
        (part("clauses"))
        p { "Each clause at its tightest school, grade or role, and school year. The change is in the clause's own unit." }
        (figures(drawn, "compare-clauses"))
        @for against in &comparison.against {
            (pair(comparison, against))
            (clause_table(comparison, against))
            (snow(comparison, against))
        }
    }
}

/// How often days lost to snow break each clause on both sides, after the emergency days; only where a side tells of lost days.
fn snow(comparison: &Comparison, against: &Against) -> Markup {
    let rows = snow_rows(comparison, against);
    let [before, after] = comparison.names(against);
    let columns = [Words("Clause"), Words("School year"), Numbers(before), Numbers(after)];
    let share = |x: &Option<f64>| x.map_or_else(|| "not told".to_string(), percent);
    html! {
        @if !rows.is_empty() {
            (table("Days lost to snow: in how many runs a clause stays broken after all emergency days", &columns, html! {
                @for row in &rows { tr {
                    th scope="row" { (row.title) }
                    td { (row.year) }
                    td class="n" { (share(&row.breaks[0])) }
                    td class="n" { (share(&row.breaks[1])) }
                } }
            }))
            p class="small" { "Both sides meet the same luck. Clauses that never stay broken on either side are left out, and those that fail without any lost day." }
        }
    }
}

fn clause_table(comparison: &Comparison, against: &Against) -> Markup {
    let [before, after] = comparison.names(against);
    let columns = [Words("Clause"), Words(before), Words(after), Numbers("Change of slack"), Words("Text")];
    let schools = &comparison.baseline().scenario.district.schools;
    let side = |cell: &Option<crate::compare::Cell>| {
        html! {
            @match cell {
                None => "not there",
                Some(cell) => {
                    (stands(cell))
                    @if cell.slack.is_some() {
                        br; span class="small" {
                            (schools.get(cell.school).map_or("", |s| s.name.as_str()))
                            @if let Some(whose) = &cell.whose { ", " (whose) }
                            @if let Some(date) = cell.tightest { ", " (crate::report::words::day(date)) }
                        }
                    }
                }
            }
        }
    };
    let caption = format!("Clauses with “{before}” and with “{after}”");
    table(
        &caption,
        &columns,
        html! {
            @for row in &against.clauses { tr {
                th scope="row" { (row.title()) @if let Some(section) = &row.section { br; span class="small" { (section) } } }
                td { (side(&row.cells[0])) }
                td { (side(&row.cells[1])) }
                td class="n" { (change_of_slack(row)) }
                td { (clause_text(row)) }
            } }
        },
    )
}

fn clause_text(row: &crate::compare::ClauseRow) -> Markup {
    let [before, after] = &row.texts;
    html! { details { summary { "text" }
        @match (before, after) {
            (Some(a), Some(b)) if a == b => p { (a) },
            (a, b) => {
                @if let Some(a) = a { p { del { (a) } } }
                @if let Some(b) = b { p { ins { (b) } } }
            }
        }
        @if row.asks[0] != row.asks[1] {
            p class="small" { "Asked: " @if let Some(a) = &row.asks[0] { del { (a) } " " } @if let Some(b) = &row.asks[1] { ins { (b) } } }
        }
    } }
}

fn time(comparison: &Comparison, drawn: &[Drawn]) -> Markup {
    let district = &comparison.baseline().scenario.district;
    html! {
        (part("time"))
        @for against in &comparison.against {
            @let names = comparison.names(against);
            (pair(comparison, against))
            (of_pair(drawn, "butterfly", against))
            (of_pair(drawn, "spread", against))
            (gains::how(&against.gains, names))
            (gains::worst_off(&against.gains, names, district))
            (gains::by_role(&against.gains, names, district))
            (gains::by_school(&against.gains, names, district))
            (gains::one_sided(&against.gains, names, district))
        }
    }
}

fn dates(comparison: &Comparison) -> Markup {
    html! {
        (part("dates"))
        p { "From when a condition holds in half of the runs, in the school where it holds last." }
        @for against in &comparison.against {
            @let [before, after] = comparison.names(against);
            @let moved: Vec<_> = against.dates.iter().filter(|d| d.differs()).collect();
            (pair(comparison, against))
            @if moved.is_empty() { p { "Every condition holds from the same day on both sides." } }
            @else {
                @let columns = [Words("Condition"), Words(before), Words(after), Words("Change"), Numbers("Critical before"), Numbers("Critical after")];
                (table(&format!("Conditions that hold from another day with “{after}”"), &columns, html! {
                    @for d in &moved { tr {
                        th scope="row" { (d.title) }
                        td { @if d.is_there[0] { (when(d.holds_from[0][1])) } @else { "not there" } }
                        td { @if d.is_there[1] { (when(d.holds_from[1][1])) } @else { "not there" } }
                        td { (d.days_later().map_or_else(String::new, later)) }
                        td class="n" { (percent(d.critical[0])) }
                        td class="n" { (percent(d.critical[1])) }
                    } }
                }))
                p class="small" { (against.dates.len() - moved.len()) " further conditions hold from the same day on both sides." }
            }
        }
    }
}

/// What held people back, both sides and the change, in percentage points.
fn held_cells(change: &crate::ensemble::HeldChange) -> Markup {
    html! { @for moved in change.change.iter() { td class="n" { (points(*moved)) } } }
}

fn held_columns<'a>(first: &'a str, second: &'a str) -> Vec<Column<'a>> {
    let mut columns = vec![Words(first), Numbers(second), Numbers("90 % interval")];
    columns.extend(crate::adoption::HELD_BY.iter().map(|h| Numbers(h)));
    columns
}

fn who(comparison: &Comparison, drawn: &[Drawn]) -> Markup {
    html! {
        (part("who"))
        p { "Differences in percentage points of educators using at least one practice. The last five columns: by how many points more (+) or fewer (−) educators are held back by each capacity, or by nothing." }
        (figures(drawn, "schools-"))
        @for against in &comparison.against {
            @let [before, after] = comparison.names(against);
            (pair(comparison, against))
            (table(&format!("By school, at the end: “{after}” less “{before}”"), &held_columns("School", "Using"), html! {
                @for s in &against.paired.schools { tr {
                    th scope="row" { (s.name) }
                    td class="n" { (points(s.using.mean)) }
                    td class="n" { (interval(crate::ensemble::Counts::Share, s.using.interval)) }
                    (held_cells(&s.held.over_all))
                } }
            }))
            (table(&format!("By kind of educator, at the end: “{after}” less “{before}”"), &held_columns("Kind", "Using"), html! {
                @for k in &against.paired.kinds {
                    @if let Some(using) = k.years.last().and_then(|y| y.using.as_ref()) { tr {
                        th scope="row" { (k.name) br; span class="small" { (k.sorted.name()) } }
                        td class="n" { (points(using.mean)) }
                        td class="n" { (interval(crate::ensemble::Counts::Share, using.interval)) }
                        (held_cells(&k.held))
                    } }
                }
            }))
        }
    }
}

fn money(comparison: &Comparison) -> Markup {
    let district = &comparison.baseline().scenario.district;
    html! {
        (part("money"))
        @for against in &comparison.against {
            @let names = comparison.names(against);
            (pair(comparison, against))
            (gains_money::dollars(&against.gains, names, district))
            (gains_money::care(&against.gains, names, district))
            (gains_money::minute_costs(&against.gains, names, district))
        }
    }
}

fn proposed(comparison: &Comparison) -> Markup {
    html! {
        (part("proposals"))
        @for side in &comparison.sides {
            h3 { (side.name) }
            @if side.scenario.proposals.is_empty() { p { "No proposal: “" (side.scenario.title) "” as it is written." } }
            (proposals::markup(&side.scenario))
        }
    }
}

fn notes(comparison: &Comparison) -> Markup {
    let side = comparison.baseline();
    let n = side.scenario.sources.assumptions.len();
    html! {
        (part("notes"))
        ul {
            li { "Run number n has the same luck on every side: the same person meets the same chance in the same week. So the paired interval of a difference is narrower than the unpaired one, and both are shown." }
            li { "Intervals are about luck only, not about values that nobody knows: " (n) " entries of the baseline are assumed; the report of each side lists them." }
            li { "Kinds of educators are told by what they are at the end of the school year on their own side." }
            li { "This is not legal advice, and says what is, not what anybody ought to do." }
        }
        p { "Each side's own report: " code { "earlybell run" } " with its name: "
            @for (n, side) in comparison.sides.iter().enumerate() { @if n > 0 { ", " } code { (side.scenario.name) } } "." }
    }
}

fn footer(comparison: &Comparison, receipt_id: &str) -> Markup {
    let side = comparison.baseline();
    html! {
        footer {
            p {
                "Seed " (side.scenario.seed) ", " (side.outcome.results.replicates) " runs of each side. Made with Earlybell "
                (env!("CARGO_PKG_VERSION")) "."
            }
            p { "Receipt: " (receipt_id) ". The same files, seed and version give the same bytes; " code { "earlybell verify" } " runs them again." }
        }
    }
}
