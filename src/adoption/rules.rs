//! The rules of the model as data: parameters, ladder, gate, policy and turnover.

use crate::adoption::Variants;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::luck::Luck;
use crate::luck::Uncertain;
use crate::source::Mark;
use serde::Serialize;
use std::collections::BTreeMap;

/// What an educator needs in order to take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Capacity {
    /// She wants to.
    Will,
    /// She may.
    Authority,
    /// She knows how, or somebody helps her.
    Expertise,
    /// She has the time, the things and the money.
    Resources,
    /// Her team is there already.
    Team,
}

/// How capacities make one: the least of them, their product, or their geometric mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Gate {
    /// The least.
    Min,
    /// The product.
    Product,
    /// The geometric mean.
    GeometricMean,
}

/// Who gets scarce support first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Policy {
    /// Everybody the same.
    Even,
    /// The largest unmet need first.
    JustInTime,
    /// The most willing first.
    EarlyAdoptersFirst,
    /// The least willing first.
    StragglersFirst,
    /// Nobody before the others: whoever needs expertise finds the hours divided by the number of those who ask,
    /// whether she asks or not.
    Crowd,
}

/// How will answers to what an educator sees around her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Response {
    /// In proportion.
    Linear,
    /// All or nothing: full once it reaches one half, none below.
    Threshold,
}

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Median school weeks at full capacity \[weeks\]; 0 for a step that takes no time.
    pub median_weeks: f64,
    /// What it needs.
    pub needs: Vec<Capacity>,
    /// Hours of learning on the practice for the full dose \[h\]; 0 where none is needed.
    pub hours: f64,
}

/// The ladder: the steps 0 to 1, 1 to 2, 2 to 3, 3 to 4, 4 to 5.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ladder {
    /// The five steps.
    pub steps: [Step; 5],
    /// The level on which everybody begins.
    pub starts_at: u8,
}

/// Stay, move, leave at the end of a school year, by years of experience.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TurnoverBand {
    /// The band begins at so many years of experience \[years\].
    pub from_years: u32,
    /// Part of the staff that is in the band at the start.
    pub share_of_staff: f64,
    /// Chance to move to another school.
    pub moves: f64,
    /// Chance to leave.
    pub leaves: f64,
}

/// A parameter as the scenario gives it.
#[derive(Debug, Clone)]
pub struct ParameterSpec {
    /// Its value, or distribution.
    pub value: Uncertain,
    /// How well it is known.
    pub mark: Mark,
    /// Unit, in words.
    pub unit: String,
    /// The range in which it may be varied, least and most.
    pub range: Option<(f64, f64)>,
    /// Where it is written.
    pub written: Place,
}

/// All rules of the model.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Parameters by name.
    pub parameters: BTreeMap<String, ParameterSpec>,
    /// The ladder.
    pub ladder: Ladder,
    /// How capacities make one.
    pub gate: Gate,
    /// Who gets scarce support first.
    pub policy: Policy,
    /// How will answers.
    pub response: Response,
    /// Turnover of educators.
    pub turnover: Vec<TurnoverBand>,
    /// What is taken otherwise.
    pub variants: Variants,
}

macro_rules! parameters {
    ($($(#[$doc:meta])* $field:ident = $name:literal in $low:literal ..= $high:literal;)*) => {
        /// The parameters of one replicate, as numbers.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub struct Parameters { $($(#[$doc])* pub $field: f64,)* }

        impl Parameters {
            /// Every parameter's name with the least and the most that makes sense.
            pub const KNOWN: &'static [(&'static str, f64, f64)] = &[$(($name, $low, $high),)*];

            /// Parameters that are counted in whole numbers.
            pub const WHOLE: &'static [&'static str] = &["focus", "load.new-schedule-weeks"];

            /// Draws the parameters of a replicate. A parameter that is missing is not guessed: `check` finds it.
            fn draw_with(value: impl Fn(&str, f64, f64) -> f64) -> Parameters {
                Parameters { $($field: value($name, $low, $high),)* }
            }

            /// Gives one of them another value; whether there is one of that name.
            pub fn set(&mut self, name: &str, value: f64) -> bool {
                match name {
                    $($name => self.$field = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

parameters! {
    /// Mean disposition.
    disposition_mean = "will.disposition-mean" in 0.0..=1.0;
    /// Spread of disposition (standard deviation).
    disposition_sd = "will.disposition-sd" in 0.0..=1.0;
    /// Pull of the team's share using the practice.
    will_team = "will.team" in 0.0..=5.0;
    /// Pull of the school's share.
    will_school = "will.school" in 0.0..=5.0;
    /// Pull of the district's share.
    will_district = "will.district" in 0.0..=5.0;
    /// Pull of the leaders' support.
    will_leaders = "will.leaders" in 0.0..=5.0;
    /// Pull of the families' support.
    will_families = "will.families" in 0.0..=5.0;
    /// Push of a load above 1.
    will_load = "will.load" in 0.0..=5.0;
    /// Expertise without any help.
    expertise_alone = "expertise.alone" in 0.0..=1.0;
    /// Worth of an hour of community of practice when the whole team is at routine \[h/h\].
    expertise_community = "expertise.community" in 0.0..=10.0;
    /// Hours of support a week that make full expertise \[h/week\].
    expertise_need = "expertise.need-hours" in 0.01..=40.0;
    /// Weeks after which half of the unused hours are forgotten \[weeks\].
    hours_half_life = "resources.half-life-weeks" in 1.0..=100_000.0;
    /// Practices learned at once.
    focus = "focus" in 1.0..=8.0;
    /// Weekly hazard of falling from 3 to 1 without expertise.
    fall_mechanical = "down.mechanical" in 0.0..=1.0;
    /// Weekly hazard of falling from 4 to 1 without will.
    fall_routine = "down.routine" in 0.0..=1.0;
    /// Hours a week that level 1 asks for \[h/week\].
    load_orientation = "load.orientation-hours" in 0.0..=40.0;
    /// Hours a week that level 2 asks for \[h/week\].
    load_preparation = "load.preparation-hours" in 0.0..=40.0;
    /// Hours a week that level 3 asks for \[h/week\].
    load_mechanical = "load.mechanical-hours" in 0.0..=40.0;
    /// Hours a week that a new schedule asks for \[h/week\].
    load_new_schedule = "load.new-schedule-hours" in 0.0..=40.0;
    /// For so many weeks \[weeks\].
    load_new_schedule_weeks = "load.new-schedule-weeks" in 0.0..=200.0;
    /// Factor on the odds of leaving for each 1 of load above 1.
    leaving_load = "turnover.load-odds" in 1.0..=20.0;
    /// Part of the movers that stay in the district.
    moves_within = "turnover.moves-within-district" in 0.0..=1.0;
    /// Chance that a principal changes in a year.
    principal_changes = "turnover.principal" in 0.0..=1.0;
    /// Mean support of a new principal.
    principal_mean = "leaders.new-mean" in 0.0..=1.0;
    /// Spread of a new principal's support.
    principal_sd = "leaders.new-sd" in 0.0..=1.0;
    /// Part of the gap to what their children live through that families close in a school week.
    families_rate = "families.rate-per-week" in 0.0..=1.0;
    /// Part of the educators that are at routine in their first practice at the start.
    start_share = "start.share-at-routine" in 0.0..=1.0;
}

impl Rules {
    /// Finds parameters that are missing, unknown, or outside what makes sense.
    pub fn check(&self, written: &Place) -> Findings {
        let mut findings = Findings::new();
        for (name, low, high) in Parameters::KNOWN {
            match self.parameters.get(*name) {
                None => findings.push(
                    Finding::error("model::missing_parameter", format!("the parameter `{name}` is not given"))
                        .at(written, "")
                        .help("include \"../model.ron\", which gives every parameter, or write it under `parameters`"),
                ),
                Some(spec) => {
                    let (least, most) = spec.value.range();
                    let normal = matches!(spec.value, Uncertain::Normal { .. });
                    let middle = spec.value.typical();
                    let outside = if normal { middle < *low || middle > *high } else { least < *low || most > *high };
                    if outside {
                        findings.push(
                            Finding::error(
                                "model::parameter_range",
                                format!("`{name}` must lie between {low} and {high}"),
                            )
                            .at(&spec.written, "this value does not")
                            .help("correct the value; of a distribution, every value must lie there"),
                        );
                    }
                }
            }
        }
        let known: Vec<&str> = Parameters::KNOWN.iter().map(|(name, _, _)| *name).collect();
        for (name, spec) in &self.parameters {
            if !known.contains(&name.as_str()) {
                let near = nearest(name, known.iter().copied()).map(|n| format!("did you mean `{n}`?"));
                findings.push(
                    Finding::error("model::unknown_parameter", format!("there is no parameter `{name}`"))
                        .at(&spec.written, "")
                        .help(near.unwrap_or_else(|| format!("the parameters are: {}", known.join(", ")))),
                );
            }
        }
        findings
    }

    /// Place of the band of turnover that somebody with so many years of experience belongs to, if there are bands.
    pub fn band_of(&self, experience_years: f64) -> Option<usize> {
        let bands = &self.turnover;
        let last_begun = bands.iter().rposition(|band| f64::from(band.from_years) <= experience_years);
        last_begun.or(bands.first().map(|_| 0))
    }

    /// The parameters of one replicate; distributions are drawn and kept inside what makes sense.
    ///
    /// # Panics
    /// When a parameter is missing; [`Rules::check`] has found that before.
    pub fn draw(&self, luck: &Luck) -> Parameters {
        Parameters::draw_with(|name, low, high| {
            let spec = self.parameters.get(name).expect("Rules::check has seen every parameter");
            spec.value.draw(luck, name).clamp(low, high)
        })
    }

    /// The parameters with every distribution at its typical value.
    ///
    /// # Panics
    /// When a parameter is missing; [`Rules::check`] has found that before.
    pub fn typical(&self) -> Parameters {
        Parameters::draw_with(|name, low, high| {
            let spec = self.parameters.get(name).expect("Rules::check has seen every parameter");
            spec.value.typical().clamp(low, high)
        })
    }
}
