//! The page: one HTML file that opens with the answer, needs no network, prints, and can be read aloud.
//!
//! Has a scenario, its outcome and painted charts, gives the page's text. Knows no files.

mod clauses;
pub mod gains;
pub mod gains_money;
mod notes;
mod people;
mod snow;
mod things;

use crate::pipeline::Outcome;
use crate::report::answer::answer;
use crate::report::lettering::REGULAR;
use crate::report::lettering::STRONG;
use crate::report::picture::Picture;
use crate::report::point::Tone;
use crate::report::words::day;
use crate::scenario::Scenario;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;

/// A chart with its SVG.
pub struct Drawn<'a> {
    /// The chart.
    pub picture: &'a Picture,
    /// The same, painted.
    pub svg: &'a str,
}

/// The parts of the page with the ids that the list of contents leads to.
const PARTS: [(&str, &str); 8] = [
    ("adoption", "How far it spreads"),
    ("clauses", "Clauses of law and contract"),
    ("snow", "Days lost to snow"),
    ("readiness", "What must be in place first"),
    ("time", "Time: days, weeks, years"),
    ("money", "Money"),
    ("pupils", "What pupils live through"),
    ("notes", "What is assumed, what is left out"),
];

/// The page.
pub fn page(scenario: &Scenario, outcome: &Outcome, receipt_id: &str, drawn: &[Drawn], graph_svg: &str) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{} – Earlybell report", scenario.title), ""))
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header {
                    h1 { (scenario.title) }
                    p class="question" { (scenario.question) }
                }
                main id="main" {
                    (opening(scenario, outcome))
                    nav aria-label="Contents" { ul { @for (id, title) in PARTS { li { a href={ "#" (id) } { (title) } } } } }
                    (people::adoption(scenario, outcome, drawn))
                    (clauses::clauses(scenario, outcome, drawn))
                    (snow::snow(scenario, outcome, drawn))
                    (things::readiness(scenario, outcome, graph_svg))
                    (things::time(scenario, outcome, drawn))
                    (things::money(scenario, outcome))
                    (people::pupils(scenario, outcome))
                    (notes::notes(scenario, outcome))
                }
                (footer(scenario, outcome, receipt_id))
            }
        }
    };
    // A number and its per cent sign stay on one line.
    markup.into_string().replace(" %", "\u{a0}%")
}

fn opening(scenario: &Scenario, outcome: &Outcome) -> Markup {
    html! {
        section class="answer" aria-label="The answer" {
            dl {
                @for point in answer(scenario, outcome) {
                    dt {
                        (point.about) " "
                        @match point.tone {
                            Tone::Fails => { span class="tag fails" { "not met" } },
                            Tone::Holds => { span class="tag holds" { "met" } },
                            Tone::Fact => {},
                        }
                    }
                    dd class="short" { (point.short) }
                    @for sentence in &point.more { dd class="more" { (sentence) } }
                }
            }
        }
    }
}

fn footer(scenario: &Scenario, outcome: &Outcome, receipt_id: &str) -> Markup {
    html! {
        footer {
            p {
                "Scenario " (scenario.name) ", seed " (scenario.seed) ", " (outcome.results.replicates) " runs, from "
                (day(scenario.from)) ". Made with Earlybell " (env!("CARGO_PKG_VERSION")) "."
            }
            p { "Receipt: " (receipt_id) ". The same files, seed and version give the same bytes; " code { "earlybell verify" } " runs them again." }
        }
    }
}

/// The heading of a part.
fn part(id: &str) -> Markup {
    let title = PARTS.iter().find(|(part, _)| *part == id).map_or("", |(_, title)| *title);
    html! { h2 id=(id) { (title) } }
}

/// Charts whose names begin so, each as a figure.
pub fn figures(drawn: &[Drawn], begins: &str) -> Markup {
    html! { @for d in drawn.iter().filter(|d| d.picture.name.starts_with(begins)) { (figure(d)) } }
}

/// A chart as a figure with its words.
pub fn figure(drawn: &Drawn) -> Markup {
    html! {
        figure {
            div class="chart scroll" tabindex="0" role="region" aria-label=(drawn.picture.title) { (PreEscaped(drawn.svg)) }
            figcaption { details { summary { "This chart in words" } p { (drawn.picture.description) } } }
        }
    }
}

/// A column of a table, by its heading.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    /// Words, from the left.
    Words(&'a str),
    /// Numbers, to the right.
    Numbers(&'a str),
}

impl Column<'_> {
    fn heading(&self) -> Markup {
        match self {
            Column::Words(heading) => html! { th scope="col" { (heading) } },
            Column::Numbers(heading) => html! { th scope="col" class="n" { (heading) } },
        }
    }
}

/// A table that may be wider than a phone.
pub fn table(caption: &str, columns: &[Column], body: Markup) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for column in columns { (column.heading()) } } }
                tbody { (body) }
            }
        }
    }
}

/// The name of a school by its place.
fn school_name(scenario: &Scenario, place: usize) -> &str {
    scenario.district.schools.get(place).map_or("", |s| s.name.as_str())
}

/// The head of a page, with further style behind that of every page.
pub fn head(title: &str, style_besides: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            style { (PreEscaped(style())) (PreEscaped(style_besides)) }
        }
    }
}

/// The style of every page, with its typeface.
fn style() -> String {
    let face = |weight: u32, bytes: &[u8]| {
        format!(
            "@font-face {{ font-family: Inter; font-weight: {weight}; src: url(data:font/ttf;base64,{}); }}\n",
            base64(bytes)
        )
    };
    format!("{}{}{}", face(400, REGULAR), face(700, STRONG), include_str!("style.css"))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * n) & 63) as usize] as char;
            text.push(if n > chunk.len() { '=' } else { letter });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render;
    use crate::report::sample::sample;
    use std::sync::LazyLock;

    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let (scenario, outcome) = sample();
        let files = render(&scenario, &outcome, "receipt-4711");
        String::from_utf8(files.into_iter().find(|f| f.name == "report.html").unwrap().bytes).unwrap()
    });

    /// Everything between `mark` and the next quote.
    fn values<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
        text.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
    }

    #[test]
    fn base64_gives_its_published_answers() {
        // RFC 4648, section 10
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn nothing_is_fetched_from_anywhere() {
        assert_eq!(values(&PAGE, "src=\""), Vec::<&str>::new());
        assert!(!PAGE.contains("<script") && !PAGE.contains("<link") && !PAGE.contains("@import"));
        for url in PAGE.split("url(").skip(1) {
            assert!(url.starts_with("data:"));
        }
        let pieces: Vec<&str> = PAGE.split("href=\"http").collect();
        for before in &pieces[..pieces.len() - 1] {
            assert!(before.rsplit('<').next().unwrap().starts_with("a "));
        }
    }

    #[test]
    fn hostile_titles_are_escaped() {
        assert!(PAGE.contains("Monday release &lt;b&gt;&amp; more&lt;/b&gt;") && !PAGE.contains("<b>"));
        assert!(PAGE.contains("as &lt;read&gt;"));
    }

    #[test]
    fn ids_are_used_once_and_every_inner_link_leads_somewhere() {
        let mut ids = values(&PAGE, " id=\"");
        let n = ids.len();
        for link in values(&PAGE, "href=\"#") {
            assert!(ids.contains(&link), "{link}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }

    #[test]
    fn headings_go_down_one_step_at_a_time_and_tables_name_their_columns() {
        let levels: Vec<u8> = PAGE
            .split("<h")
            .skip(1)
            .filter_map(|rest| rest.bytes().next().filter(u8::is_ascii_digit).map(|b| b - b'0'))
            .collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(PAGE.matches("<th>").count(), 0);
        assert_eq!(PAGE.matches("<table").count(), PAGE.matches("<caption").count());
    }

    #[test]
    fn every_chart_can_be_read_aloud() {
        let charts = PAGE.matches("class=\"chart scroll\"").count() + PAGE.matches("class=\"graph scroll\"").count();
        assert!(charts >= 9);
        assert!(PAGE.matches("<desc ").count() == charts && PAGE.matches("-title\">").count() >= charts);
    }

    #[test]
    fn the_answer_the_receipt_and_every_assumption_are_on_the_page() {
        for text in
            ["receipt-4711", "not met", "15 min short", "bells elementary-monday", "not legal advice", "not computable"]
        {
            assert!(PAGE.contains(text), "{text}");
        }
        assert!(PAGE.find("15 min short").unwrap() < PAGE.find("<figure").unwrap());
    }

    #[test]
    fn the_page_does_not_say_what_anybody_ought_to_do() {
        let text = PAGE.to_lowercase();
        for word in [" should ", " must not ", " recommend", " ought "] {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    #[ignore = "writes files to look at: EARLYBELL_LOOK=folder cargo test --lib report -- --ignored"]
    fn a_sample_to_look_at() {
        let folder = std::path::PathBuf::from(std::env::var("EARLYBELL_LOOK").unwrap());
        let (scenario, outcome) = sample();
        for file in render(&scenario, &outcome, "receipt-4711") {
            let path = folder.join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.bytes).unwrap();
        }
        std::fs::write(folder.join("summary.txt"), crate::report::summary(&scenario, &outcome)).unwrap();
    }
}
