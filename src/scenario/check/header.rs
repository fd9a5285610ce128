//! The header of a scenario: what it is, what it asks, when it begins and how long it lasts.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::Goal;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::scenario::read::Part;
use crate::units::Date;
use crate::units::Share;

/// Success where a scenario names no other: the share of educators that really use the practice.
/// `template.ron` tells it.
const USUAL_GOAL: f64 = 0.8;

/// A rollout of more years than this is beyond what anybody plans.
const MOST_YEARS: u32 = 20;

/// The checked header.
#[derive(Debug)]
pub struct Header {
    pub title: String,
    pub question: String,
    pub from: Date,
    pub school_years: u32,
    pub seed: u64,
    pub goal: Goal,
    pub district: String,
    pub state: String,
    /// Where the scenario begins.
    pub place: Place,
}

/// Checks the header of the scenario's own file, and that no other file has one.
pub fn check(parts: &[Part], out: &mut Findings) -> Option<Header> {
    let (root, included) = parts.split_first()?;
    none(included, out);
    let (body, place) = (&root.body, Place::at(&root.file, ""));
    all_there(body, &place, out);
    let from = body.from.as_ref().and_then(|t| values::date(t, &place.field("from"), out));
    let years = body.school_years.as_ref().and_then(|n| {
        values::whole(n, 1..=MOST_YEARS, "the number of school years", &place.field("school_years"), out)
    });
    let state = body.state.as_ref().and_then(|t| values::state(t, &place.field("state"), out));
    let goal = values::maybe(body.goal.as_ref(), |q| values::share(q, &place.field("goal"), out));
    let usual = Share::new(USUAL_GOAL).expect("the usual goal is a share");
    Some(Header {
        title: body.title.clone()?,
        question: body.question.clone()?,
        from: from?,
        school_years: years?,
        seed: body.seed?,
        goal: Goal { using: goal?.unwrap_or(usual) },
        district: body.district.clone()?,
        state: state?,
        place,
    })
}

/// Checks that parts have no header.
pub fn none(parts: &[Part], out: &mut Findings) {
    for part in parts {
        no_header(part, out);
    }
}

/// The keys of a header that stand in a file.
fn keys(body: &raw::Body) -> [(&'static str, bool); 8] {
    [
        ("title", body.title.is_some()),
        ("question", body.question.is_some()),
        ("from", body.from.is_some()),
        ("school_years", body.school_years.is_some()),
        ("seed", body.seed.is_some()),
        ("district", body.district.is_some()),
        ("state", body.state.is_some()),
        ("goal", body.goal.is_some()),
    ]
}

fn all_there(body: &raw::Body, place: &Place, out: &mut Findings) {
    let missing = |(key, written): &(&'static str, bool)| !written && *key != "goal";
    let missing: Vec<String> = keys(body).iter().filter(|k| missing(k)).map(|(key, _)| format!("`{key}`")).collect();
    if !missing.is_empty() {
        out.push(
            Finding::error("scenario::missing_key", format!("the scenario has no {}", missing.join(", ")))
                .at(place, "missing in this file")
                .help("add them at its top, such as `seed: 1,`; template.ron shows how each is written"),
        );
    }
}

fn no_header(part: &Part, out: &mut Findings) {
    for (key, _) in keys(&part.body).iter().filter(|(_, written)| *written) {
        out.push(
            Finding::error("scenario::header_in_part", format!("`{key}` belongs in the scenario's own file"))
                .at(&Place::at(&part.file, *key), "not here")
                .help("move it to the file that begins with `Scenario(`"),
        );
    }
}
