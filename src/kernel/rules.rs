//! The rules of the model as the kernel takes them: single precision, bit sets, one table a step.

/// A capacity that a step may need, as a bit of [`StepRule::needs`].
pub mod needs {
    /// She wants to.
    pub const WILL: u8 = 1;
    /// She may.
    pub const AUTHORITY: u8 = 2;
    /// She knows how, or somebody helps her.
    pub const EXPERTISE: u8 = 4;
    /// She has the time, the things and the money.
    pub const RESOURCES: u8 = 8;
    /// Her team is there already.
    pub const TEAM: u8 = 16;
}

/// One step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepRule {
    /// Rate of the step in a full school week at full capacity \[1/week\]; infinite for a step that takes no time.
    pub rate: f32,
    /// What it needs, as a set of [`needs`].
    pub needs: u8,
    /// Hours of learning for the full dose \[h\]; 0 where none is needed.
    pub hours: f32,
}

/// How a rate becomes the chance of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// 1 - exp(-rate x gate).
    Exponential,
    /// rate x gate.
    Linear,
}

/// How capacities make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateRule {
    /// The least.
    Min,
    /// The product.
    Product,
    /// The geometric mean.
    GeometricMean,
}

/// Who gets scarce support first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Everybody who asks the same.
    Even,
    /// The largest unmet need first.
    JustInTime,
    /// The most willing first.
    EarlyAdoptersFirst,
    /// The least willing first.
    StragglersFirst,
    /// Whoever needs expertise finds the hours divided by the number of those who ask, whether she asks or not.
    Crowd,
}

/// How will answers to what an educator sees around her.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// In proportion.
    Linear,
    /// All or nothing: full once it reaches one half, none below.
    Threshold,
}

/// How dispositions are spread among people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Normal with the mean and standard deviation, kept inside 0 and 1.
    Normal,
    /// Uniform with the mean and standard deviation, kept inside 0 and 1.
    Uniform,
}

/// How hours of learning reach an educator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// Those of what she attends, the same for all who attend it.
    Attended,
    /// A part of them, drawn anew for each educator and week, uniformly between none and all.
    DrawnWeekly,
}

/// Stay, move, leave at the end of a school year, by years of experience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The band begins at so many years of experience \[years\].
    pub from_years: f32,
    /// Part of the staff that is in the band at the start.
    pub share_of_staff: f32,
    /// Chance to move to another school.
    pub moves: f32,
    /// Chance to leave.
    pub leaves: f32,
}

/// A practice as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PracticeRule {
    /// Practices, as a set of bits, that an educator must be using before she takes this one up.
    pub after: u8,
}

/// The rules of one replicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The steps 0 to 1, ... 4 to 5.
    pub steps: [StepRule; 5],
    /// How a rate becomes a chance.
    pub chance: Chance,
    /// How capacities make one.
    pub gate: GateRule,
    /// Who gets support first.
    pub sharing: Sharing,
    /// How will answers.
    pub answer: Answer,
    /// How dispositions are spread.
    pub spread: Spread,
    /// How hours reach an educator.
    pub hours: Hours,
    /// The practices, eight at most.
    pub practices: Vec<PracticeRule>,
    /// Sets of practices that are counted together: models.
    pub models: Vec<u8>,
    /// The level on which everybody begins.
    pub starts_at: u8,
    /// Mean disposition.
    pub disposition_mean: f32,
    /// Standard deviation of disposition.
    pub disposition_sd: f32,
    /// Pull of the team's share using the practice.
    pub will_team: f32,
    /// Pull of the school's share.
    pub will_school: f32,
    /// Pull of the district's share.
    pub will_district: f32,
    /// Pull of the leaders' support.
    pub will_leaders: f32,
    /// Pull of the families' support.
    pub will_families: f32,
    /// Push of a load above 1.
    pub will_load: f32,
    /// Expertise without any help.
    pub expertise_alone: f32,
    /// Worth of an hour of community of practice when the whole team is at routine \[h/h\].
    pub expertise_community: f32,
    /// Hours of support a week that make full expertise \[h/week\].
    pub expertise_need: f32,
    /// Part of the hours that somebody who learns nothing keeps over a week.
    pub keeps: f32,
    /// Practices learned at once.
    pub focus: u32,
    /// Weekly hazard of falling from 3 to 1 without expertise.
    pub fall_mechanical: f32,
    /// Weekly hazard of falling from 4 to 1 without will.
    pub fall_routine: f32,
    /// Hours a week that levels 1, 2 and 3 ask for \[h/week\].
    pub load_hours: [f32; 3],
    /// Factor on the odds of leaving for each 1 of load above 1.
    pub leaving_load: f32,
    /// Part of the movers that stay in the district.
    pub moves_within: f32,
    /// Chance that a principal changes in a year.
    pub principal_changes: f32,
    /// Mean support of a new principal.
    pub principal_mean: f32,
    /// Spread of a new principal's support.
    pub principal_sd: f32,
    /// Part of the gap to what their children live through that families close in a school week.
    pub families_rate: f32,
    /// Part of the educators that are at routine in their first practice at the start.
    pub start_share: f32,
    /// Chance to leave in any week, besides the end of the year.
    pub leaves_weekly: f32,
    /// Turnover at the end of the school year.
    pub turnover: Vec<Band>,
}

impl Rules {
    /// How many practices there are.
    pub fn n_practices(&self) -> usize {
        self.practices.len()
    }

    /// The chance of a step up at a gate times a part of a school week.
    #[inline]
    pub fn chance_up(&self, level: u8, gate_and_part: f32) -> f32 {
        let rate = self.steps[usize::from(level)].rate;
        if gate_and_part <= 0.0 {
            0.0
        } else if rate.is_infinite() {
            1.0
        } else {
            match self.chance {
                Chance::Exponential => 1.0 - libm::expf(-rate * gate_and_part),
                Chance::Linear => (rate * gate_and_part).min(1.0),
            }
        }
    }

    /// A chance of leaving a level in a full school week, up or down, that nobody exceeds.
    pub fn most_likely(&self, level: u8) -> f32 {
        let up = if level >= 5 { 0.0 } else { self.chance_up(level, 1.0) };
        // Somewhat more, so that rounding cannot make a chance larger than what nobody exceeds.
        up * (1.0 + 1e-5) + self.most_likely_down(level)
    }

    /// The part of that which is a fall.
    pub fn most_likely_down(&self, level: u8) -> f32 {
        let down = match level {
            3 => self.fall_mechanical,
            4 => self.fall_routine,
            _ => 0.0,
        };
        down * (1.0 + 1e-5)
    }

    /// Place of the band of turnover that somebody with so many years of experience belongs to, if there are bands.
    pub fn band_of(&self, experience_years: f32) -> Option<&Band> {
        let begun = self.turnover.iter().rposition(|band| band.from_years <= experience_years);
        begun.map(|place| &self.turnover[place]).or(self.turnover.first())
    }
}
