//! Dates that the simulation never comes to: they change nothing, and their author is told so.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::plan::Delivered;
use crate::plan::Resources;
use crate::scenario::check::header::Header;
use crate::units::Date;

/// Warns of learning time and engagement on dates before the first day of the simulation or after its last.
pub fn check(resources: &Resources, header: &Header, out: &mut Findings) {
    for time in &resources.learning {
        if let Delivered::OnDates { dates, .. } = &time.delivered {
            warn("learning time", &time.id, dates, &time.written, header, out);
        }
    }
    for event in &resources.engagement {
        warn("engagement", &event.id, &event.dates, &event.written, header, out);
    }
}

fn warn(what: &str, id: &str, dates: &[Date], written: &Place, header: &Header, out: &mut Findings) {
    let end = header.from.saturating_add(jiff::Span::new().years(i64::from(header.school_years)));
    let outside: Vec<String> =
        dates.iter().filter(|d| **d < header.from || **d >= end).map(ToString::to_string).collect();
    if outside.is_empty() {
        return;
    }
    let does = if outside.len() == 1 {
        "lies outside the simulation and changes"
    } else {
        "lie outside the simulation and change"
    };
    let message = format!("{} of the {what} `{id}` {does} nothing", outside.join(", "));
    let help =
        format!("the simulation runs from {} to before {end}; correct the dates, or leave them out", header.from);
    out.push(Finding::warning("rollout::outside_simulation", message).at(written, "").help(help));
}
