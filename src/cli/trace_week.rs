//! A week on the curve and what held it, in words of at most 100 columns.

use crate::adoption::HELD_BY;
use crate::report::words::capital;
use crate::report::words::counted;
use crate::report::words::percent;
use crate::report::words::percent_band;
use crate::report::words::wrap;
use crate::trace::Behind;
use crate::trace::Cause;
use crate::trace::WeekTrace;

/// The width of a page on a terminal.
const COLUMNS: usize = 100;
/// A capacity that holds back fewer is named with its share and without causes.
const WORTH_TELLING: f64 = 0.05;

/// The whole trace.
pub fn week_in_words(trace: &WeekTrace) -> String {
    let practice = trace.practice.as_ref().map(|p| format!(", practice {p}")).unwrap_or_default();
    let educators = counted(trace.n_educators, "educator");
    let mut text = format!("{}, week of {}{practice}: {educators}\n", trace.of, trace.monday);
    if trace.school_week < 1.0 {
        let days = 5.0 * trace.school_week;
        text.push_str(&format!(
            "No full school week ({days:.1} of 5 days); what held people back is that of the last full one.\n"
        ));
    }
    let share = |[low, middle, high]: [f64; 3]| format!("{} ({})", percent(middle), percent_band(low, high));
    text.push_str(&format!("\nUsing    {}\nRoutine  {}\n", share(trace.using), share(trace.routine)));
    let held: Vec<String> =
        HELD_BY.iter().zip(trace.held).map(|(what, share)| format!("{what} {:.1} %", 100.0 * share)).collect();
    text.push_str(&format!("Held back by {}\n", held.join(", ")));
    match trace.binding {
        Some(capacity) => text.push_str(&format!("{} holds most educators back.\n", capital(capacity))),
        None => text.push_str("No capacity holds anybody back.\n"),
    }
    for (n, behind) in trace.behind.iter().enumerate() {
        if n == 0 || behind.share >= WORTH_TELLING {
            text.push_str(&behind_in_words(behind));
        }
    }
    text.push_str(&closing(trace));
    text
}

fn behind_in_words(behind: &Behind) -> String {
    let mut text = format!("\n{} ({:.1} %)\n", capital(behind.capacity), 100.0 * behind.share);
    for cause in &behind.causes {
        cause_in_words(cause, 1, &mut text);
    }
    text
}

/// A cause and what stands behind it, each with its place at the end.
fn cause_in_words(cause: &Cause, depth: usize, text: &mut String) {
    let place = cause.written.as_ref().map(|at| format!(" [{at}]")).unwrap_or_default();
    let indent = 2 * depth;
    for (n, line) in wrap(&format!("{}{place}", cause.text), COLUMNS - indent - 2).into_iter().enumerate() {
        let hang = if n == 0 { 0 } else { 2 };
        text.push_str(&format!("{:w$}{line}\n", "", w = indent + hang));
    }
    cause.because.iter().for_each(|behind| cause_in_words(behind, depth + 1, text));
}

fn closing(trace: &WeekTrace) -> String {
    let sentence = format!(
        "Shares are medians and means of {} replicates. Dates, hours and conditions are those with every duration at \
         its typical value.",
        trace.replicates
    );
    let lines = wrap(&sentence, COLUMNS).into_iter().map(|line| format!("{line}\n"));
    format!("\n{}", lines.collect::<String>())
}
