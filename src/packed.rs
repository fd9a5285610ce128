//! Packed: what was counted as one list of whole numbers, and back again to the last bit.
//!
//! Units of work are kept as such lists, so that what one machine counted joins with what another did. A list inside is
//! preceded by its length; a fraction is kept by its bits.

/// Makes the list.
#[derive(Debug, Default)]
pub struct Packer {
    words: Vec<u32>,
}

impl Packer {
    /// Adds numbers.
    pub fn add(&mut self, numbers: impl IntoIterator<Item = u32>) -> &mut Packer {
        self.words.extend(numbers);
        self
    }

    /// Adds fractions by their bits.
    pub fn add_fractions(&mut self, fractions: impl IntoIterator<Item = f32>) -> &mut Packer {
        self.add(fractions.into_iter().map(f32::to_bits))
    }

    /// Adds a list: its length, then each item as it is packed.
    pub fn list<T>(&mut self, items: &[T], pack: impl Fn(&mut Packer, &T)) -> &mut Packer {
        self.add([u32::try_from(items.len()).unwrap_or(u32::MAX)]);
        items.iter().for_each(|item| pack(self, item));
        self
    }

    /// The list.
    pub fn done(self) -> Vec<u32> {
        self.words
    }
}

/// Reads the list; nothing where it ends too early.
#[derive(Debug)]
pub struct Unpacker<'a> {
    words: &'a [u32],
}

impl<'a> Unpacker<'a> {
    /// Reads from the beginning.
    pub fn new(words: &'a [u32]) -> Unpacker<'a> {
        Unpacker { words }
    }

    /// The next numbers.
    pub fn take<const N: usize>(&mut self) -> Option<[u32; N]> {
        let (now, rest) = self.words.split_first_chunk::<N>()?;
        self.words = rest;
        Some(*now)
    }

    /// The next fractions.
    pub fn take_fractions<const N: usize>(&mut self) -> Option<[f32; N]> {
        self.take::<N>().map(|words| words.map(f32::from_bits))
    }

    /// The next list.
    pub fn list<T>(&mut self, item: impl Fn(&mut Unpacker<'a>) -> Option<T>) -> Option<Vec<T>> {
        let [n] = self.take()?;
        // Every item is a word at least, so that a broken length asks for no room that there is not.
        let n = usize::try_from(n).ok().filter(|n| *n <= self.words.len())?;
        (0..n).map(|_| item(self)).collect()
    }

    /// What was read, if nothing is left over.
    pub fn end<T>(&self, read: T) -> Option<T> {
        self.words.is_empty().then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack(lists: &[Vec<(u32, f32)>]) -> Vec<u32> {
        let mut packer = Packer::default();
        packer.list(lists, |packer, list| {
            packer.list(list, |packer, (n, x)| {
                packer.add([*n]).add_fractions([*x]);
            });
        });
        packer.done()
    }

    fn unpack(words: &[u32]) -> Option<Vec<Vec<(u32, f32)>>> {
        let mut unpacker = Unpacker::new(words);
        let lists = unpacker.list(|u| u.list(|u| Some((u.take::<1>()?[0], u.take_fractions::<1>()?[0]))))?;
        unpacker.end(lists)
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back_to_the_last_bit(lists in prop::collection::vec(prop::collection::vec((any::<u32>(), -1e9f32..1e9), 0..9), 0..9)) {
            prop_assert_eq!(unpack(&pack(&lists)), Some(lists));
        }

        #[test]
        fn whatever_is_broken_is_no_panic_and_no_list(words in prop::collection::vec(any::<u32>(), 0..30), cut in 1usize..5) {
            let _ = unpack(&words);
            let whole = pack(&[vec![(1, 2.0), (3, 4.0)], vec![]]);
            prop_assert_eq!(unpack(&whole[..whole.len() - cut]), None);
            prop_assert_eq!(unpack(&[&whole[..], &words[..]].concat()).is_some(), words.is_empty());
        }
    }
}
