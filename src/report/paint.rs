//! Painting: a picture to SVG text or PNG bytes.
//!
//! plotters draws on whole pixels, so an SVG is drawn ten times too large and shown small, and a PNG is drawn
//! larger than it will be and averaged. Knows no results.

use crate::report::lettering::escaped;
use crate::report::lettering::font;
use crate::report::lettering::printable;
use crate::report::picture::Ink;
use crate::report::picture::Mark;
use crate::report::picture::Picture;
use crate::report::picture::Side;
use crate::report::picture::Stroke;
use crate::report::picture::Words;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::Pos;
use plotters::style::text_anchor::VPos;

const SVG_SCALE: f64 = 10.0;
/// plotters sets letters of a bitmap higher than those of an SVG; both are lowered so that capitals stand in the
/// middle [em].
const SVG_LOWER: f64 = 0.05;
const PNG_LOWER: f64 = 0.21;
/// How a PNG is drawn: so many times too large, and then so many pixels a side become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fineness {
    scale: usize,
    average: usize,
}

/// From fine to coarse; the first that fits into memory is taken.
const FINENESSES: [Fineness; 2] = [Fineness { scale: 4, average: 2 }, Fineness { scale: 2, average: 2 }];
const COARSEST: Fineness = Fineness { scale: 1, average: 1 };
/// Most pixels that are drawn before they are averaged.
const MOST_PIXELS: usize = 64_000_000;

/// The picture as a standing-alone SVG with title and description.
pub fn svg(picture: &Picture) -> String {
    let size = (whole(picture.width * SVG_SCALE) as u32, whole(picture.height * SVG_SCALE) as u32);
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        paint(&area, picture, SVG_SCALE, SVG_LOWER).expect("drawing into memory does not fail");
        area.present().expect("drawing into memory does not fail");
    }
    let (width, height) = (picture.width, picture.height);
    let head = format!("width=\"{}\" height=\"{}\"", size.0, size.1);
    let name = &picture.name;
    let named =
        format!("width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\"");
    let words = format!(
        "<title id=\"{name}-title\">{}</title><desc id=\"{name}-desc\">{}</desc>",
        escaped(&picture.title),
        escaped(&picture.description)
    );
    let drawn = drawn.replacen(&head, &named, 1);
    let drawn = drawn.replacen(
        "xmlns=\"http://www.w3.org/2000/svg\">",
        &format!("xmlns=\"http://www.w3.org/2000/svg\">{words}"),
        1,
    );
    drawn.replace("font-family=\"Inter\"", "font-family=\"Inter, Helvetica, Arial, sans-serif\"")
}

/// The picture as a PNG of twice its size; a very large one as it is.
pub fn png(picture: &Picture) -> Vec<u8> {
    let (width, height) = (whole(picture.width) as usize, whole(picture.height) as usize);
    let Fineness { scale, average } = fineness(width, height);
    let (large_width, large_height) = (width * scale, height * scale);
    let mut large = vec![0u8; large_width * large_height * 3];
    {
        let size = (large_width as u32, large_height as u32);
        let area = BitMapBackend::with_buffer(&mut large, size).into_drawing_area();
        paint(&area, picture, scale as f64, PNG_LOWER).expect("drawing into memory does not fail");
        area.present().expect("drawing into memory does not fail");
    }
    let averaged = averaged(&large, large_width, large_height, average);
    encode(&averaged, (large_width / average) as u32, (large_height / average) as u32)
}

fn fineness(width: usize, height: usize) -> Fineness {
    let fits = |fine: &Fineness| width * height * fine.scale * fine.scale <= MOST_PIXELS;
    FINENESSES.into_iter().find(fits).unwrap_or(COARSEST)
}

/// Squares of `average` pixels a side become one; both sides are multiples of it.
fn averaged(large: &[u8], width: usize, height: usize, average: usize) -> Vec<u8> {
    let n = (average * average) as u16;
    let mut small = Vec::with_capacity(large.len() / (average * average));
    let mut sums = vec![0u16; width / average * COLOURS];
    for rows in large.chunks_exact(width * COLOURS * average).take(height / average) {
        sums.fill(0);
        for row in rows.chunks_exact(width * COLOURS) {
            for (sum, pixels) in sums.as_chunks_mut::<COLOURS>().0.iter_mut().zip(row.chunks_exact(COLOURS * average)) {
                for pixel in pixels.as_chunks::<COLOURS>().0 {
                    for colour in 0..COLOURS {
                        sum[colour] += u16::from(pixel[colour]);
                    }
                }
            }
        }
        small.extend(sums.iter().map(|sum| ((sum + n / 2) / n) as u8));
    }
    small
}

/// Bytes of a pixel.
const COLOURS: usize = 3;

fn encode(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Areas of one colour are shortest as they are.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("writing into memory does not fail");
    writer.write_image_data(pixels).expect("the buffer has the size of the picture");
    writer.finish().expect("writing into memory does not fail");
    bytes
}

type Area<B> = DrawingArea<B, plotters::coord::Shift>;
type Failed<B> = DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;

fn paint<B: DrawingBackend>(area: &Area<B>, picture: &Picture, scale: f64, lower: f64) -> Result<(), Failed<B>> {
    area.fill(&WHITE)?;
    for mark in &picture.marks {
        match mark {
            Mark::Area(points, ink) => area.draw(&Polygon::new(scaled(points, scale), colour(*ink).filled()))?,
            Mark::Line(points, ink, width, stroke) => {
                let style = colour(*ink).stroke_width(whole(width * scale).max(1) as u32);
                for piece in pieces(points, *stroke, *width) {
                    area.draw(&PathElement::new(scaled(&piece, scale), style))?;
                }
            }
            Mark::Text((x, y), words) => write(area, (*x, y + lower * words.size), words, scale)?,
        }
    }
    Ok(())
}

fn write<B: DrawingBackend>(area: &Area<B>, at: (f64, f64), words: &Words, scale: f64) -> Result<(), Failed<B>> {
    let side = match words.side {
        Side::Left => HPos::Left,
        Side::Middle => HPos::Center,
        Side::Right => HPos::Right,
    };
    let ink = colour(words.ink);
    let style = TextStyle::from(font(words.size * scale, words.weight)).color(&ink).pos(Pos::new(side, VPos::Center));
    area.draw_text(&printable(&words.text), &style, (whole(at.0 * scale), whole(at.1 * scale)))
}

fn scaled(points: &[(f64, f64)], scale: f64) -> Vec<(i32, i32)> {
    points.iter().map(|(x, y)| (whole(x * scale), whole(y * scale))).collect()
}

fn whole(x: f64) -> i32 {
    x.round() as i32
}

fn colour(ink: Ink) -> RGBAColor {
    let (red, green, blue) = ink.rgb;
    RGBColor(red, green, blue).mix(ink.opacity)
}

/// A line cut where its gaps are.
fn pieces(points: &[(f64, f64)], stroke: Stroke, width: f64) -> Vec<Vec<(f64, f64)>> {
    let (on, off) = match stroke {
        Stroke::Solid => return vec![points.to_vec()],
        Stroke::Dashed => (6.0, 4.0),
        Stroke::Dotted => (width.max(1.0), 3.0),
    };
    let (mut pieces, mut piece, mut run) = (Vec::new(), Vec::new(), 0.0);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let mut done = 0.0;
        while done < length {
            let drawing = run < on;
            let step = (if drawing { on - run } else { on + off - run }).max(0.01).min(length - done);
            let at = |d: f64| (from.0 + (to.0 - from.0) * d / length, from.1 + (to.1 - from.1) * d / length);
            if drawing {
                if piece.is_empty() {
                    piece.push(at(done));
                }
                piece.push(at(done + step));
            }
            run += step;
            done += step;
            if run >= on && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
            if run >= on + off {
                run = 0.0;
            }
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::picture::DARK;
    use crate::report::picture::words;

    fn small() -> Picture {
        let (mut picture, top) = Picture::titled("small", "A <title> & more", "How", 120.0);
        picture.height = top + 40.0;
        picture.line(vec![(0.0, top), (120.0, top + 40.0)], DARK, 1.0);
        picture.text((60.0, top), words("middle").middle());
        picture
    }

    #[test]
    fn an_svg_carries_its_title_and_its_description_escaped() {
        let text = svg(&small());
        assert!(text.contains("<title id=\"small-title\">A &lt;title&gt; &amp; more</title>"), "{text}");
        assert!(text.contains("<desc id=\"small-desc\">"));
        assert!(text.contains("width=\"120\"") && text.contains("viewBox=\"0 0 1200 "));
    }

    #[test]
    fn squares_of_pixels_become_their_mean_colour_by_colour() {
        // Two squares of two pixels a side; by hand: (0+10+20+30)/4 = 15, (255+255+255+0)/4 = 191.25, (1+2+3+4)/4 = 2.5, up.
        let row = |a: [u8; 3], b: [u8; 3]| [a, b, [9; 3], [9; 3]].concat();
        let large = [row([0, 255, 1], [10, 255, 2]), row([20, 255, 3], [30, 0, 4])].concat();
        assert_eq!(averaged(&large, 4, 2, 2), [15, 191, 3, 9, 9, 9]);
        assert_eq!(averaged(&large, 4, 2, 1), large);
    }

    #[test]
    fn a_png_is_twice_the_size_of_its_picture() {
        let bytes = png(&small());
        let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        assert_eq!(reader.info().width, 240);
    }

    #[test]
    fn a_very_large_picture_is_drawn_coarsely_instead_of_filling_the_memory() {
        assert_eq!(fineness(1934, 1561), Fineness { scale: 4, average: 2 }); // by hand: 3 million * 16 = 48 million
        assert_eq!(fineness(1934, 5000), Fineness { scale: 2, average: 2 }); // by hand: 9.7 million * 4 = 39 million
        assert_eq!(fineness(2000, 10_000), COARSEST);
        assert_eq!(averaged(&[10, 20, 30], 1, 1, 1), [10, 20, 30]);
        assert_eq!(averaged(&[0, 0, 0, 4, 4, 4, 8, 8, 8, 1, 1, 1], 2, 2, 2), [3, 3, 3]); // by hand: 13 / 4, rounded
    }

    #[test]
    fn a_dashed_line_is_drawn_for_six_parts_of_ten() {
        let drawn: f64 = pieces(&[(0.0, 0.0), (100.0, 0.0)], Stroke::Dashed, 1.0)
            .iter()
            .map(|piece| piece.last().unwrap().0 - piece[0].0)
            .sum();
        assert!((drawn - 60.0).abs() < 1e-9); // by hand: ten dashes of 6 px with gaps of 4 px
    }
}
