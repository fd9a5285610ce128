//! The draws of a week, made for many educators at once, and who of them may move.
//!
//! Each draw is a number below 1 of which a week first looks at the leading byte alone: in which 256th it falls. That
//! rules out most steps, and the rest of a number is drawn for those whose step hangs on it ([`exact`]). One block of the
//! generator so serves four weeks of four practices.
//!
//! Written as plain loops over lists of numbers; `pulp` compiles them once for each width of vectors that machines
//! have, and takes the widest when the program runs. All widths give the same bytes: there are no sums of fractions.

use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::luck::ROUNDS;
use crate::luck::philox4x32_10;
use pulp::Arch;
use pulp::NullaryFnOnce;

/// Practices whose leading bytes stand in one word, and weeks that one block of words serves.
pub const FOUR: usize = 4;

/// Words of many educators in four weeks on end.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// By week: the leading bytes of the first four practices, then those of the others, then words for drawn hours.
    of: [Vec<[u8; FOUR]>; 3 * FOUR],
    /// The first of the weeks for which lists were made.
    made: Option<usize>,
}

/// The low and high halves of the keys of educators.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// Low halves.
    pub low: &'a [u32],
    /// High halves.
    pub high: &'a [u32],
}

/// What a week asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Practices.
    pub n_practices: usize,
    /// Whether hours are drawn.
    pub hours: bool,
}

impl Words {
    /// Forgets whose words they are: the lists belong to somebody else from here on.
    pub fn forget(&mut self) {
        self.made = None;
    }

    /// Nobody has words any more.
    pub fn clear(&mut self) {
        self.forget();
        self.of.iter_mut().for_each(Vec::clear);
    }

    /// Makes the words of each educator for a week and those of its four.
    pub fn make(&mut self, arch: Arch, luck: &Luck, keys: Keys, week: usize, asked: Asked) {
        let first = week - week % FOUR;
        if self.made == Some(first) {
            return;
        }
        let n_fours = asked.n_practices.div_ceil(FOUR);
        let hours_apart = asked.hours && asked.n_practices > 1;
        for (block, lists) in self.of.as_chunks_mut::<FOUR>().0.iter_mut().enumerate() {
            if block < n_fours || hours_apart && block == HOURS {
                let what = (Decision::Week as u32) << 24 | (block as u32) << 16 | first as u32;
                lists.iter_mut().for_each(|list| list.resize(keys.low.len(), [0; FOUR]));
                fill(arch, luck, keys, what, lists.each_mut().map(Vec::as_mut_slice));
            }
        }
        self.made = Some(first);
    }

    /// Leading bytes of the draws of a week, by educator, for the first four practices or those after them.
    pub fn leading(&self, four: usize, week: usize) -> &[[u8; FOUR]] {
        &self.of[four * FOUR + week % FOUR]
    }

    /// Words for the drawn hours of a week. One practice alone leaves them three bytes of its own words.
    pub fn hours(&self, week: usize, n_practices: usize) -> &[[u8; FOUR]] {
        self.leading(if n_practices > 1 { HOURS } else { 0 }, week)
    }
}

/// Place of the block of words for drawn hours.
const HOURS: usize = 2;

fn fill(arch: Arch, luck: &Luck, keys: Keys, what: u32, words: [&mut [[u8; 4]]; 4]) {
    let (rounds, replicate) = luck.parts();
    arch.dispatch(Fill { keys, rounds: *rounds, what, replicate, words });
}

struct Fill<'a> {
    keys: Keys<'a>,
    rounds: [[u32; 2]; ROUNDS],
    what: u32,
    replicate: u32,
    words: [&'a mut [[u8; 4]]; 4],
}

impl NullaryFnOnce for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let n = self.keys.low.len();
        let (low, high) = (&self.keys.low[..n], &self.keys.high[..n]);
        let [a, b, c, d] = self.words;
        let (a, b, c, d) = (&mut a[..n], &mut b[..n], &mut c[..n], &mut d[..n]);
        for i in 0..n {
            let words = philox4x32_10([low[i], high[i], self.what, self.replicate], &self.rounds);
            a[i] = words[0].to_le_bytes();
            b[i] = words[1].to_le_bytes();
            c[i] = words[2].to_le_bytes();
            d[i] = words[3].to_le_bytes();
        }
    }
}

/// For each educator, the practices of four whose draw does not rule out a step, as a set of bits.
///
/// `reach` says in how many 256ths of the draws she may move.
pub fn may_move(arch: Arch, leading: &[[u8; FOUR]], reach: &[[u8; FOUR]], marked: &mut Vec<u8>) {
    marked.resize(reach.len(), 0);
    arch.dispatch(MayMove { leading, reach, marked });
}

struct MayMove<'a> {
    leading: &'a [[u8; FOUR]],
    reach: &'a [[u8; FOUR]],
    marked: &'a mut [u8],
}

impl NullaryFnOnce for MayMove<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        // A few at a time: first a byte for each practice, then a bit.
        let mut ones = [[0u8; FOUR]; AT_ONCE];
        for (n, marked) in self.marked.chunks_mut(AT_ONCE).enumerate() {
            let of_these = n * AT_ONCE..n * AT_ONCE + marked.len();
            let n = FOUR * marked.len();
            let leading = &self.leading[of_these.clone()].as_flattened()[..n];
            let reach = &self.reach[of_these].as_flattened()[..n];
            let flat = &mut ones.as_flattened_mut()[..n];
            for i in 0..n {
                flat[i] = u8::from(leading[i].min(254) < reach[i]);
            }
            let ones = &ones[..marked.len()];
            for i in 0..marked.len() {
                let four = u32::from_le_bytes(ones[i]);
                marked[i] = (four | four >> 7 | four >> 14 | four >> 21) as u8 & 15;
            }
        }
    }
}

/// Educators that stay in the nearest memory.
const AT_ONCE: usize = 512;

/// The least number with a leading byte.
#[inline]
pub fn edge(leading: u8) -> f32 {
    f32::from(leading) * (1.0 / 256.0)
}

/// The number from 0 to below 1 whose leading byte a week has looked at.
#[inline]
pub fn exact(luck: &Luck, who: Key, leading: u8, practice: usize, week: usize) -> f32 {
    let rest = luck.word(who, Decision::Within, practice as u8, week as u16) >> 16;
    (u32::from(leading) << 16 | rest) as f32 * (1.0 / 16_777_216.0)
}

/// Calls with the places of the bytes that are not zero, in order.
///
/// Sixty-four at a time are made bits of one word, so that the many that are zero cost no branch each.
#[inline(always)]
pub fn each_marked(bytes: &[u8], mut marked: impl FnMut(usize)) {
    let mut first = 0;
    for many in bytes.chunks(64) {
        let mut places = 0u64;
        let (eights, rest) = many.as_chunks::<8>();
        for (n, eight) in eights.iter().enumerate() {
            places |= bits_of_marked(u64::from_le_bytes(*eight)) << (8 * n);
        }
        for (n, byte) in rest.iter().enumerate() {
            places |= u64::from(*byte != 0) << (8 * eights.len() + n);
        }
        while places != 0 {
            marked(first + places.trailing_zeros() as usize);
            places &= places - 1;
        }
        first += many.len();
    }
}

/// The bytes of a word that are not zero, as bits.
#[inline(always)]
fn bits_of_marked(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let high_bits = (((word & LOW) + LOW) | word) & !LOW;
    (high_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Adds a drawn part of some hours to everybody's.
pub fn add_drawn(arch: Arch, words: &[[u8; FOUR]], most: f32, hours: &mut [f32]) {
    arch.dispatch(AddDrawn { words, most, hours });
}

struct AddDrawn<'a> {
    words: &'a [[u8; FOUR]],
    most: f32,
    hours: &'a mut [f32],
}

impl NullaryFnOnce for AddDrawn<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (hours, word) in self.hours.iter_mut().zip(self.words) {
            *hours += unit(*word) * self.most;
        }
    }
}

/// In how many 256ths of the draws a chance may come true, one more where that is not whole; 255 for all of them.
pub fn reach_of(chance: f32) -> u8 {
    let parts = chance * 256.0;
    let whole = parts as u32;
    (whole + u32::from(whole as f32 != parts)).min(255) as u8
}

/// The number from 0 to below 1 that the last three bytes of a word stand for.
#[inline(always)]
pub fn unit(word: [u8; FOUR]) -> f32 {
    // As a signed number, which every width of vectors converts.
    (u32::from_le_bytes(word) >> 8) as i32 as f32 * (1.0 / 16_777_216.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chance_reaches_one_part_more_where_it_is_not_whole() {
        assert_eq!([0.0, 0.5, 0.001, 0.999, 1.0, 1.5].map(reach_of), [0, 128, 1, 255, 255, 255]);
    }

    proptest! {
        #[test]
        fn those_who_may_move_are_found_as_one_by_one(
            all in prop::collection::vec((prop::array::uniform4(0u8..=255), prop::array::uniform4(0u8..=255)), 0..1100),
        ) {
            let (leading, reach): (Vec<_>, Vec<_>) = all.iter().copied().unzip();
            let mut marked = vec![7; 3];
            may_move(Arch::new(), &leading, &reach, &mut marked);
            let one_by_one = |(leading, reach): &([u8; FOUR], [u8; FOUR])| {
                // A reach of 255 is all draws.
                let may = |p: &usize| reach[*p] == 255 || leading[*p] < reach[*p];
                (0..FOUR).filter(may).fold(0u8, |all, p| all | 1 << p)
            };
            prop_assert_eq!(marked, all.iter().map(one_by_one).collect::<Vec<u8>>());
        }

        #[test]
        fn a_draw_lies_in_the_part_that_its_leading_byte_names(name in ".{1,8}", leading in 0u8..=255, week in 0usize..600) {
            let draw = exact(&Luck::new(1, 2), Key::from_name(&name), leading, 3, week);
            prop_assert!(draw >= edge(leading) && draw < edge(leading) + 1.0 / 256.0);
        }

        #[test]
        fn those_marked_are_those_that_are_not_zero(bytes in prop::collection::vec(prop_oneof![3 => Just(0u8), 1 => 0u8..=255], 0..200)) {
            let mut found = Vec::new();
            each_marked(&bytes, |place| found.push(place));
            let one_by_one: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != 0).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }
}
