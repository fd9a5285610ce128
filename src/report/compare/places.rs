//! Schools side by side: the difference at the end, with its interval, and the capacity that moved.

use crate::compare::Against;
use crate::compare::Comparison;
use crate::ensemble::SchoolDifference;
use crate::report::charts::WIDTH;
use crate::report::compare::words::points;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::words;

const ROW: f64 = 30.0;
const LABELS: f64 = 250.0;
const REASONS: f64 = 210.0;

/// One row a school: the mean difference of the share using at the end as a disc, its 90 % interval as a bar.
pub fn places(comparison: &Comparison, against: &Against) -> Picture {
    let [before, after] = comparison.names(against);
    let how = format!(
        "Percentage points of educators using at least one practice at the end, “{after}” less “{before}”. Bars: 90 % interval \
         under the same luck. At the right: the capacity that holds back more (+) or fewer (−) educators, over all weeks."
    );
    let name = format!("schools-{}", comparison.sides[against.side].scenario.name);
    let title = format!("School by school: “{after}” against “{before}”");
    let (mut picture, top) = Picture::titled(&name, &title, &how, WIDTH);
    let schools = &against.paired.schools;
    let ends = |s: &SchoolDifference| s.using.interval.unwrap_or([s.using.mean; 2]);
    let most = schools.iter().flat_map(ends).map(f64::abs).fold(0.01, f64::max);
    let (left, right) = (MARGIN + LABELS, WIDTH - MARGIN - REASONS);
    let zero = (left + right) / 2.0;
    let x = |share: f64| zero + share / most * (right - left - 70.0) / 2.0;
    let mut y = top + 16.0;
    let first = y;
    for school in schools {
        let middle = y + ROW / 2.0;
        picture.text((MARGIN, middle), words(&school.name).size(13.0).fit(LABELS - 10.0));
        picture.line(vec![(left, middle), (right, middle)], FAINT, 1.0);
        let [low, high] = ends(school);
        picture.line(vec![(x(low), middle), (x(high), middle)], BLUE.thin(0.5), 7.0);
        picture.disc((x(school.using.mean), middle), 4.5, BLUE);
        let beside = if school.using.mean < 0.0 { x(low) - 6.0 } else { x(high) + 6.0 };
        let label = words(points(school.using.mean)).size(12.0).strong().ink(BLUE);
        picture.text((beside, middle), if school.using.mean < 0.0 { label.right() } else { label });
        picture.text((right + 10.0, middle), words(reason(school)).size(12.0).ink(GREY).fit(REASONS - 12.0));
        y += ROW;
    }
    picture.line(vec![(zero, first - 4.0), (zero, y)], DARK, 1.2);
    picture
        .text((zero, y + 10.0), words(format!("as with “{before}”")).size(11.0).ink(GREY).middle().fit(right - left));
    picture.height = y + 26.0;
    let said: Vec<String> = schools.iter().map(|s| format!("{} {}", s.name, points(s.using.mean))).collect();
    picture.description = format!("Difference in percentage points by school: {}.", said.join("; "));
    picture
}

/// The capacity that moved most, as `resources +8.1`.
fn reason(school: &SchoolDifference) -> String {
    let change = &school.held.over_all;
    let place = crate::adoption::HELD_BY.iter().position(|h| Some(*h) == change.moved_most);
    place.map_or_else(
        || "nothing moves".into(),
        |n| format!("{} {}", crate::adoption::HELD_BY[n], points(change.change[n])),
    )
}
