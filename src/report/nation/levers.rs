//! Levers: what makes the spread broader, faster and smoother, each beside the nation without it, under the same luck.

use crate::ensemble::low_median_high;
use crate::nation::plan::NationPlan;
use crate::pipeline::NationOutcome;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::charts::WIDTH;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::words;
use crate::report::tables::Table;
use crate::report::tables::number;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

/// What one run of a nation came to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reach {
    /// Share of educators using at least one practice at the end.
    pub using: f64,
    /// Week in which the share first reaches half of what the nation without levers ends with; the number of weeks
    /// where it never does.
    pub weeks_to_half: f64,
    /// From the 10th to the 90th of a hundred districts: how far their shares of users lie apart at the end.
    pub apart: f64,
}

/// One lever beside the nation without it: differences, replicate by replicate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Share of users at the end: low, median, high of the differences.
    pub broader: [f64; 3],
    /// Weeks sooner.
    pub faster: [f64; 3],
    /// How much less far apart districts lie.
    pub smoother: [f64; 3],
}

/// All levers, the broadest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Levers {
    /// The nation without any, by replicate.
    pub base: Vec<Reach>,
    /// The levers.
    pub list: Vec<Lever>,
}

/// What the replicates of a nation came to. `half` is the share that counts as half.
pub fn reaches(plan: &NationPlan, outcome: &NationOutcome, half: impl Fn(usize) -> f64) -> Vec<Reach> {
    let n = plan.territory.n_teachers().max(1) as f64;
    let of = |(replicate, course): (usize, &crate::spread::nation::NationCourse)| {
        let share = |week: &[u32; 5]| f64::from(week[2]) / n;
        let half = half(replicate);
        let reached = course.at_least.iter().position(|week| share(week) >= half && half > 0.0);
        let mut shares: Vec<f64> = (course.districts.iter().enumerate())
            .map(|(d, end)| {
                let last = end.using.last().map_or(0.0, |there| f64::from(*there));
                last / plan.territory.n_teachers_of(d).max(1) as f64
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let at = |q: f64| shares.get((q * (shares.len().max(1) - 1) as f64).round() as usize).copied().unwrap_or(0.0);
        Reach {
            using: course.at_least.last().map_or(0.0, share),
            weeks_to_half: reached.unwrap_or(course.at_least.len()) as f64,
            apart: at(0.9) - at(0.1),
        }
    };
    outcome.courses.iter().enumerate().map(of).collect()
}

/// A lever beside the nation without it.
pub fn lever(name: &str, title: &str, base: &[Reach], with: &[Reach]) -> Lever {
    let differences =
        |of: fn(&Reach, &Reach) -> f64| low_median_high(base.iter().zip(with).map(|(a, b)| of(a, b)).collect());
    Lever {
        name: name.to_string(),
        title: title.to_string(),
        broader: differences(|a, b| b.using - a.using),
        faster: differences(|a, b| a.weeks_to_half - b.weeks_to_half),
        smoother: differences(|a, b| a.apart - b.apart),
    }
}

/// The broadest first; equals by name.
pub fn ranked(base: Vec<Reach>, mut list: Vec<Lever>) -> Levers {
    list.sort_by(|a, b| b.broader[1].total_cmp(&a.broader[1]).then(a.name.cmp(&b.name)));
    Levers { base, list }
}

fn points(x: f64) -> String {
    format!("{:+.1}", x * 100.0)
}

/// The answer in the terminal.
pub fn text(levers: &Levers) -> String {
    let mut out = String::from(
        "Lever                broader [points]  sooner to half [weeks]  districts closer [points]  what it is\n",
    );
    for lever in &levers.list {
        out.push_str(&format!(
            "{:<20} {:>16} {:>23} {:>26}  {}\n",
            lever.name,
            points(lever.broader[1]),
            format!("{:+.0}", lever.faster[1]),
            points(lever.smoother[1]),
            lever.title
        ));
    }
    let [_, using, _] = low_median_high(levers.base.iter().map(|r| r.using).collect());
    let n = levers.base.len();
    out.push_str(&format!(
        "\nWithout any: {:.1} % using at the end. Each lever alone, beside the same luck; {}.\n",
        using * 100.0,
        if n == 1 { "one run".to_string() } else { format!("medians of the differences of {n} runs") }
    ));
    out
}

/// As JSON.
pub fn json(levers: &Levers) -> Value {
    json!({ "base": levers.base, "levers": levers.list, "low_median_high": "10 %, 50 % and 90 % of the paired differences" })
}

/// Table, chart and JSON.
pub fn files(levers: &Levers) -> Vec<OutputFile> {
    let columns = [
        "lever",
        "title",
        "using_share_change_low",
        "using_share_change_median",
        "using_share_change_high",
        "weeks_sooner_to_half_low",
        "weeks_sooner_to_half_median",
        "weeks_sooner_to_half_high",
        "districts_closer_share_low",
        "districts_closer_share_median",
        "districts_closer_share_high",
    ];
    let mut table = Table::new("levers", &columns);
    for lever in &levers.list {
        let mut row = vec![lever.name.clone(), lever.title.clone()];
        row.extend([lever.broader, lever.faster, lever.smoother].iter().flatten().map(|x| number(*x)));
        table.row(row);
    }
    let picture = picture(levers);
    let (svg, png) = both_ways(&picture);
    let text = serde_json::to_string_pretty(&json(levers)).expect("these values have a form in JSON");
    vec![
        table.file(),
        OutputFile::text("charts/levers.svg", svg),
        OutputFile { name: "charts/levers.png".into(), bytes: png },
        OutputFile::text("levers.json", text + "\n"),
    ]
}

/// Half a point or half a week fills a column at most, so that next to nothing looks like it.
const LEAST_SCALE: f64 = 0.5;

/// Three columns of bars: broader, faster, smoother.
pub fn picture(levers: &Levers) -> Picture {
    let how = "Each lever alone, beside the nation without it under the same luck. Bars: median difference; thin lines: 8 of 10 runs. To the right of the line: more users, sooner, districts closer together.";
    let (mut picture, top) = Picture::titled("levers", "What makes it broader, faster, smoother", how, WIDTH);
    let (names, row) = (250.0, 38.0);
    type Of = fn(&Lever) -> [f64; 3];
    let columns: [(&str, f64, Of); 3] = [
        ("broader: users at the end [points]", 100.0, |l| l.broader),
        ("faster: weeks sooner to half", 1.0, |l| l.faster),
        ("smoother: districts closer [points]", 100.0, |l| l.smoother),
    ];
    let width = (WIDTH - MARGIN - names) / 3.0;
    for (place, (title, scale, of)) in columns.into_iter().enumerate() {
        let left = names + place as f64 * width;
        picture.text((left + width / 2.0, top + 10.0), words(title).size(12.0).strong().middle().fit(width - 8.0));
        let most = levers.list.iter().flat_map(of).map(|x| (x * scale).abs()).fold(0.0, f64::max).max(LEAST_SCALE);
        let (zero, reach) = (left + width / 2.0, width / 2.0 - 44.0);
        let bottom = top + 26.0 + levers.list.len() as f64 * row;
        picture.line(vec![(zero, top + 22.0), (zero, bottom)], GREY, 1.0);
        for (n, lever) in levers.list.iter().enumerate() {
            let y = top + 26.0 + n as f64 * row;
            let [low, median, high] = of(lever).map(|x| zero + x * scale / most * reach);
            let bar = Frame { left: zero.min(median), right: zero.max(median), top: y + 9.0, bottom: y + row - 13.0 };
            picture.fill(bar, BLUE.thin(0.75));
            picture.line(vec![(low, bar.middle_y()), (high, bar.middle_y())], DARK, 1.2);
            let value = of(lever)[1] * scale;
            let label = words(format!("{value:+.1}")).size(11.5).strong();
            let at = if value < 0.0 { low.min(median) - 4.0 } else { high.max(median) + 4.0 };
            picture.text((at, bar.middle_y()), if value < 0.0 { label.right() } else { label });
        }
    }
    let mut told = Vec::new();
    for (n, lever) in levers.list.iter().enumerate() {
        let y = top + 26.0 + n as f64 * row;
        picture.line(vec![(MARGIN, y), (WIDTH - MARGIN, y)], FAINT, 0.8);
        let title = words(lever.title.as_str()).size(12.0);
        for (line, part) in title.lines(names - MARGIN - 12.0).into_iter().take(2).enumerate() {
            picture.text((MARGIN, y + 12.0 + line as f64 * 15.0), part);
        }
        told.push(format!(
            "{}: {} points, {:+.0} weeks, {} points",
            lever.title,
            points(lever.broader[1]),
            lever.faster[1],
            points(lever.smoother[1])
        ));
    }
    picture.height = top + 36.0 + levers.list.len() as f64 * row;
    picture.description =
        format!("Differences in users, in weeks to half, and in how close districts lie. {}.", told.join("; "));
    picture
}
