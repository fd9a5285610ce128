//! The paper for the table: current, proposed and change in three columns, one page for each school.
//!
//! Contract text is struck where it goes and underlined where it comes; article and section stand beside it; the
//! receipt stands at the foot of every page. Written to be printed from any browser.

use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::minutes_by_kind;
use crate::compare::Against;
use crate::compare::ClauseRow;
use crate::compare::Comparison;
use crate::district::District;
use crate::ledger::Amounts;
use crate::ledger::Change;
use crate::ledger::Measure;
use crate::ledger::Per;
use crate::report::compare::answer::telling;
use crate::report::compare::bells::DayPair;
use crate::report::compare::bells::changed_days;
use crate::report::compare::words::change_of_slack;
use crate::report::compare::words::points;
use crate::report::compare::words::signed;
use crate::report::compare::words::stands;
use crate::report::page::head;
use crate::report::words::capital;
use crate::report::words::counted;
use crate::report::words::day;
use crate::report::words::list;
use crate::timetable::Whose;
use crate::units::ClockTime;
use maud::DOCTYPE;
use maud::Markup;
use maud::html;

/// The page for paper: every other side against the baseline, the district first and then each school.
pub fn paper(comparison: &Comparison, receipt_id: &str) -> String {
    let title = format!("Current, proposed, change: {}", comparison.baseline().scenario.district.name);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&title, include_str!("paper.css")))
            body { main {
                h1 { "Current, proposed, change" }
                @for against in &comparison.against {
                    (district_sheet(comparison, against, receipt_id))
                    @for school in 0..comparison.baseline().scenario.district.schools.len() {
                        (school_sheet(comparison, against, school, receipt_id))
                    }
                }
            } }
        }
    };
    markup.into_string().replace(" %", "\u{a0}%")
}

fn sheet(comparison: &Comparison, against: &Against, title: &str, body: &Markup, receipt_id: &str) -> Markup {
    let [before, after] = comparison.names(against);
    html! {
        section class="sheet" {
            h2 { (title) }
            p class="question" { "Current: “" (before) "”. Proposed: “" (after) "”." }
            (body)
            p class="receipt" {
                (comparison.baseline().scenario.district.name) " · seed " (comparison.baseline().scenario.seed) ", "
                (comparison.baseline().outcome.results.replicates) " runs · Earlybell " (env!("CARGO_PKG_VERSION"))
                " · receipt " (receipt_id) " · " code { "earlybell verify" } " runs it again · not legal advice"
            }
        }
    }
}

/// A table of three columns, and a first one for what each row is about.
fn three(caption: &str, about: &str, rows: &[[Markup; 4]]) -> Markup {
    html! {
        @if !rows.is_empty() {
            div class="scroll" tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead { tr {
                        th scope="col" { (about) } th scope="col" { "Current" } th scope="col" { "Proposed" } th scope="col" { "Change" }
                    } }
                    tbody { @for [about, current, proposed, change] in rows { tr {
                        th scope="row" { (about) } td { (current) } td { (proposed) } td { (change) }
                    } } }
                }
            }
        }
    }
}

fn district_sheet(comparison: &Comparison, against: &Against, receipt_id: &str) -> Markup {
    let side = &comparison.sides[against.side];
    let body = html! {
        section class="answer" aria-label="What is proposed" {
        @if side.scenario.proposals.is_empty() { p { (side.scenario.title) ", as it is." } }
        @for proposal in &side.scenario.proposals {
            p {
                strong { "“" (proposal.title) "”" } ", by " (proposal.by) ", " (day(proposal.date)) "."
                @if !proposal.leaves_out.is_empty() { " It leaves out: " (list(&proposal.leaves_out)) "." }
            }
            ul { @for item in &proposal.items {
                li { (item.title) @if let Some(clause) = &item.clause { " (" (clause) ")" } @if let Some(value) = &item.value { ": " (value) } "." }
            } }
        }
        }
        (three("Clauses of law and contract whose text, limit or slack changes", "Article, section", &clause_rows(&against.clauses)))
        (three("Who gains and who loses in a full week, over the district", "Minutes", &district_minutes(against, &Names(&comparison.baseline().scenario.district))))
        (three("Educators really using it, mean of the runs", "Share", &measures(against)))
    };
    sheet(comparison, against, &comparison.baseline().scenario.district.name, &body, receipt_id)
}

fn school_sheet(comparison: &Comparison, against: &Against, school: usize, receipt_id: &str) -> Markup {
    let sides = [comparison.baseline(), &comparison.sides[against.side]];
    let days = changed_days(sides, school);
    let clauses = clause_rows(&against.by_school[school]);
    let names = Names(&comparison.baseline().scenario.district);
    let minutes = school_minutes(against, school, &names);
    let using = against.paired.schools.get(school).map(|s| {
        let share = |x: f64| format!("{:.0} %", x * 100.0);
        [
            html! { "Using at least one practice at the end" },
            html! { (share(s.using.baseline)) },
            html! { (share(s.using.other)) },
            html! { (points(s.using.mean)) " points" },
        ]
    });
    let nothing = days.is_empty() && clauses.is_empty() && minutes.is_empty();
    let body = html! {
        @if nothing { p { "No bell, no clause and no minute of this school changes." } }
        @for pair in &days { (bells(pair, &names)) }
        (three("Minutes in a full week, with the daily mean in brackets", "Minutes", &minutes))
        (three("Clauses whose text, limit or slack changes here", "Article, section", &clauses))
        (three("Educators", "Share", &using.into_iter().collect::<Vec<_>>()))
    };
    sheet(comparison, against, &comparison.baseline().scenario.district.schools[school].name, &body, receipt_id)
}

fn clause_rows(rows: &[ClauseRow]) -> Vec<[Markup; 4]> {
    rows.iter().filter(|r| r.differs()).map(clause_row).collect()
}

fn clause_row(row: &ClauseRow) -> [Markup; 4] {
    let stand = |n: usize| row.cells[n].as_ref().map_or_else(|| "not there".to_string(), stands);
    let about = html! {
        (row.title())
        @if let Some(section) = &row.section { br; span class="small" { (section) } }
    };
    let (before, after) = (row.texts[0].as_deref().unwrap_or(""), row.texts[1].as_deref().unwrap_or(""));
    let (asked, asks) = (row.asks[0].as_deref().unwrap_or(""), row.asks[1].as_deref().unwrap_or(""));
    let texts = before != after;
    [
        about,
        html! { @if texts { (before) br; } @if asked != asks { span class="small" { (asked) } br; } em { (stand(0)) } },
        html! { @if texts { (redline(before, after)) br; } @if asked != asks { span class="small" { (redline(asked, asks)) } br; } em { (stand(1)) } },
        html! { (change_of_slack(row)) },
    ]
}

/// The new text with what goes struck and what comes underlined, word by word.
fn redline(before: &str, after: &str) -> Markup {
    let (before, after) = (words(before), words(after));
    html! {
        @for step in diff::slice(&before, &after) {
            @match step {
                diff::Result::Both(word, _) => (word),
                diff::Result::Left(word) => del { (word) },
                diff::Result::Right(word) => ins { (word) },
            }
        }
    }
}

/// Words and the spaces between them, each a piece of its own.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_alike = |c: char| c.is_whitespace() == first.is_whitespace();
        let (piece, after) = rest.split_at(rest.find(|c| !is_alike(c)).unwrap_or(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// With more changed blocks than this the day is told by its first and last bell and its minutes.
const MOST_BLOCKS: usize = 6;

/// The bells of a kind of day that change; the others are counted.
fn bells(pair: &DayPair, names: &Names) -> Markup {
    let whose = match &pair.whose {
        Whose::Pupils(_) => "Pupils".to_string(),
        Whose::Staff(role) => names.of(role),
    };
    let weekdays: Vec<String> = pair.weekdays.iter().map(|w| format!("{w:?}s")).collect();
    let (rows, same) = block_rows(pair);
    let days = format!("{whose}: {} of the first school year ({} days)", list(&weekdays), pair.days);
    match rows.len() > MOST_BLOCKS {
        true => three(
            &format!("{days}, by minutes; {} ring at other times", counted(rows.len(), "block")),
            "Day",
            &day_rows(pair),
        ),
        false => three(&format!("{days}; {} as now", counted(same, "block")), "Bells", &rows),
    }
}

/// Each block that changes, and how many stay.
fn block_rows(pair: &DayPair) -> (Vec<[Markup; 4]>, usize) {
    let [before, after] = pair.blocks.clone().map(|blocks| blocks.iter().map(block).collect::<Vec<String>>());
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let (mut rows, mut same) = (Vec::new(), 0);
    let (mut goes, mut comes) = (Vec::new(), Vec::new());
    for step in diff::slice(&before, &after) {
        match step {
            diff::Result::Left(block) => goes.push(*block),
            diff::Result::Right(block) => comes.push(*block),
            diff::Result::Both(..) => {
                rows.extend(changes(&std::mem::take(&mut goes), &std::mem::take(&mut comes)));
                same += 1;
            }
        }
    }
    rows.extend(changes(&goes, &comes));
    (rows, same)
}

/// Blocks that stand between two that stay, old beside new.
fn changes(goes: &[&str], comes: &[&str]) -> Vec<[Markup; 4]> {
    let row = |n: usize| {
        let change = match (goes.get(n), comes.get(n)) {
            (Some(_), None) => "falls away",
            (None, _) => "new",
            _ => "other bells",
        };
        let text = |list: &[&str]| list.get(n).map(ToString::to_string).unwrap_or_default();
        [html! { (change) }, html! { del { (text(goes)) } }, html! { ins { (text(comes)) } }, html! {}]
    };
    (0..goes.len().max(comes.len())).map(row).collect()
}

/// A day by its first and last bell and its minutes of each kind.
fn day_rows(pair: &DayPair) -> Vec<[Markup; 4]> {
    let [before, after] = &pair.blocks;
    let bell = |blocks: &[Block],
                which: fn(&Block) -> ClockTime,
                last: fn(&mut dyn Iterator<Item = ClockTime>) -> Option<ClockTime>| {
        last(&mut blocks.iter().map(which)).map_or_else(|| "–".to_string(), |t| t.to_string())
    };
    let row = |about: &str, old: String, new: String, change: String| {
        [
            html! { (about) },
            html! { @if old == new { (old) } @else { del { (old) } } },
            html! { @if old == new { (new) } @else { ins { (new) } } },
            html! { (change) },
        ]
    };
    let mut rows = vec![
        row(
            "first bell",
            bell(before, Block::rings_in, |t| t.min()),
            bell(after, Block::rings_in, |t| t.min()),
            String::new(),
        ),
        row(
            "last bell",
            bell(before, Block::rings_out, |t| t.max()),
            bell(after, Block::rings_out, |t| t.max()),
            String::new(),
        ),
    ];
    let (a, b) = (minutes_by_kind(before), minutes_by_kind(after));
    for kind in Kind::ALL.into_iter().filter(|k| a.of(*k) != b.of(*k)) {
        let (old, new) = (a.of(kind).0, b.of(kind).0);
        rows.push(row(
            kind.name(),
            format!("{old} min"),
            format!("{new} min"),
            format!("{} min", signed((new - old) as f64, 0)),
        ));
    }
    rows
}

fn block(block: &Block) -> String {
    format!("{}–{} {} ({} min)", block.rings_in(), block.rings_out(), block.kind.name(), block.length().0)
}

/// Minutes of a full week by group of a school that change.
fn school_minutes(against: &Against, school: usize, names: &Names) -> Vec<[Markup; 4]> {
    let Some(year) = against.gains.telling_year() else { return Vec::new() };
    let groups = against.gains.in_year(year).filter(|g| g.school == school);
    joined(groups.map(|g| (&g.whose, g.changes.as_slice())), names)
}

fn district_minutes(against: &Against, names: &Names) -> Vec<[Markup; 4]> {
    let Some(year) = against.gains.telling_year() else { return Vec::new() };
    let groups = against.gains.district.iter().filter(|g| g.year == year);
    joined(groups.map(|g| (&g.whose, g.changes.as_slice())), names)
}

/// What changes for each group; groups for whom a measure stands and changes alike are told together.
fn joined<'a>(groups: impl Iterator<Item = (&'a Whose, &'a [Change])>, names: &Names) -> Vec<[Markup; 4]> {
    let mut rows: Vec<(Measure, [String; 3], Vec<Whose>)> = Vec::new();
    for (whose, changes) in groups {
        for c in changes.iter().filter(|c| c.by(Per::Week) != 0.0) {
            let side = |a: &Amounts| format!("{:.0} ({:.0} a day)", a.week, a.day);
            let by = format!("{} ({} a day)", signed(c.by(Per::Week), 0), signed(c.by(Per::Day), 1));
            let cells = [side(&c.before), side(&c.after), by];
            match rows.iter_mut().find(|(measure, known, _)| *measure == c.measure && *known == cells) {
                Some((.., groups)) => groups.push(whose.clone()),
                None => rows.push((c.measure, cells, vec![whose.clone()])),
            }
        }
    }
    let row = |(measure, [before, after, by], groups): (Measure, [String; 3], Vec<Whose>)| {
        [html! { (names.all(&groups)) ": " (measure.name()) }, html! { (before) }, html! { (after) }, html! { (by) }]
    };
    rows.into_iter().map(row).collect()
}

/// What groups are called on paper.
struct Names<'a>(&'a District);

impl Names<'_> {
    fn of(&self, role: &str) -> String {
        self.0.role(role).map_or_else(|| capital(role), |place| self.0.roles[place].title.clone())
    }

    /// Several groups: grades as a range, roles by title.
    fn all(&self, groups: &[Whose]) -> String {
        let grades: Vec<String> = groups
            .iter()
            .filter_map(|g| match g {
                Whose::Pupils(grade) => Some(grade.to_string()),
                Whose::Staff(_) => None,
            })
            .collect();
        let mut said: Vec<String> = match grades.as_slice() {
            [] => Vec::new(),
            [one] => vec![format!("Grade {one}")],
            [first, .., last] => vec![format!("Grades {first} to {last}")],
        };
        said.extend(groups.iter().filter_map(|g| match g {
            Whose::Staff(role) => Some(self.of(role)),
            Whose::Pupils(_) => None,
        }));
        list(&said)
    }
}

fn measures(against: &Against) -> Vec<[Markup; 4]> {
    let row = |m: &crate::ensemble::MeasureDifference| {
        let share = |x: f64| format!("{:.1} %", x * 100.0);
        let interval = m.difference.interval.map(|[low, high]| format!(" (90 %: {} to {})", points(low), points(high)));
        [
            html! { (capital(&m.name)) },
            html! { (share(m.difference.baseline)) },
            html! { (share(m.difference.other)) },
            html! { (points(m.difference.mean)) " points" (interval.unwrap_or_default()) },
        ]
    };
    telling(against).into_iter().map(row).collect()
}
