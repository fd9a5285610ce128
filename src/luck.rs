//! Luck: every random number as a pure function of what it decides.
//!
//! Has a seed, a replicate, a person, a decision and a week, gives a number. There is no stream and no
//! state: results are the same on any number of threads, adding a person changes nobody else's luck, and
//! two scenarios run under the same luck, so that their difference is paired.
//!
//! The block function is Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
//! 1, 2, 3", SC 2011).

/// What a draw decides. The numbers are part of the results: a new decision takes a new number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Decision {
    /// A parameter of the replicate.
    Parameter = 1,
    /// A person's disposition, at birth into the roster.
    Disposition = 2,
    /// A person's order of preference over practices.
    Preference = 3,
    /// A person's years of experience.
    Experience = 4,
    /// A step up the ladder.
    StepUp = 5,
    /// A step down the ladder.
    StepDown = 6,
    /// Stay, move or leave at the end of a school year.
    Turnover = 7,
    /// Who attends what is voluntary.
    Attendance = 8,
    /// A new principal's support.
    Leadership = 9,
    /// A partner's failure.
    Partner = 10,
    /// Where a mover goes.
    Move = 11,
    /// Who starts above level 0.
    Start = 12,
    /// Whose turn it is among equals.
    Turn = 13,
    /// How many days of a month are lost, and which.
    Closure = 14,
    /// Which candidates of a space too large for all are looked at.
    Candidate = 15,
    /// The steps of a week, all practices of a person at once.
    Week = 16,
    /// When a district begins.
    Begin = 17,
    /// What part of a week's learning reaches a person.
    Dose = 18,
    /// Who leaves in the middle of a year.
    LeavesWeekly = 19,
    /// Where within its 256th the draw of a step falls.
    Within = 20,
}

/// A name that stays the same when others come and go: a person, a school, a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// The two halves of the key, as the block function takes them.
    pub(crate) fn halves(self) -> (u32, u32) {
        (self.0 as u32, (self.0 >> 32) as u32)
    }

    /// The key with these halves.
    pub(crate) fn from_halves(low: u32, high: u32) -> Key {
        Key(u64::from(low) | u64::from(high) << 32)
    }
}

impl Key {
    /// The key of a name. Equal names have equal keys, on every machine and in every version.
    pub fn from_name(name: &str) -> Key {
        // FNV-1a, finished by the mixer of splitmix64: short, fixed for ever, and well spread.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Key(mix(hash))
    }

    /// The key of a part of what this key names: the third teacher of a school, say.
    pub fn part(self, number: u64) -> Key {
        Key(mix(self.0 ^ mix(number.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }
}

/// The mixer of splitmix64 (Steele, Lea, Flood 2014): every bit of the word it gives hangs on every bit it takes.
#[inline]
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The luck of one replicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Luck {
    /// The seed, as the key of each round of the block function.
    keys: [[u32; 2]; ROUNDS],
    replicate: u32,
}

impl Luck {
    /// The luck of a replicate under a seed.
    pub fn new(seed: u64, replicate: u32) -> Luck {
        Luck { keys: keys_of_rounds([seed as u32, (seed >> 32) as u32]), replicate }
    }

    /// A number strictly between 0 and 1.
    ///
    /// `choice` tells apart draws of one person, decision and week: the practice, say.
    #[inline]
    pub fn draw(&self, who: Key, decision: Decision, choice: u8, week: u16) -> f64 {
        unit(self.block(who, decision, choice, week)[0])
    }

    /// Two numbers strictly between 0 and 1.
    #[inline]
    pub fn draw_two(&self, who: Key, decision: Decision, choice: u8, week: u16) -> (f64, f64) {
        let block = self.block(who, decision, choice, week);
        (unit(block[0]), unit(block[1]))
    }

    /// A draw from the standard normal distribution (Box and Muller 1958).
    pub fn draw_normal(&self, who: Key, decision: Decision, choice: u8, week: u16) -> f64 {
        let (a, b) = self.draw_two(who, decision, choice, week);
        libm::sqrt(-2.0 * libm::log(a)) * libm::cos(std::f64::consts::TAU * b)
    }

    /// A word, all of whose values are equally likely.
    #[inline]
    pub(crate) fn word(&self, who: Key, decision: Decision, choice: u8, week: u16) -> u32 {
        self.block(who, decision, choice, week)[0]
    }

    /// The keys of the rounds and the number of the replicate, for those who make many blocks at once.
    pub(crate) fn parts(&self) -> (&[[u32; 2]; ROUNDS], u32) {
        (&self.keys, self.replicate)
    }

    #[inline]
    fn block(&self, who: Key, decision: Decision, choice: u8, week: u16) -> [u32; 4] {
        let what = (decision as u32) << 24 | u32::from(choice) << 16 | u32::from(week);
        philox4x32_10([who.0 as u32, (who.0 >> 32) as u32, what, self.replicate], &self.keys)
    }
}

/// The number strictly between 0 and 1 that a word stands for.
#[inline]
fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

pub(crate) const ROUNDS: usize = 10;

/// The key of each round; all draws of a replicate share them.
fn keys_of_rounds(first: [u32; 2]) -> [[u32; 2]; ROUNDS] {
    std::array::from_fn(|round| {
        let n = round as u32;
        [first[0].wrapping_add(0x9E37_79B9_u32.wrapping_mul(n)), first[1].wrapping_add(0xBB67_AE85_u32.wrapping_mul(n))]
    })
}

/// Four words out of four: the block function.
///
/// Each word stands in twice its width, with whatever above it: so a loop over many blocks becomes vector instructions
/// that need not move words about.
#[inline(always)]
pub(crate) fn philox4x32_10(c: [u32; 4], keys: &[[u32; 2]; ROUNDS]) -> [u32; 4] {
    // Word by word: `map` over arrays is a call of its own where it is compiled apart.
    let mut c = [u64::from(c[0]), u64::from(c[1]), u64::from(c[2]), u64::from(c[3])];
    for k in keys {
        let (p0, p1) = ((c[0] & WORD) * 0xD251_1F53, (c[2] & WORD) * 0xCD9E_8D57);
        c = [(p1 >> 32) ^ c[1] ^ u64::from(k[0]), p1, (p0 >> 32) ^ c[3] ^ u64::from(k[1]), p0];
    }
    [c[0] as u32, c[1] as u32, c[2] as u32, c[3] as u32]
}

const WORD: u64 = 0xffff_ffff;

/// A number that is known exactly, or only as a distribution; each replicate draws its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncertain {
    /// Known.
    Fixed(f64),
    /// Between `low` and `high`, most likely `mode`.
    Triangular {
        /// The least it can be.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The most it can be.
        high: f64,
    },
    /// Anywhere between the two, all equally likely.
    Uniform {
        /// The least it can be.
        low: f64,
        /// The most it can be.
        high: f64,
    },
    /// Normal with a mean and a standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// One of these, all equally likely.
    Choice(Vec<f64>),
}

impl Uncertain {
    /// The value a planner would name: the middle of the distribution.
    pub fn typical(&self) -> f64 {
        match self {
            Uncertain::Fixed(x) => *x,
            Uncertain::Triangular { mode, .. } => *mode,
            Uncertain::Uniform { low, high } => (low + high) / 2.0,
            Uncertain::Normal { mean, .. } => *mean,
            Uncertain::Choice(all) => all[all.len() / 2],
        }
    }

    /// The value of this replicate: a function of the luck and the name alone.
    pub fn draw(&self, luck: &Luck, name: &str) -> f64 {
        let key = Key::from_name(name);
        let u = || luck.draw(key, Decision::Parameter, 0, 0);
        match self {
            Uncertain::Fixed(x) => *x,
            Uncertain::Triangular { low, mode, high } => triangular(u(), *low, *mode, *high),
            Uncertain::Uniform { low, high } => low + (high - low) * u(),
            Uncertain::Normal { mean, sd } => mean + sd * luck.draw_normal(key, Decision::Parameter, 0, 0),
            Uncertain::Choice(all) => all[((u() * all.len() as f64) as usize).min(all.len() - 1)],
        }
    }

    /// The least and the most it can be; a normal is taken to four standard deviations.
    pub fn range(&self) -> (f64, f64) {
        match self {
            Uncertain::Fixed(x) => (*x, *x),
            Uncertain::Triangular { low, high, .. } | Uncertain::Uniform { low, high } => (*low, *high),
            Uncertain::Normal { mean, sd } => (mean - 4.0 * sd, mean + 4.0 * sd),
            Uncertain::Choice(all) => (
                all.iter().copied().fold(f64::INFINITY, f64::min),
                all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
        }
    }
}

fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    let turn = (mode - low) / width;
    if u < turn {
        low + libm::sqrt(u * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn philox_gives_its_published_answers() {
        // Known-answer vectors of the Random123 library, kat_vectors.
        assert_eq!(
            philox4x32_10([0; 4], &keys_of_rounds([0; 2])),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        let keys = keys_of_rounds([u32::MAX; 2]);
        assert_eq!(philox4x32_10([u32::MAX; 4], &keys), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
    }

    #[test]
    fn draws_differ_by_each_part_of_their_name_and_by_nothing_else() {
        let (luck, who) = (Luck::new(93, 4), Key::from_name("anna"));
        let base = luck.draw(who, Decision::StepUp, 1, 10);
        assert_eq!(base, Luck::new(93, 4).draw(Key::from_name("anna"), Decision::StepUp, 1, 10));
        for other in [
            Luck::new(94, 4).draw(who, Decision::StepUp, 1, 10),
            Luck::new(93, 5).draw(who, Decision::StepUp, 1, 10),
            luck.draw(Key::from_name("bert"), Decision::StepUp, 1, 10),
            luck.draw(who, Decision::StepDown, 1, 10),
            luck.draw(who, Decision::StepUp, 2, 10),
            luck.draw(who, Decision::StepUp, 1, 11),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_hundred_thousand_draws_have_the_mean_and_spread_of_their_distribution() {
        let luck = Luck::new(1, 0);
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|i| luck.draw(Key(i), Decision::StepUp, 0, 0)).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.005, "uniform mean {mean}"); // five standard errors of 0.29 / sqrt(n)
        let normals: Vec<f64> = (0..n).map(|i| luck.draw_normal(Key(i), Decision::StepUp, 0, 0)).collect();
        let mean = normals.iter().sum::<f64>() / n as f64;
        let variance = normals.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64;
        assert!(mean.abs() < 0.016 && (variance - 1.0).abs() < 0.025, "normal {mean} {variance}");
    }

    proptest! {
        #[test]
        fn a_drawn_value_stays_inside_its_range(seed: u64, low in -10.0..10.0f64, a in 0.0..5.0f64, b in 0.0..5.0f64) {
            let luck = Luck::new(seed, 0);
            let triangle = Uncertain::Triangular { low, mode: low + a, high: low + a + b };
            let x = triangle.draw(&luck, "x");
            prop_assert!(x >= low - 1e-9 && x <= low + a + b + 1e-9);
        }
    }
}
