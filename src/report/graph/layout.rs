//! Where everything stands: cards in columns from left to right, arrows between them.
//!
//! Has the height of each card and what points where, gives rectangles and the points that arrows run through.
//! Knows neither text nor colour.
//!
//! An arrow that skips columns gets a small stand-in in each of them. rust-sugiyama places cards and stand-ins
//! together, so an arrow passes a column where no card is, and curves only in the gaps between columns.

use petgraph::stable_graph::NodeIndex;
use petgraph::stable_graph::StableDiGraph;
use rust_sugiyama::configure::Config;
use std::collections::BTreeMap;

/// Width of a card \[px\].
pub const CARD_WIDTH: f64 = 222.0;
/// Room between two columns, in which arrows curve \[px\].
pub const GAP: f64 = 58.0;
const ROOM_BETWEEN: f64 = 20.0;
const STAND_IN: f64 = 8.0;

/// A card's place \[px\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Height; all are equally wide.
    pub height: f64,
}

/// The whole arrangement, from (0, 0) on.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Width of all of it \[px\].
    pub width: f64,
    /// Height of all of it \[px\].
    pub height: f64,
    /// By card.
    pub cards: Vec<Rect>,
    /// By arrow: from point to point a curve across a gap and a straight line across a column take turns.
    pub arrows: Vec<Vec<(f64, f64)>>,
}

/// A card, or an arrow's stand-in in a column that it crosses.
struct Spot {
    column: usize,
    height: f64,
    y: f64,
}

/// Arranges cards of given heights; each arrow leads from an earlier card to a later one.
pub fn arrange(heights: &[f64], arrows: &[(usize, usize)]) -> Layout {
    let columns = columns(heights.len(), arrows);
    let mut spots: Vec<Spot> =
        heights.iter().zip(&columns).map(|(&height, &column)| Spot { column, height, y: 0.0 }).collect();
    let chains: Vec<Vec<usize>> = arrows.iter().map(|&(from, to)| chain(&mut spots, from, to)).collect();
    place(&mut spots, &chains);
    let left = |column: usize| column as f64 * (CARD_WIDTH + GAP);
    let rect = |spot: &Spot| Rect { x: left(spot.column), y: spot.y - spot.height / 2.0, height: spot.height };
    let cards: Vec<Rect> = spots.iter().take(heights.len()).map(rect).collect();
    Layout {
        width: cards.iter().map(|card| card.x + CARD_WIDTH).fold(0.0, f64::max),
        height: spots.iter().map(|spot| spot.y + spot.height / 2.0).fold(0.0, f64::max),
        arrows: routes(&spots, &chains, &cards),
        cards,
    }
}

/// The column of each card: right of all it needs, and otherwise close to what needs it.
fn columns(n: usize, arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0; n];
    for to in 0..n {
        let before = arrows.iter().filter(|arrow| arrow.1 == to).map(|arrow| columns[arrow.0] + 1);
        columns[to] = before.max().unwrap_or(0);
    }
    for from in (0..n).rev() {
        let users = || arrows.iter().filter(|arrow| arrow.0 == from);
        let needs = arrows.iter().filter(|arrow| arrow.1 == from).count();
        if let Some(first_user) = users().map(|arrow| columns[arrow.1]).min() {
            // Moving right shortens the arrows out by what it lengthens those in.
            if needs <= users().count() {
                columns[from] = first_user - 1;
            }
        }
    }
    columns
}

/// The spots an arrow runs through, with new stand-ins in the columns between.
fn chain(spots: &mut Vec<Spot>, from: usize, to: usize) -> Vec<usize> {
    let mut chain = vec![from];
    for column in spots[from].column + 1..spots[to].column {
        chain.push(spots.len());
        spots.push(Spot { column, height: STAND_IN, y: 0.0 });
    }
    chain.push(to);
    chain
}

/// Finds the height at which each spot stands; parts that hang together stand above each other.
fn place(spots: &mut [Spot], chains: &[Vec<usize>]) {
    let mut drawn: StableDiGraph<f64, ()> = StableDiGraph::new();
    let ids: Vec<NodeIndex> = spots.iter().map(|spot| drawn.add_node(spot.height)).collect();
    for step in chains.iter().flat_map(|chain| chain.windows(2)) {
        if let [from, to] = step {
            drawn.add_edge(ids[*from], ids[*to], ());
        }
    }
    let config = Config { dummy_vertices: false, vertex_spacing: ROOM_BETWEEN, ..Config::default() };
    // The library draws from top to bottom: what is high here is wide there.
    let laid = rust_sugiyama::from_graph(&drawn, &|_, height: &f64| (*height, STAND_IN), &config);
    let mut parts: Vec<Vec<(usize, f64)>> = laid
        .into_iter()
        .map(|(part, _, _)| part.into_iter().map(|(id, (across, _))| (id.index(), across)).collect())
        .collect();
    for part in &mut parts {
        part.sort_by_key(|(spot, _)| *spot);
    }
    parts.sort_by_key(|part| part.first().map(|(spot, _)| *spot));
    let mut top = 0.0;
    for part in parts {
        top = stand(spots, &part, top) + 2.0 * ROOM_BETWEEN;
    }
}

/// Puts one part below a height and says how far down it reaches. Spots that would overlap are pushed apart.
fn stand(spots: &mut [Spot], part: &[(usize, f64)], top: f64) -> f64 {
    let mut by_column: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for &(spot, across) in part {
        by_column.entry(spots[spot].column).or_default().push((spot, across));
    }
    for column in by_column.values_mut() {
        column.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let mut free_from = f64::NEG_INFINITY;
        for (spot, across) in column {
            let half = spots[*spot].height / 2.0;
            spots[*spot].y = across.max(free_from + half);
            free_from = spots[*spot].y + half + ROOM_BETWEEN / 2.0;
        }
    }
    let upper = part.iter().map(|&(spot, _)| spots[spot].y - spots[spot].height / 2.0).fold(f64::INFINITY, f64::min);
    for &(spot, _) in part {
        spots[spot].y += top - upper;
    }
    part.iter().map(|&(spot, _)| spots[spot].y + spots[spot].height / 2.0).fold(top, f64::max)
}

fn routes(spots: &[Spot], chains: &[Vec<usize>], cards: &[Rect]) -> Vec<Vec<(f64, f64)>> {
    let first_steps: Vec<(usize, usize)> = chains.iter().map(|chain| (chain[0], chain[1])).collect();
    let last_steps: Vec<(usize, usize)> =
        chains.iter().map(|chain| (chain[chain.len() - 1], chain[chain.len() - 2])).collect();
    let (leaves, enters) = (ports(spots, cards, &first_steps), ports(spots, cards, &last_steps));
    let mut routes = Vec::with_capacity(chains.len());
    for (place, chain) in chains.iter().enumerate() {
        let (from, to) = (chain[0], chain[chain.len() - 1]);
        let mut points = vec![(cards[from].x + CARD_WIDTH, leaves[place])];
        for &spot in &chain[1..chain.len() - 1] {
            let x = spots[spot].column as f64 * (CARD_WIDTH + GAP);
            points.extend([(x, spots[spot].y), (x + CARD_WIDTH, spots[spot].y)]);
        }
        points.push((cards[to].x, enters[place]));
        routes.push(points);
    }
    routes
}

/// At what height each arrow meets its card: spread over its side, in the order of where the arrows come from.
/// For each arrow, `steps` has the card and the spot next to it.
fn ports(spots: &[Spot], cards: &[Rect], steps: &[(usize, usize)]) -> Vec<f64> {
    let mut meeting: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for (arrow, &(card, next)) in steps.iter().enumerate() {
        meeting.entry(card).or_default().push((arrow, spots[next].y));
    }
    let mut ports = vec![0.0; steps.len()];
    for (card, mut arrows) in meeting {
        arrows.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let step = cards[card].height / (arrows.len() + 1) as f64;
        for (i, (place, _)) in arrows.into_iter().enumerate() {
            ports[place] = cards[card].y + step * (i + 1) as f64;
        }
    }
    ports
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chain_runs_from_left_to_right() {
        let layout = arrange(&[60.0, 60.0, 60.0], &[(0, 1), (1, 2)]);
        let left: Vec<f64> = layout.cards.iter().map(|card| card.x).collect();
        assert_eq!(left, [0.0, 280.0, 560.0]); // by hand: 222 + 58 a column
        assert_eq!(layout.width, 782.0); // by hand: 2 * 280 + 222
    }

    #[test]
    fn a_condition_stands_next_to_the_first_that_needs_it() {
        // by hand: 0 > 1 > 2 > 4 takes columns 0, 1, 2, 3; 3 is needed only by 4 and stands in column 2
        assert_eq!(columns(5, &[(0, 1), (1, 2), (2, 4), (3, 4)]), [0, 1, 2, 2, 3]);
    }

    #[test]
    fn parts_that_have_nothing_to_do_with_each_other_do_not_overlap() {
        let layout = arrange(&[60.0; 4], &[(0, 1), (2, 3)]);
        assert!(layout.cards[2].y >= layout.cards[0].y + 60.0);
    }

    #[test]
    fn nothing_takes_no_room() {
        assert_eq!(arrange(&[], &[]), Layout { width: 0.0, height: 0.0, cards: vec![], arrows: vec![] });
    }

    fn any_picture() -> impl Strategy<Value = (Vec<f64>, Vec<(usize, usize)>)> {
        let heights = prop::collection::vec(30.0f64..160.0, 2..28);
        (heights, prop::collection::vec((0usize..1000, 0usize..1000), 1..50)).prop_map(|(heights, picks)| {
            let n = heights.len();
            let mut arrows: Vec<(usize, usize)> =
                picks.into_iter().map(|(a, b)| (a % n, b % n)).filter(|(a, b)| a < b).collect();
            arrows.sort_unstable();
            arrows.dedup();
            (heights, arrows)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn no_card_lies_on_another_and_no_arrow_crosses_a_card((heights, arrows) in any_picture()) {
            let layout = arrange(&heights, &arrows);
            for (i, a) in layout.cards.iter().enumerate() {
                prop_assert!(a.y >= -1e-6 && a.y + a.height <= layout.height + 1e-6);
                for b in &layout.cards[i + 1..] {
                    prop_assert!(a.x != b.x || a.y + a.height < b.y || b.y + b.height < a.y);
                }
            }
            for points in &layout.arrows {
                // every second line crosses a column; the curves between stay in the gaps
                for line in points[1..points.len() - 1].chunks(2) {
                    prop_assert_eq!(line[0].1, line[1].1);
                    let free = |card: &Rect| card.x != line[0].0 || line[0].1 < card.y || line[0].1 > card.y + card.height;
                    prop_assert!(layout.cards.iter().all(free));
                }
                for curve in points.chunks(2) {
                    prop_assert_eq!(curve[1].0 - curve[0].0, GAP);
                }
            }
        }

        #[test]
        fn the_same_graph_is_arranged_the_same_way((heights, arrows) in any_picture()) {
            prop_assert_eq!(arrange(&heights, &arrows), arrange(&heights, &arrows));
        }
    }
}
