//! Lettering: the fonts inside the program, how wide text is in them, and text that may stand in a file.
//!
//! Has strings, gives widths and safe strings. Knows no pictures.

use plotters::style::FontDesc;
use plotters::style::FontFamily;
use plotters::style::FontStyle;
use plotters::style::register_font;
use std::sync::Once;

/// The letters of text.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
/// The letters of headings.
pub const STRONG: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// plotters takes the height of a font's tallest letters; we give the size that style sheets mean.
const PER_EM: f64 = 1.24;

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weight {
    /// As in text.
    Regular,
    /// As in headings.
    Strong,
}

/// The font of a size \[px\], ready to draw with.
pub fn font(size: f64, weight: Weight) -> FontDesc<'static> {
    with_fonts();
    let style = match weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Strong => FontStyle::Bold,
    };
    FontDesc::new(FontFamily::Name("Inter"), size * PER_EM, style)
}

fn with_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, STRONG)] {
            let registered = register_font("Inter", style, bytes);
            assert!(registered.is_ok(), "the fonts inside the program are fonts");
        }
    });
}

/// How wide a text is \[px\].
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    let (wide, ours): (String, String) = text.chars().partition(|letter| is_wide(*letter));
    let large = font(size * 10.0, weight).box_size(&ours);
    let ours = f64::from(large.expect("the fonts inside the program are registered").0) / 10.0;
    ours + wide.chars().count() as f64 * size
}

/// Letters that our fonts lack and every font draws as wide as high: Chinese, Japanese, Korean, and signs.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{ffef}' | '\u{1f000}'..)
}

/// Text without what no file may hold; XML forbids such letters even when escaped.
pub fn printable(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\t' | '\n' | '\r' => ' ',
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(letter).collect()
}

/// Text that may stand inside markup.
pub fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(escaped("R&D <b>\u{1}"), "R&amp;D &lt;b&gt;\u{fffd}");
    }

    #[test]
    fn letters_that_our_fonts_lack_count_as_wide_as_they_are_high() {
        assert_eq!(text_width("\u{6f22}\u{5b57}", 12.0, Weight::Regular), 24.0); // by hand: 2 * 12
        assert!(text_width("WWWW", 12.0, Weight::Strong) > text_width("iiii", 12.0, Weight::Strong));
    }
}
