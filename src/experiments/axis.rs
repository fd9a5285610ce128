//! Axes as they are written on the command line: a path, and the values it takes.

/// The values of an axis as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Nothing: the distribution or range that the scenario gives.
    AsTheScenario,
    /// `30,45,60`
    Listed(Vec<String>),
    /// `0..90`, or with steps `0..90:7`
    Range {
        /// The least.
        from: String,
        /// The most.
        to: String,
        /// How many values from the least to the most, both counted.
        steps: Option<String>,
    },
    /// `Triangular(8, 12, 20)`
    Spread(String),
}

/// Distributions that a value may be given as.
const SPREADS: [&str; 4] = ["Triangular(", "Uniform(", "Normal(", "Choice("];

/// The path of an axis, and its values.
pub fn split(text: &str) -> (&str, Written) {
    match text.split_once('=') {
        None => (text.trim(), Written::AsTheScenario),
        Some((path, values)) => (path.trim(), values_of(values.trim())),
    }
}

fn values_of(text: &str) -> Written {
    if SPREADS.iter().any(|spread| text.starts_with(spread)) {
        return Written::Spread(text.to_string());
    }
    let quoted = text.contains(['"', '(', '[']);
    match text.split_once("..").filter(|_| !quoted) {
        Some((from, rest)) => range(from.trim(), rest.trim()),
        None => Written::Listed(cut(text)),
    }
}

/// A time of day has a colon of its own.
fn range(from: &str, rest: &str) -> Written {
    let is_clock = from.contains(':');
    let steps = rest.rsplit_once(':').filter(|(to, _)| !is_clock || to.contains(':'));
    let (to, steps) = steps.map_or((rest, None), |(to, steps)| (to, Some(steps.trim().to_string())));
    Written::Range { from: from.to_string(), to: to.trim().to_string(), steps }
}

/// Cut at the commas that stand outside quotes and brackets.
fn cut(text: &str) -> Vec<String> {
    let (mut depth, mut quoted) = (0_i32, false);
    let mut items = vec![String::new()];
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = items.last_mut() {
            last.push(letter);
        }
    }
    items.into_iter().map(|item| item.trim().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(items: &[&str]) -> Written {
        Written::Listed(items.iter().map(ToString::to_string).collect())
    }

    fn range_of(from: &str, to: &str, steps: Option<&str>) -> Written {
        Written::Range { from: from.into(), to: to.into(), steps: steps.map(str::to_string) }
    }

    #[test]
    fn lists_ranges_and_distributions_are_told_apart() {
        assert_eq!(split("roles.coach.one_per=30,45,60"), ("roles.coach.one_per", listed(&["30", "45", "60"])));
        assert_eq!(split("a=0..90:7"), ("a", range_of("0", "90", Some("7"))));
        assert_eq!(split("a=0.1..0.5"), ("a", range_of("0.1", "0.5", None)));
        assert_eq!(split("a=-1..1"), ("a", range_of("-1", "1", None)));
        assert_eq!(split("will.team"), ("will.team", Written::AsTheScenario));
        assert_eq!(split("a=Triangular(8, 12, 20)"), ("a", Written::Spread("Triangular(8, 12, 20)".into())));
    }

    #[test]
    fn a_range_of_times_keeps_their_colons() {
        assert_eq!(split("a=14:15..14:45:3"), ("a", range_of("14:15", "14:45", Some("3"))));
        assert_eq!(split("a=14:15..14:45"), ("a", range_of("14:15", "14:45", None)));
    }

    #[test]
    fn commas_inside_brackets_and_quotes_do_not_cut() {
        assert_eq!(
            split("a=Weekly(Hours(1)),OnDates([1,2], Hours(2))").1,
            listed(&["Weekly(Hours(1))", "OnDates([1,2], Hours(2))"])
        );
        assert_eq!(split("a=\"x, y\",z").1, listed(&["\"x, y\"", "z"]));
        assert_eq!(split("a=").1, listed(&[""]));
        assert_eq!(split("a=1,,2").1, listed(&["1", "", "2"]));
    }
}
