//! Bars of inputs, the widest on top: tornado, elementary effects, shares of the variance.

use crate::experiments::Input;
use crate::experiments::Summary;
use crate::report::charts::WIDTH;
use crate::report::experiments::scale::Scale;
use crate::report::experiments::told;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::ORANGE;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::capital;
use crate::report::words::counted;
use crate::sensitivity::Bar;
use crate::sensitivity::ElementaryEffects;
use crate::sensitivity::InputIndices;
use crate::sensitivity::SobolIndices;
use crate::sensitivity::Tornado;

/// Inputs that are shown; all of them stand in the tables.
const MOST: usize = 15;
/// Room for the words of an input \[px\].
const LABELS: f64 = 372.0;
/// Room for a value left of the bars \[px\].
const VALUES: f64 = 46.0;
/// Height of a row \[px\].
const ROW: f64 = 44.0;

/// The frame of so many rows with their labels, below a legend; room for values between labels and frame.
fn rows(picture: &mut Picture, summary: &Summary, inputs: &[usize], top: f64, room: f64) -> Frame {
    let frame = Frame {
        left: MARGIN + LABELS + room,
        top,
        right: WIDTH - MARGIN - 44.0,
        bottom: top + ROW * inputs.len().max(1) as f64,
    };
    for (n, input) in inputs.iter().enumerate() {
        let input: &Input = &summary.plan.inputs[*input];
        let y = top + ROW * (n as f64 + 0.5);
        let name = words(capital(&input.words)).size(12.5);
        let mut lines: Vec<_> = name.lines(LABELS - 20.0).into_iter().take(2).collect();
        lines.push(words(input.told_range()).size(11.0).ink(GREY).fit(LABELS - 20.0));
        let first = y - 7.0 * (lines.len() - 1) as f64;
        for (line, words) in lines.into_iter().enumerate() {
            picture.text((frame.left - room - 12.0, first + 14.0 * line as f64), words.right());
        }
    }
    picture.height = frame.bottom + 58.0;
    frame
}

fn middle_of(frame: Frame, row: usize) -> f64 {
    frame.top + ROW * (row as f64 + 0.5)
}

fn axis(picture: &mut Picture, frame: Frame, scale: &Scale, told: &dyn Fn(f64) -> String, title: &str) {
    for line in scale.lines() {
        let x = frame.left + scale.part(line) * frame.width();
        picture.line(vec![(x, frame.top), (x, frame.bottom)], FAINT, 1.0);
        picture.text((x, frame.bottom + 13.0), words(told(line)).size(12.0).ink(GREY).middle());
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    picture.text((frame.middle(), frame.bottom + 36.0), words(title).size(13.0).middle());
}

/// Boxes with words beside them; gives the height below.
fn legend(picture: &mut Picture, entries: &[(&str, Ink, Hatch)], y: f64) -> f64 {
    let mut x = MARGIN;
    for (text, ink, hatch) in entries {
        let frame = Frame { left: x, top: y - 7.0, right: x + 24.0, bottom: y + 7.0 };
        filled(picture, frame, *ink, *hatch);
        let label = words(*text).size(12.0);
        let width = label.width();
        picture.text((x + 31.0, y), label);
        x += 31.0 + width + 24.0;
    }
    y + 18.0
}

fn filled(picture: &mut Picture, frame: Frame, ink: Ink, hatch: Hatch) {
    match hatch {
        Hatch::Plain => picture.fill(frame, ink),
        Hatch::Rising | Hatch::Falling | Hatch::Level | Hatch::Upright => {
            picture.fill(frame, ink.thin(0.25));
            picture.hatch(frame, hatch, ink, 5.0, |_, _| true);
            picture.edge(frame, ink, 1.0);
        }
    }
}

fn whisker(picture: &mut Picture, y: f64, (from, to): (f64, f64), ink: Ink) {
    picture.line(vec![(from, y), (to, y)], ink, 1.2);
    for x in [from, to] {
        picture.line(vec![(x, y - 3.5), (x, y + 3.5)], ink, 1.2);
    }
}

fn left_out(summary: &Summary) -> String {
    let n = summary.plan.inputs.len();
    if n > MOST { format!(" The {MOST} that matter most of {n}; all stand in the tables.") } else { String::new() }
}

/// Each input alone at the two ends of its range.
pub fn tornado(summary: &Summary, measure: usize, found: &Tornado) -> Picture {
    let of = &summary.plan.measures.list[measure];
    let title = format!("{}: one value moved at a time", told::measure(summary, measure));
    let how = format!(
        "Bars: the mean when this value alone goes to the low or the high end of its range, all others as the scenario has them ({}).{}",
        of.told(found.baseline),
        left_out(summary)
    );
    let (mut picture, top) = Picture::titled(&format!("tornado-{}", of.key), &title, &how, WIDTH);
    let entries = [("at the low end of its range", ORANGE, Hatch::Rising), ("at the high end", BLUE, Hatch::Plain)];
    let top = legend(&mut picture, &entries, top + 8.0);
    let bars = &found.bars[..found.bars.len().min(MOST)];
    let inputs: Vec<usize> = bars.iter().map(|b| b.input).collect();
    let frame = rows(&mut picture, summary, &inputs, top, VALUES);
    let values = bars.iter().flat_map(|b| [b.at_low, b.at_high]).chain([found.baseline]);
    let scale = Scale::of(values);
    let x = |value: f64| frame.left + scale.part(value) * frame.width();
    axis(&mut picture, frame, &scale, &|v| of.told_on_axis(v), &capital(&of.words));
    for (n, bar) in bars.iter().enumerate() {
        ends(&mut picture, (bar, found.baseline), (frame, &scale), middle_of(frame, n), &|v| of.told(v));
    }
    picture.line(vec![(x(found.baseline), frame.top - 4.0), (x(found.baseline), frame.bottom)], DARK, 1.5);
    let one = |b: &Bar| {
        let input = &summary.plan.inputs[b.input];
        let (low, high) = input.domain.ends();
        format!(
            "{}: {} at {}, {} at {}",
            input.words,
            of.told(b.at_low),
            input.told(&low),
            of.told(b.at_high),
            input.told_with_unit(&high)
        )
    };
    let all: Vec<String> = bars.iter().map(one).collect();
    picture.description = format!(
        "{}; as the scenario has it {}. {}.",
        told::measure(summary, measure),
        of.told(found.baseline),
        all.join("; ")
    );
    picture
}

/// The two ends of a bar, each with its value.
fn ends(
    picture: &mut Picture,
    (bar, baseline): (&Bar, f64),
    (frame, scale): (Frame, &Scale),
    y: f64,
    told: &dyn Fn(f64) -> String,
) {
    let x = |value: f64| frame.left + scale.part(value) * frame.width();
    let same_side = (bar.at_low - baseline) * (bar.at_high - baseline) > 0.0;
    // Where both ends move it the same way, each has half of the height.
    let heights = if same_side { [(-12.0, 0.0), (0.0, 12.0)] } else { [(-12.0, 12.0); 2] };
    let both = [(bar.at_low, ORANGE, Hatch::Rising), (bar.at_high, BLUE, Hatch::Plain)];
    for ((value, ink, hatch), (up, down)) in both.into_iter().zip(heights) {
        let (from, to) = (x(baseline).min(x(value)), x(baseline).max(x(value)));
        if to - from < 0.5 {
            continue;
        }
        filled(picture, Frame { left: from, right: to, top: y + up, bottom: y + down }, ink, hatch);
        if to - from < 4.0 {
            continue;
        }
        let label = words(told(value)).size(11.0).strong().ink(DARK);
        let y = y + (up + down) / 2.0;
        let left = if value < baseline { from - 4.0 - label.width() } else { to + 4.0 };
        let back = Frame { left: left - 1.0, right: left + label.width() + 1.0, top: y - 7.0, bottom: y + 7.0 };
        picture.fill(back, WHITE.thin(0.8));
        picture.text((left, y), label);
    }
}

/// The mean size of an input's effect, and how much effects differ from point to point.
pub fn morris(summary: &Summary, measure: usize, effects: &[ElementaryEffects]) -> Picture {
    let of = &summary.plan.measures.list[measure];
    let mut order: Vec<&ElementaryEffects> = effects.iter().collect();
    order.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star).then(a.input.cmp(&b.input)));
    order.truncate(MOST);
    let points = if of.is_share() { "percentage points of the outcome" } else { of.unit };
    let title = format!("{}: steps through the whole range", told::measure(summary, measure));
    let how = format!(
        "Bar: how far a step over the whole range moves the mean, on average over many starting points. Whisker: 90 % interval. Ring: how much such steps differ from one starting point to another, because of the other values.{}",
        left_out(summary)
    );
    let (mut picture, top) = Picture::titled(&format!("morris-{}", of.key), &title, &how, WIDTH);
    let top = legend(&mut picture, &[("mean size of the effect", BLUE, Hatch::Plain)], top + 8.0);
    let ring = MARGIN + 31.0 + words("mean size of the effect").size(12.0).width() + 24.0;
    picture.disc((ring + 8.0, top - 18.0), 6.0, ORANGE);
    picture.disc((ring + 8.0, top - 18.0), 3.6, WHITE);
    picture.text((ring + 20.0, top - 18.0), words("how much effects differ (standard deviation)").size(12.0));
    let inputs: Vec<usize> = order.iter().map(|e| e.input).collect();
    let frame = rows(&mut picture, summary, &inputs, top, 0.0);
    let high = |e: &&ElementaryEffects| e.mu_star_interval.map_or(e.mu_star, |i| i[1]).max(e.sigma.unwrap_or(0.0));
    let scale = Scale::of(order.iter().map(high).chain([0.0]));
    let factor = if of.is_share() { 100.0 } else { 1.0 };
    let number =
        |v: f64| crate::experiments::shown(&crate::experiments::Value::Number((v * factor * 100.0).round() / 100.0));
    axis(&mut picture, frame, &scale, &number, &capital(points));
    let x = |value: f64| frame.left + scale.part(value) * frame.width();
    for (n, e) in order.iter().enumerate() {
        let y = middle_of(frame, n);
        picture.fill(Frame { left: x(0.0), right: x(e.mu_star), top: y - 9.0, bottom: y + 9.0 }, BLUE.thin(0.85));
        if let Some([low, high]) = e.mu_star_interval {
            whisker(&mut picture, y, (x(low), x(high)), DARK);
        }
        if let Some(sigma) = e.sigma {
            picture.disc((x(sigma), y), 6.0, ORANGE);
            picture.disc((x(sigma), y), 3.6, WHITE);
        }
    }
    let one =
        |e: &&ElementaryEffects| format!("{}: {} {points}", summary.plan.inputs[e.input].words, number(e.mu_star));
    let all: Vec<String> = order.iter().map(one).collect();
    picture.description = format!("Mean size of the effect on {}. {}.", of.words, all.join("; "));
    picture
}

/// Shares of the variance, alone and with interactions; nothing where the outcome does not vary.
pub fn sobol(summary: &Summary, measure: usize, found: &SobolIndices) -> Option<Picture> {
    let of = &summary.plan.measures.list[measure];
    let mut order: Vec<&InputIndices> = found.inputs.as_ref()?.iter().collect();
    order.sort_by(|a, b| b.total.value.total_cmp(&a.total.value).then(a.input.cmp(&b.input)));
    order.truncate(MOST);
    let title = format!("{}: shares of what varies", told::measure(summary, measure));
    let how = format!(
        "How much of the variance between points would go if this value were known (alone), and would stay if all others were (with interactions). Whiskers: 90 % intervals, from {} rows; where they are wide, the order is not sure.{}",
        found.n_rows,
        left_out(summary)
    );
    let (mut picture, top) = Picture::titled(&format!("sobol-{}", of.key), &title, &how, WIDTH);
    let entries = [("alone", BLUE, Hatch::Plain), ("with interactions", ORANGE, Hatch::Rising)];
    let top = legend(&mut picture, &entries, top + 8.0);
    let inputs: Vec<usize> = order.iter().map(|i| i.input).collect();
    let frame = rows(&mut picture, summary, &inputs, top, 0.0);
    let each = |i: &&InputIndices| [i.first, i.total].map(|e| e.interval.map_or(e.value, |i| i[1]).max(e.value));
    let scale = Scale::of(order.iter().flat_map(each).chain([0.0]));
    let share = |v: f64| format!("{:.0} %", v * 100.0);
    axis(&mut picture, frame, &scale, &share, "Share of the variance between points");
    let x = |value: f64| frame.left + scale.part(value) * frame.width();
    for (n, indices) in order.iter().enumerate() {
        let y = middle_of(frame, n);
        for (estimate, ink, hatch, y) in
            [(indices.first, BLUE, Hatch::Plain, y - 8.0), (indices.total, ORANGE, Hatch::Rising, y + 8.0)]
        {
            let bar = Frame { left: x(0.0), right: x(estimate.value.max(0.0)), top: y - 6.5, bottom: y + 6.5 };
            filled(&mut picture, bar, ink, hatch);
            if let Some([low, high]) = estimate.interval {
                whisker(&mut picture, y, (x(low.max(0.0)), x(high.max(0.0))), DARK);
            }
        }
    }
    let one = |i: &&InputIndices| {
        format!(
            "{}: alone {}, with interactions {}",
            summary.plan.inputs[i.input].words,
            share(i.first.value),
            share(i.total.value)
        )
    };
    let all: Vec<String> = order.iter().map(one).collect();
    let n = counted(found.n_rows, "row");
    picture.description = format!("Shares of the variance of {}, from {n}. {}.", of.words, all.join("; "));
    Some(picture)
}
