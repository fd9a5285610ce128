//! The parameters of the model in words that can be read aloud in a meeting.

const WORDS: [(&str, &str); 27] = [
    ("will.disposition-mean", "How willing educators are on average, before anything else moves them"),
    ("will.disposition-sd", "How much willingness differs from one educator to the next"),
    ("will.team", "Pull of the own team, when all of it uses the practice"),
    ("will.school", "Pull of the school, when all of it uses the practice"),
    ("will.district", "Pull of the district, when all of it uses the practice"),
    ("will.leaders", "Pull of leaders who fully support the practice"),
    ("will.families", "Pull of families who fully support the practice"),
    ("will.load", "How much overload takes from willingness"),
    ("expertise.alone", "What an educator can do without anybody’s help"),
    ("expertise.community", "Worth of an hour with a team at routine, in hours of a coach"),
    ("expertise.need-hours", "Hours of help a week that make full expertise"),
    ("resources.half-life-weeks", "Weeks until half of the unused learning is forgotten"),
    ("focus", "Practices that an educator learns at once"),
    ("down.mechanical", "How often a beginner without expertise gives up"),
    ("down.routine", "How often an educator at routine without will gives up"),
    ("load.orientation-hours", "Hours a week of finding out about a practice"),
    ("load.preparation-hours", "Hours a week of preparing a practice"),
    ("load.mechanical-hours", "Extra hours a week while the practice is new"),
    ("load.new-schedule-hours", "Extra hours a week while the schedule is new"),
    ("load.new-schedule-weeks", "Weeks for which a schedule is new"),
    ("turnover.load-odds", "How much overload adds to the odds of leaving"),
    ("turnover.moves-within-district", "Share of those changing schools who stay in the district"),
    ("turnover.principal", "How often a principal changes"),
    ("leaders.new-mean", "How much a new principal supports the practice, on average"),
    ("leaders.new-sd", "How much the support of new principals differs"),
    ("families.rate-per-week", "How fast families’ support follows what their children live through"),
    ("start.share-at-routine", "Share of educators who are at routine already at the start"),
];

/// A parameter in words.
pub fn of(parameter: &str) -> Option<&'static str> {
    WORDS.iter().find(|(name, _)| *name == parameter).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adoption::Parameters;

    #[test]
    fn every_parameter_has_words_and_no_words_stand_without_one() {
        assert!(Parameters::KNOWN.iter().all(|(name, _, _)| of(name).is_some()));
        assert_eq!(WORDS.len(), Parameters::KNOWN.len());
    }
}
