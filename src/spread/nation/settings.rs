//! Settings of a nation: by law, by the school year in which a district begins, by school of the scenario.

use crate::adoption::Parameters;
use crate::ensemble::Job;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::Weeks;
use crate::luck::Luck;
use crate::readiness::Graph;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::settle;
use crate::spread::nation::StateLaw;
use crate::spread::settings::Attendance;
use crate::spread::settings::courses_of_partners;
use crate::spread::settings::settings_of;
use crate::units::Date;
use rayon::prelude::*;

/// The settings of one replicate, those that are alike only once.
#[derive(Debug)]
pub struct Settings {
    /// All of them.
    pub list: Vec<Setting>,
    /// Who attends what is not for all.
    pub attendance: Attendance,
    /// By law, beginning (years from the first; the last stands for never) and school of the scenario.
    places: Vec<Vec<Vec<usize>>>,
}

impl Settings {
    /// The place of the setting of a school of the scenario under a law, in a district that begins in a year.
    pub fn place(&self, law: usize, begins: Option<u32>, school: usize) -> usize {
        let of_law = &self.places[law];
        let begins = begins.map_or(of_law.len() - 1, |year| (year as usize).min(of_law.len() - 1));
        of_law[begins][school]
    }
}

/// Lays the supply of every law and beginning.
pub fn settings(
    job: &Job,
    laws: &[StateLaw],
    graph: &Graph,
    parameters: &Parameters,
    rules: &Rules,
    luck: &Luck,
) -> Settings {
    let horizon = job.world.horizon;
    let n_years = horizon.n_years;
    let takes = |node: usize| {
        let node = &graph.nodes[node];
        node.takes_weeks.draw(luck, &format!("takes:{}", node.id)).max(0.0)
    };
    let n_schools = job.world.district.schools.len();
    let asked: Vec<(usize, usize)> =
        (0..laws.len()).flat_map(|law| (0..=n_years).map(move |year| (law, year))).collect();
    let weeks_of = |&(law, year): &(usize, usize)| -> (Vec<Weeks>, Attendance) {
        let shifted = Graph {
            nodes: graph.nodes.iter().map(|node| begun_in(node, horizon.from, year, n_years)).collect(),
            ..graph.clone()
        };
        let holds = |clause: usize, school: usize| laws[law].spans[clause][school].clone();
        let readiness = settle(&shifted, n_schools, horizon.from, horizon.last_day(), &holds, &takes);
        let supply = job.supply(&readiness, luck);
        let attendance = Attendance::new(&job.world, &supply);
        let partners = courses_of_partners(&job.world, &supply, luck);
        let weeks = settings_of(&job.world, &supply, parameters, &attendance, &partners);
        (weeks, attendance)
    };
    let laid: Vec<(Vec<Weeks>, Attendance)> = asked.par_iter().map(weeks_of).collect();
    let attendance = laid[0].1.clone();
    let mut different: Vec<Weeks> = Vec::new();
    let mut places = vec![Vec::new(); laws.len()];
    for ((law, _), (weeks, _)) in asked.iter().zip(laid) {
        let of_schools = weeks.into_iter().map(|weeks| {
            different.iter().position(|known| *known == weeks).unwrap_or_else(|| {
                different.push(weeks);
                different.len() - 1
            })
        });
        let of_schools = of_schools.collect();
        places[*law].push(of_schools);
    }
    let list = Setting::all(different, rules);
    Settings { list, attendance, places }
}

/// A condition in a district that begins so many years later; in the last year it never does.
///
/// The law keeps its dates: it does not wait for a district.
fn begun_in(node: &Node, from: Date, year: usize, never: usize) -> Node {
    let mut node = node.clone();
    match node.kind {
        NodeKind::Clause(_) | NodeKind::Change(_) | NodeKind::Practice(_) | NodeKind::Model(_) => node,
        _ => {
            let years = if year == never { LATER_THAN_ANY } else { year as i64 };
            let later = |date: Date| date.saturating_add(jiff::Span::new().years(years));
            node.not_before = Some(later(node.not_before.unwrap_or(from)));
            node.until = node.until.map(later);
            node
        }
    }
}

/// No scenario is as long as this \[years\].
const LATER_THAN_ANY: i64 = 1000;
