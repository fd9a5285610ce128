//! Small scenarios for the tests, read through the same door as users' files.

use earlybell::ensemble::Job;
use earlybell::ensemble::Replicate;
use earlybell::pipeline;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use std::path::Path;
use std::path::PathBuf;

/// The folder of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A scenario of one school that is in session in every week of every year, so that weeks are school weeks.
pub struct Plain {
    pub teachers: u32,
    pub team_size: u32,
    pub years: usize,
    pub ladder: &'static str,
    pub response: &'static str,
    /// Parameters that differ from `scenarios/model.ron`.
    pub parameters: Vec<(&'static str, f64)>,
    /// Leave and move chances at the end of a year.
    pub turnover: (f64, f64),
    /// Further sections of the file, as RON.
    pub sections: &'static str,
    /// What the one practice needs, as RON.
    pub needs: &'static str,
}

impl Plain {
    /// Nobody comes or goes, nothing but the ladder moves.
    pub fn new(teachers: u32, years: usize, ladder: &'static str) -> Plain {
        Plain {
            teachers,
            team_size: 50,
            years,
            ladder,
            response: "Linear",
            parameters: vec![
                ("will.team", 0.0),
                ("will.school", 0.0),
                ("will.district", 0.0),
                ("will.leaders", 0.0),
                ("will.families", 0.0),
                ("will.load", 0.0),
                ("down.mechanical", 0.0),
                ("down.routine", 0.0),
                ("families.rate-per-week", 0.0),
                ("turnover.principal", 0.0),
            ],
            turnover: (0.0, 0.0),
            sections: "",
            needs: "[]",
        }
    }

    /// Sets a parameter.
    pub fn with(mut self, name: &'static str, value: f64) -> Plain {
        self.parameters.retain(|(known, _)| *known != name);
        self.parameters.push((name, value));
        self
    }

    fn text(&self) -> String {
        let mut years = String::new();
        let mut first: earlybell::units::Date = "2026-07-06".parse().unwrap();
        for year in 0..self.years {
            let last = earlybell::calendar::days_later(first, 361);
            years += &format!(
                "SchoolYear(id: \"year-{year}\", first: \"{first}\", last: \"{last}\", days: [], emergency_days: 0, assumed: [\"*\"]),\n"
            );
            first = earlybell::calendar::days_later(first, 364);
        }
        let parameters: String = self
            .parameters
            .iter()
            .map(|(n, v)| format!("\"{n}\": Parameter(is: {v:?}, unit: \"-\", assumed: [\"*\"]),\n"))
            .collect();
        let (leaves, moves) = self.turnover;
        format!(
            r#"Scenario(
    title: "Plain", question: "?", from: "2026-07-06", school_years: {years_n}, seed: 11, district: "Plain", state: "IL",
    include: ["rules.ron"],
    schools: [School(id: "one", name: "One", level: Elementary, grades: "3", pupils: {{ "3": 100 }}, staff: {{ "teacher": {teachers} }},
        team_size: {team}, calendar: "c", bells: {{ "day": "day" }}, leaders_support: Share(0.5), families_support: Share(0.5), assumed: ["*"])],
    bells: [Schedule(id: "day",
        pupils: [Pupils(grades: "3", blocks: [Block(Instruction, "9:00", "14:00")])],
        staff: [Staff(roles: ["teacher"], blocks: [Block(Instruction, "9:00", "14:00"), Block(ProfessionalDevelopment, "14:00", "15:00", "learning")])],
        assumed: ["*"])],
    calendars: [Calendar(id: "c", week: {{ Mon: "day", Tue: "day", Wed: "day", Thu: "day", Fri: "day" }}, years: [{years}])],
    roles: [Role(id: "teacher", takes_up_practice: true, cost: Dollars(1), assumed: ["*"])],
    practices: [Practice(id: "it", title: "It", voice: Shared, needs: {needs}, assumed: ["*"])],
    parameters: {{ {parameters} }},
    ladder: {ladder},
    gate: Min, policy: JustInTime, response: {response},
    turnover: [Band(from_years: 0, share: Share(1.0), moves: Share({moves:?}), leaves: Share({leaves:?}), assumed: ["*"])],
    {sections}
)"#,
            years_n = self.years,
            teachers = self.teachers,
            team = self.team_size,
            ladder = self.ladder,
            response = self.response,
            sections = self.sections,
            needs = self.needs,
        )
    }

    /// Reads it.
    pub fn scenario(&self) -> Scenario {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("plain");
        std::fs::create_dir(&home).unwrap();
        std::fs::write(home.join("scenario.ron"), self.text()).unwrap();
        std::fs::write(home.join("rules.ron"), only_parameters()).unwrap();
        read(&home)
    }
}

/// The parameters of `scenarios/model.ron` without its ladder, gate and turnover, which these scenarios give.
fn only_parameters() -> String {
    let text = std::fs::read_to_string(project().join("scenarios/model.ron")).unwrap();
    let (before, _) = text.split_once("    // The ladder of levels of use").unwrap();
    format!("{before})\n")
}

/// Reads a scenario or shows what is wrong with it.
pub fn read(path: &Path) -> Scenario {
    scenario::read(path).unwrap_or_else(|unread| panic!("{}", scenario::picture(&unread.findings, &unread.files)))
}

/// Runs so many replicates of a scenario.
pub fn replicates(scenario: &Scenario, n: u32) -> Vec<Replicate> {
    let checked = pipeline::check(scenario).unwrap();
    let job: Job = pipeline::job(scenario, &checked);
    job.replicates(n, &|| ())
}

/// Share of all educators whose highest level is at least this, by replicate and week.
pub fn shares(scenario: &Scenario, replicates: &[Replicate], level: usize) -> Vec<Vec<f64>> {
    let n_schools = scenario.district.schools.len();
    let n: u32 = (0..n_schools).map(|s| scenario.district.n_taking_up(s)).sum();
    let of_week = |week: &[earlybell::adoption::WeekCounts]| {
        week.iter().map(|c| f64::from(c.at_least[level - 1])).sum::<f64>() / f64::from(n)
    };
    replicates.iter().map(|r| r.track.weeks.chunks(n_schools).map(of_week).collect()).collect()
}

/// Mean over the replicates and its standard error, by week.
pub fn mean_and_error(shares: &[Vec<f64>]) -> Vec<(f64, f64)> {
    let n = shares.len() as f64;
    (0..shares[0].len())
        .map(|w| {
            let mean = shares.iter().map(|r| r[w]).sum::<f64>() / n;
            let variance = shares.iter().map(|r| (r[w] - mean) * (r[w] - mean)).sum::<f64>() / (n - 1.0).max(1.0);
            (mean, (variance / n).sqrt())
        })
        .collect()
}
