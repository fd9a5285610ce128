//! Patched texts: a file as proposals change it, made of pieces that know where they were written.
//!
//! Has a text and what takes the place of some of its bytes, gives the new text; any byte of it leads back to
//! the file and byte where a person wrote it, so that findings show that.

use std::ops::Range;
use std::sync::Arc;

/// A piece of a patched text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The piece.
    pub text: String,
    /// The file it was written in.
    pub file: Arc<str>,
    /// Where it begins there.
    pub from: usize,
    /// Whether it stands there letter by letter; what only joins other pieces is shown at these bytes instead.
    pub verbatim: bool,
    /// Where it ends there.
    pub until: usize,
}

impl Piece {
    /// A part of a file.
    pub fn of(file: &Arc<str>, text: &str, range: Range<usize>) -> Piece {
        Piece {
            text: text[range.clone()].to_string(),
            file: file.clone(),
            from: range.start,
            until: range.end,
            verbatim: true,
        }
    }

    /// Text that nobody wrote, shown at some bytes of a file.
    pub fn joint(text: impl Into<String>, file: &Arc<str>, shown: Range<usize>) -> Piece {
        Piece { text: text.into(), file: file.clone(), from: shown.start, until: shown.end, verbatim: false }
    }
}

/// A text made of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    text: String,
    pieces: Vec<Piece>,
}

impl Patched {
    /// A file as it is.
    pub fn new(file: &Arc<str>, text: &str) -> Patched {
        Patched { text: text.to_string(), pieces: vec![Piece::of(file, text, 0..text.len())] }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces that some bytes touch; an empty range touches none.
    pub fn touched(&self, range: &Range<usize>) -> impl Iterator<Item = &Piece> {
        let mut at = 0;
        let starts = self.pieces.iter().map(move |piece| {
            let start = at;
            at += piece.text.len();
            (start, piece)
        });
        let (from, to) = (range.start, range.end);
        starts.filter(move |(start, piece)| *start < to && from < start + piece.text.len()).map(|(_, piece)| piece)
    }

    /// Puts pieces in the place of some bytes.
    pub fn replace(&mut self, range: Range<usize>, by: Vec<Piece>) {
        let mut pieces = Vec::with_capacity(self.pieces.len() + by.len() + 1);
        let mut by = Some(by);
        let mut at = 0;
        for piece in self.pieces.drain(..) {
            let (start, end) = (at, at + piece.text.len());
            at = end;
            if start < range.start {
                pieces.push(part(&piece, 0..range.start.min(end) - start));
            }
            if range.start < end {
                pieces.extend(by.take().unwrap_or_default());
            }
            if range.end < end {
                pieces.push(part(&piece, range.end.max(start) - start..piece.text.len()));
            }
        }
        pieces.extend(by.take().unwrap_or_default());
        pieces.retain(|piece| !piece.text.is_empty());
        self.pieces = pieces;
        self.text = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
    }

    /// Where some bytes were written: the file of the first of them, and the bytes there, as far as they stand together.
    pub fn origin(&self, range: Range<usize>) -> Option<(Arc<str>, Range<usize>)> {
        let mut at = 0;
        for piece in &self.pieces {
            let end = at + piece.text.len();
            if range.start < end {
                let inside = range.start - at;
                let from = piece.from + inside;
                let length = range.end.min(end).saturating_sub(range.start);
                let shown = if piece.verbatim { from..from + length } else { piece.from..piece.until };
                return Some((piece.file.clone(), shown));
            }
            at = end;
        }
        let last = self.pieces.last()?;
        Some((last.file.clone(), last.until..last.until))
    }
}

fn part(piece: &Piece, range: Range<usize>) -> Piece {
    let (from, until) = match piece.verbatim {
        true => (piece.from + range.start, piece.from + range.end),
        false => (piece.from, piece.until),
    };
    Piece { text: piece.text[range].to_string(), from, until, ..piece.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> (Arc<str>, Arc<str>) {
        (Arc::from("bells.ron"), Arc::from("proposals/a.ron"))
    }

    #[test]
    fn a_byte_leads_back_to_the_file_it_was_written_in() {
        let (base, other) = names();
        let mut patched = Patched::new(&base, "from: 14:15, to: 15:45");
        patched.replace(6..11, vec![Piece::of(&other, "set to 14:45 now", 7..12)]);
        assert_eq!(patched.text(), "from: 14:45, to: 15:45");
        assert_eq!(patched.origin(7..11), Some((other.clone(), 8..12)));
        assert_eq!(patched.origin(13..15), Some((base.clone(), 13..15)));
        patched.replace(11..11, vec![Piece::joint(", ", &other, 3..5)]);
        assert_eq!(patched.text(), "from: 14:45, , to: 15:45");
        assert_eq!(patched.origin(11..13), Some((other.clone(), 3..5)));
        assert_eq!(patched.origin(15..17), Some((base.clone(), 13..15)));
        assert_eq!(patched.touched(&(4..8)).map(|p| p.file.clone()).collect::<Vec<_>>(), [base, other]);
    }

    proptest! {
        #[test]
        fn replacing_does_to_pieces_what_it_does_to_text(edits in prop::collection::vec((0usize..40, 0usize..9, "[a-c]{0,4}"), 1..8)) {
            let (base, other) = names();
            let mut plain = "The schedule before any proposal.".to_string();
            let mut patched = Patched::new(&base, &plain);
            for (at, length, by) in edits {
                let from = at.min(plain.len());
                let to = (from + length).min(plain.len());
                plain.replace_range(from..to, &by);
                patched.replace(from..to, vec![Piece::of(&other, &by, 0..by.len())]);
                prop_assert_eq!(patched.text(), plain.as_str());
            }
            for at in 0..plain.len() {
                let (file, bytes) = patched.origin(at..at + 1).unwrap();
                if file == base {
                    prop_assert_eq!(&"The schedule before any proposal."[bytes], &plain[at..=at]);
                }
            }
        }
    }
}
