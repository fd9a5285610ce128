//! The draws of a week: one block of four words for each educator, made for many at once, and who of them may move.
//!
//! Written as plain loops over lists of numbers; `pulp` compiles them once for each width of vectors that machines
//! have, and takes the widest when the program runs. All widths give the same bytes: there are no sums of fractions.

use crate::luck::Decision;
use crate::luck::Luck;
use crate::luck::ROUNDS;
use crate::luck::philox4x32_10;
use pulp::Arch;
use pulp::NullaryFnOnce;

/// Words of many educators in one week, word by word.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Eight lists at most, one a word.
    pub of: [Vec<u32>; 8],
    /// The weeks for which the lists were made: first week and how many of them, and words of one week.
    made: Option<(usize, usize, usize)>,
}

/// The low and high halves of the keys of educators.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// Low halves.
    pub low: &'a [u32],
    /// High halves.
    pub high: &'a [u32],
}

impl Words {
    /// Forgets whose words they are: the lists belong to somebody else from here on.
    pub fn forget(&mut self) {
        self.made = None;
    }

    /// Makes `n_words` words for each educator in a week; gives the place of the first of them in the lists.
    ///
    /// A block has four words. Where a week asks for one or two, it serves four weeks or two.
    pub fn make(&mut self, arch: Arch, luck: &Luck, keys: Keys, week: usize, n_words: usize) -> usize {
        let n_weeks = (4 / n_words).max(1);
        let first = week - week % n_weeks;
        if self.made != Some((first, n_weeks, n_words)) {
            for (block, lists) in self.of.chunks_mut(4).take(n_words.div_ceil(4)).enumerate() {
                let what = (Decision::Week as u32) << 24 | (block as u32) << 16 | first as u32;
                lists.iter_mut().for_each(|list| list.resize(keys.low.len(), 0));
                let [a, b, c, d] = lists else { unreachable!("eight lists make two blocks of four") };
                fill(arch, luck, keys, what, [a, b, c, d]);
            }
            self.made = Some((first, n_weeks, n_words));
        }
        (week - first) * n_words
    }
}

fn fill(arch: Arch, luck: &Luck, keys: Keys, what: u32, words: [&mut [u32]; 4]) {
    let (rounds, replicate) = luck.parts();
    arch.dispatch(Fill { keys, rounds: *rounds, what, replicate, words });
}

struct Fill<'a> {
    keys: Keys<'a>,
    rounds: [[u32; 2]; ROUNDS],
    what: u32,
    replicate: u32,
    words: [&'a mut [u32]; 4],
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
            (a[i], b[i], c[i], d[i]) = (words[0], words[1], words[2], words[3]);
        }
    }
}

/// For each educator, the practices whose draw does not rule out a step, as a set of bits.
///
/// `reach[practice]` says for each educator in how many 256ths of the draws she may move.
pub fn may_move(arch: Arch, words: &[Vec<u32>], reach: &[&[u8]], found: &mut [u8]) {
    arch.dispatch(MayMove { words, reach, found });
}

struct MayMove<'a> {
    words: &'a [Vec<u32>],
    reach: &'a [&'a [u8]],
    found: &'a mut [u8],
}

impl NullaryFnOnce for MayMove<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let n = self.found.len();
        self.found.fill(0);
        for (practice, (words, reach)) in self.words.iter().zip(self.reach).enumerate() {
            let (words, reach) = (&words[..n], &reach[..n]);
            let bit = 1u8 << practice;
            for i in 0..n {
                self.found[i] |= if ((words[i] >> 24) as u8).min(254) < reach[i] { bit } else { 0 };
            }
        }
    }
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
pub fn add_drawn(arch: Arch, words: &[u32], most: f32, hours: &mut [f32]) {
    arch.dispatch(AddDrawn { words, most, hours });
}

struct AddDrawn<'a> {
    words: &'a [u32],
    most: f32,
    hours: &'a mut [f32],
}

impl NullaryFnOnce for AddDrawn<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (scale, half) = (self.most * (1.0 / 4_294_967_296.0), self.most * 0.5);
        for (hours, word) in self.hours.iter_mut().zip(self.words) {
            // As a signed number, which every width of vectors converts; the half is added afterwards.
            *hours += ((word ^ 0x8000_0000) as i32 as f32) * scale + half;
        }
    }
}

/// In how many 256ths of the draws a chance may come true, one more where that is not whole; 255 for all of them.
pub fn reach_of(chance: f32) -> u8 {
    let parts = chance * 256.0;
    let whole = parts as u32;
    (whole + u32::from(whole as f32 != parts)).min(255) as u8
}

/// The number from 0 to below 1 that a word stands for.
#[inline]
pub fn unit(word: u32) -> f32 {
    (word >> 8) as f32 * (1.0 / 16_777_216.0)
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
        fn those_marked_are_those_that_are_not_zero(bytes in prop::collection::vec(prop_oneof![3 => Just(0u8), 1 => 0u8..=255], 0..200)) {
            let mut found = Vec::new();
            each_marked(&bytes, |place| found.push(place));
            let one_by_one: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != 0).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }
}
