//! The colours of the graph.
//!
//! Has an area, gives its colours. Areas are told apart by people who see red and green alike, and colour is never
//! the only sign: cards also have letters and a pattern.

use crate::readiness::Area;
use crate::report::picture::Ink;

/// Arrows; the heavy ones of the critical path are dark.
pub const ARROW: Ink = Ink::new(107, 118, 134);

/// The colours of an area.
pub struct Colours {
    /// Behind text.
    pub fill: Ink,
    /// Stripe and border.
    pub line: Ink,
}

/// The colours of an area, dark enough on paper.
pub fn colours(area: Area) -> Colours {
    match area {
        Area::LearningAndTeaching => Colours { fill: Ink::new(226, 243, 238), line: Ink::new(0, 115, 92) },
        Area::RelationshipsAndRoles => Colours { fill: Ink::new(253, 240, 220), line: Ink::new(156, 87, 0) },
        Area::StructureAndPolicy => Colours { fill: Ink::new(227, 238, 250), line: Ink::new(11, 95, 165) },
    }
}

/// A colour as style sheets and Graphviz write it.
pub fn hex(ink: Ink) -> String {
    let (red, green, blue) = ink.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::picture::DARK;
    use crate::report::picture::GREY;
    use crate::report::picture::WHITE;

    fn channel(part: u8) -> f64 {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    }

    /// Contrast of two colours as WCAG 2.1 reckons it.
    fn contrast(one: Ink, other: Ink) -> f64 {
        let light = |Ink { rgb: (red, green, blue), .. }: Ink| {
            0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue) + 0.05
        };
        let (a, b) = (light(one), light(other));
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_and_signs_stand_out_enough() {
        assert!((contrast(Ink::new(0, 0, 0), WHITE) - 21.0).abs() < 1e-9); // by hand: 1.05 / 0.05
        for area in Area::ALL {
            let Colours { fill, line } = colours(area);
            assert!(contrast(DARK, fill) >= 4.5 && contrast(GREY, fill) >= 4.5, "{area:?}");
            assert!(contrast(line, fill) >= 3.0 && contrast(line, WHITE) >= 3.0, "{area:?}");
        }
        assert!(contrast(GREY, WHITE) >= 4.5 && contrast(ARROW, WHITE) >= 3.0);
    }

    #[test]
    fn a_colour_is_written_with_two_digits_a_part() {
        assert_eq!(hex(Ink::new(11, 95, 165)), "#0b5fa5"); // by hand: 11 = 0b, 95 = 5f, 165 = a5
    }
}
