//! The space of a search: not empty, not too large, and no bell past midnight.

use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::candidates::Added;
use crate::candidates::MOST_CANDIDATES;
use crate::candidates::MOST_CLAUSES;
use crate::candidates::MOST_STARTS;
use crate::candidates::Search;
use crate::candidates::Space;
use crate::candidates::allowed_starts;
use crate::candidates::axes::STARTS;
use crate::candidates::begins;
use crate::candidates::first_and_last;
use crate::clauses::Clause;
use crate::district::District;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::readiness::Node;
use crate::timetable;
use crate::timetable::Timetable;
use crate::units::thousands;

/// The last minute of a day.
const MIDNIGHT: i64 = 24 * 60 - 1;

/// What a search moves.
pub struct Ground<'a> {
    /// Schools and roles.
    pub district: &'a District,
    /// Calendars.
    pub calendars: &'a [Calendar],
    /// Bell schedules.
    pub schedules: &'a [BellSchedule],
    /// Conditions.
    pub nodes: &'a [Node],
}

/// Checks the space as a whole.
pub fn check(search: &Search, ground: &Ground, clauses: &[Clause], out: &mut Findings) {
    if clauses.len() > MOST_CLAUSES {
        let message = format!("a search tells {MOST_CLAUSES} clauses apart, and there are {}", clauses.len());
        let finding = Finding::error("search::clauses", message).at(&search.written, "");
        out.push(finding.help("include the packs of one state only, or leave `search` out"));
    }
    // Errors elsewhere may leave a calendar without days or a school without bells.
    if out.has_errors() {
        return;
    }
    let timetable = timetable::build(ground.calendars, ground.schedules, ground.district);
    if !usual_days(search, ground, &timetable, out) {
        return;
    }
    let space = Space::new(search, ground.district, &timetable, ground.nodes);
    if !few_enough(search, &space, ground, out) {
        return;
    }
    midnight(search, &space, ground, &timetable, out);
    if allowed_starts(search, &space, &timetable).is_empty() {
        let message = "no candidate is left: no start times leave so much between the tiers that share buses";
        let finding = Finding::error("search::empty", message).at(&search.written.field("gaps"), "");
        out.push(finding.help("widen `starts` of a tier, or lower `at_least`"));
    }
}

/// Tiers move the usual day of their schools, so each needs one.
fn usual_days(search: &Search, ground: &Ground, timetable: &Timetable, out: &mut Findings) -> bool {
    let mut all = true;
    for (n, tier) in search.tiers.iter().enumerate() {
        for school in tier.schools.iter().filter(|s| begins(timetable, Some(**s)).is_none()) {
            let id = &ground.district.schools[*school].id;
            let finding =
                Finding::error("search::no_usual_day", format!("no bell rings for pupils of `{id}` on its usual day"));
            let at = search.written.field("tiers").item(n).field("schools");
            out.push(finding.at(&at, "").help("remove the school from the tier, or write what rings for its pupils"));
            all = false;
        }
    }
    all
}

fn few_enough(search: &Search, space: &Space, ground: &Ground, out: &mut Findings) -> bool {
    let n = space.n_choices();
    let starts: u128 = space.axes[STARTS..STARTS + space.n_tiers].iter().map(|a| a.len() as u128).product();
    let (over, limit) = if n > u128::from(MOST_CANDIDATES) {
        (n, u128::from(MOST_CANDIDATES))
    } else if starts > MOST_STARTS {
        (starts, MOST_STARTS)
    } else {
        return true;
    };
    let what = if n > u128::from(MOST_CANDIDATES) { "candidates" } else { "combinations of start times" };
    let number = |n: u128| i64::try_from(n).map_or_else(|_| format!("{:e}", n as f64), thousands);
    let message = format!("there would be {} {what}; {} are looked at", number(over), number(limit));
    let name = |n: usize| space.axes[n].name(search, ground.district, ground.nodes);
    let each: Vec<String> = (0..space.axes.len()).map(|n| format!("{} {}", name(n), space.axes[n].len())).collect();
    let mut longest: Vec<usize> = (0..space.axes.len()).filter(|n| space.axes[*n].len() > 1).collect();
    longest.sort_by_key(|n| std::cmp::Reverse(space.axes[*n].len()));
    let narrow: Vec<String> = longest.iter().take(2).map(|n| name(*n)).collect();
    let help = format!(
        "values by axis, those as read included: {}; narrow {} by a longer step or a shorter range",
        each.join(", "),
        narrow.join(" or ")
    );
    out.push(Finding::error("search::too_large", message).at(&search.written, "").help(help));
    false
}

/// No bell may ring before or after its day.
fn midnight(search: &Search, space: &Space, ground: &Ground, timetable: &Timetable, out: &mut Findings) {
    let most = |of: fn(&Added) -> bool| search.added.iter().filter(|a| of(a)).map(|a| a.minutes().0).max().unwrap_or(0);
    let earlier = most(|a| matches!(a, Added::AtStart(_)));
    let later = most(|a| matches!(a, Added::AtEnd(_)));
    for school in 0..ground.district.schools.len() {
        let tier = search.tiers.iter().position(|t| t.schools.contains(&school));
        let moved = |tier: usize| (0..space.tiers()[tier].len()).map(move |at| space.later(tier, at));
        let by = |least: bool| {
            let moved = tier.into_iter().flat_map(moved);
            if least { moved.min() } else { moved.max() }.unwrap_or(0)
        };
        let days = timetable.schools[school].years.iter().flat_map(|y| &y.days);
        let rung = days.filter(|d| d.kind == DayKind::Attendance).filter_map(|d| d.schedule);
        let ends: Vec<(i64, i64)> = rung.filter_map(|s| first_and_last(&timetable.schedules[s])).collect();
        let first = ends.iter().map(|e| e.0).min().unwrap_or(0) + by(true) - earlier;
        let last = ends.iter().map(|e| e.1).max().unwrap_or(0) + by(false) + later;
        if ends.is_empty() || (first >= 0 && last <= MIDNIGHT) {
            continue;
        }
        let id = &ground.district.schools[school].id;
        let finding = Finding::error("search::midnight", format!("some bells of `{id}` would ring past midnight"));
        let at = tier.map_or(search.written.field("added"), |t| search.written.field("tiers").item(t).field("starts"));
        out.push(finding.at(&at, "").help("narrow the start times, or add fewer minutes"));
    }
}
