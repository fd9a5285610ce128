//! Judging: clauses against the timetable.

use crate::bells::Block;
use crate::calendar::DayKind;
use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::answer::answer;
use crate::clauses::change::would_change;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::computable::why_not;
use crate::clauses::measure::blocks_of;
use crate::clauses::scene::About;
use crate::clauses::scene::Scene;
use crate::clauses::subject::Counted;
use crate::clauses::subject::Subject;
use crate::clauses::subject::counted;
use crate::clauses::subject::must_come;
use crate::clauses::subject::speaks_of;
use crate::clauses::subject::subjects;
use crate::clauses::subject::why_not_this_school;
use crate::district::District;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Judges every clause for every school, every grade or role it speaks of, and every school year.
///
/// Answers stand in the order of clauses, schools, grades or roles, and years. A clause that does not speak of
/// a school, or that no timetable can answer, has one answer a year there; one that averages the district has
/// the same answer in each of its schools.
pub fn judge(book: &Lawbook, district: &District, timetable: &Timetable) -> Verdicts {
    let of_schools = judge_each_school(book, district, timetable, Tell::Reasons, |_, verdicts| verdicts);
    let mut list: Vec<Verdict> = of_schools.into_iter().flatten().collect();
    list.sort_by_key(|v| v.clause);
    Verdicts { list }
}

/// Judges school after school and keeps of each only what is asked for, in the order of schools.
///
/// A nation's answers would not fit in memory; what is kept of them may.
pub fn judge_each_school<R: Send>(
    book: &Lawbook,
    district: &District,
    timetable: &Timetable,
    tell: Tell,
    keep: impl Fn(usize, Vec<Verdict>) -> R + Sync,
) -> Vec<R> {
    let not_computable: Vec<Option<String>> = book.clauses.iter().map(why_not).collect();
    let across = across_the_district(book, &not_computable, district, timetable, tell);
    let of_school = |school: usize| {
        let mut counted = CountedDays::default();
        let mut list = Vec::new();
        for (clause, why) in not_computable.iter().enumerate() {
            let scene = Scene { book: *book, clause, district, timetable, school, year: 0, tell, within: None };
            judge_school(&scene, why.as_deref(), &mut counted, &across, &mut list);
        }
        keep(school, list)
    };
    (0..district.schools.len()).into_par_iter().map(of_school).collect()
}

/// Answers about the whole district, by clause and school year: reckoned once, the same in every school.
type Across<'a> = BTreeMap<(usize, &'a str), Answer>;

fn across_the_district<'a>(
    book: &Lawbook<'a>,
    not_computable: &[Option<String>],
    district: &'a District,
    timetable: &'a Timetable,
    tell: Tell,
) -> Across<'a> {
    let mut found = Across::new();
    for (clause, why) in not_computable.iter().enumerate() {
        let Rule::Computable { requires, unless } = &book.clauses[clause].rule else { continue };
        // A waiver of single schools makes their answers differ: then each school is answered by itself.
        let differs = book.waivers.iter().any(|w| w.clause == clause && !w.schools.is_empty());
        if why.is_some() || differs || !speaks_of(requires, Counted::District) {
            continue;
        }
        let speaks = |n: &usize| why_not_this_school(&book.clauses[clause].applies, &district.schools[*n]).is_none();
        for school in (0..district.schools.len()).filter(speaks) {
            for (n, year) in timetable.schools[school].years.iter().enumerate() {
                let scene = Scene { book: *book, clause, district, timetable, school, year: n, tell, within: None };
                let key = (clause, year.id.as_str());
                if !found.contains_key(&key) {
                    found.extend(answer(requires, unless, About::District, &scene).map(|answer| (key, answer)));
                }
            }
        }
    }
    found
}

fn judge_school<'a>(
    scene: &Scene<'a>,
    not_computable: Option<&str>,
    counted: &mut CountedDays<'a>,
    across: &Across,
    list: &mut Vec<Verdict>,
) {
    let clause = &scene.book.clauses[scene.clause];
    let years = &scene.timetable.schools[scene.school].years;
    let mut same = |outcome: Outcome, reason: &str| {
        let one = |year: &Year| verdict(scene, None, year, Answer::neither(outcome, reason.to_string()));
        list.extend(years.iter().map(one));
    };
    if let Some(why) = why_not_this_school(&clause.applies, &scene.district.schools[scene.school]) {
        return same(Outcome::NotApplicable, &why);
    }
    let (requires, unless) = match (&clause.rule, not_computable) {
        (_, Some(why)) => return same(Outcome::NotComputable, &not_computable_sentence(why)),
        (Rule::NotComputable(why), None) => return same(Outcome::NotComputable, &not_computable_sentence(why)),
        (Rule::Computable { requires, unless }, None) => (requires, unless.as_slice()),
    };
    let all = subjects(&clause.applies, requires, scene.district, scene.school, scene.timetable);
    let whole = wholes(requires);
    if all.is_empty() && whole.is_empty() {
        return same(Outcome::NotApplicable, "The school has nobody that it speaks of.");
    }
    // Grades that share their bells, and so their count, have the same answer.
    let mut answers: Vec<(usize, Answer)> = Vec::new();
    for whose in &all {
        for (n, year) in years.iter().enumerate() {
            let scene = Scene { year: n, ..*scene };
            let count = counted.of(clause, whose, &scene);
            let Some(subject) = &counted.counts[count].subject else {
                list.push(verdict(&scene, Some(whose), year, nothing_rings(whose, year, &scene)));
                continue;
            };
            let known = answers.iter().find(|(like, _)| *like == count && matches!(whose, Whose::Pupils(_)));
            let answered = match known {
                Some((_, answer)) => answer.clone(),
                None => answer_or_not(requires, unless, About::Somebody(subject), &scene, whose),
            };
            if known.is_none() {
                answers.push((count, answered.clone()));
            }
            list.push(verdict(&scene, Some(whose), year, answered));
        }
    }
    for about in whole {
        for (n, year) in years.iter().enumerate() {
            let scene = Scene { year: n, ..*scene };
            let nothing = || Answer::neither(Outcome::NotApplicable, "It counts nothing here.".into());
            let answered = match about {
                About::District => {
                    let known = across.get(&(scene.clause, year.id.as_str())).cloned();
                    known.or_else(|| answer(requires, unless, about, &scene))
                }
                About::School | About::Somebody(_) => answer(requires, unless, about, &scene),
            };
            let answered = answered.unwrap_or_else(nothing);
            let of_district = matches!(about, About::District);
            list.push(Verdict { of_district, ..verdict(&scene, None, year, answered) });
        }
    }
}

/// The school or the district as a whole, where a requirement counts them.
fn wholes(requires: &Requirement) -> Vec<About<'static>> {
    let all = [(Counted::School, About::School), (Counted::District, About::District)];
    all.into_iter().filter(|(counted, _)| speaks_of(requires, *counted)).map(|(_, about)| about).collect()
}

fn answer_or_not(
    requires: &Requirement,
    unless: &[crate::clauses::Exception],
    about: About,
    scene: &Scene,
    whose: &Whose,
) -> Answer {
    answer(requires, unless, about, scene)
        .unwrap_or_else(|| Answer::neither(Outcome::NotApplicable, format!("It does not count {whose}.")))
}

/// Counted days by kinds of days, grade or role, and year, so that many clauses share one count.
#[derive(Default)]
struct CountedDays<'a> {
    counts: Vec<Count<'a>>,
    /// The bell schedules that ring in each year of the school, each once.
    schedules: Vec<Vec<usize>>,
    /// What rings for each grade or role in each year, by place in `schedules`.
    rings: Vec<(Whose, usize, Rings)>,
}

/// What rings for somebody: the same blocks in memory are the same bells.
type Rings = Vec<*const Block>;

/// Days that are counted for all grades that share their bells, or for a role.
struct Count<'a> {
    kinds: &'a [DayKind],
    year: usize,
    rings: Rings,
    counts_pupils: bool,
    subject: Option<Subject<'a>>,
}

impl<'a> CountedDays<'a> {
    /// The place of the count for somebody; grades that share their bells share it.
    fn of(&mut self, clause: &'a Clause, whose: &Whose, scene: &Scene<'a>) -> usize {
        let kinds = clause.applies.days.as_slice();
        let counts_pupils = matches!(whose, Whose::Pupils(_));
        let known = self.rings.iter().position(|(w, year, _)| *year == scene.year && w == whose);
        let known = known.unwrap_or_else(|| {
            let rings = self.rings_of(whose, scene);
            self.rings.push((whose.clone(), scene.year, rings));
            self.rings.len() - 1
        });
        let rings = &self.rings[known].2;
        let same = |c: &Count| {
            c.year == scene.year && c.counts_pupils == counts_pupils && c.kinds == kinds && c.rings == *rings
        };
        if let Some(place) = self.counts.iter().position(same) {
            return place;
        }
        let year = scene.this_year();
        let subject =
            must_come(scene.timetable, year, whose).then(|| counted(&clause.applies, scene.timetable, year, whose));
        let rings = rings.clone();
        self.counts.push(Count { kinds, year: scene.year, rings, counts_pupils, subject });
        self.counts.len() - 1
    }

    fn rings_of(&mut self, whose: &Whose, scene: &Scene<'a>) -> Rings {
        if self.schedules.is_empty() {
            let years = &scene.timetable.schools[scene.school].years;
            self.schedules = years.iter().map(schedules_of).collect();
        }
        let blocks = |schedule: &usize| blocks_of(&scene.timetable.schedules[*schedule], whose);
        // An empty list has no place in memory of its own.
        let place = |blocks: &[Block]| if blocks.is_empty() { std::ptr::null() } else { blocks.as_ptr() };
        self.schedules[scene.year].iter().map(|s| place(blocks(s))).collect()
    }
}

fn schedules_of(year: &Year) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for schedule in year.days.iter().filter_map(|d| d.schedule) {
        if !found.contains(&schedule) {
            found.push(schedule);
        }
    }
    found
}

fn not_computable_sentence(why: &str) -> String {
    format!("Not computable: {}.", why.trim_end_matches('.'))
}

/// Pupils whose grade the school teaches must come at some time, and so must staff whom it employs: their
/// bells are missing. A role that nobody holds may have none.
fn nothing_rings(whose: &Whose, year: &Year, scene: &Scene) -> Answer {
    let reason = format!("No bell schedule of {} says when {whose} is at school.", year.id);
    let school = &scene.district.schools[scene.school];
    let employed = |id: &str| school.positions.iter().any(|(r, n)| scene.district.roles[*r].id == id && *n > 0);
    match whose {
        Whose::Staff(role) if !employed(role) => Answer::neither(Outcome::NotApplicable, reason),
        Whose::Pupils(_) | Whose::Staff(_) => Answer::neither(Outcome::NotComputable, reason),
    }
}

fn verdict(scene: &Scene, whose: Option<&Whose>, year: &Year, answer: Answer) -> Verdict {
    let would_change = match (&scene.book.clauses[scene.clause].rule, scene.tell) {
        (Rule::Computable { requires, .. }, Tell::Reasons) => would_change(requires, &answer, &year.id),
        (Rule::Computable { .. } | Rule::NotComputable(_), _) => Vec::new(),
    };
    let of = |pick: fn(&Comparison) -> i64| answer.tightest.map(|t| t.quantity(pick(&t)));
    Verdict {
        clause: scene.clause,
        school: scene.school,
        whose: whose.cloned(),
        of_district: false,
        year: year.id.clone(),
        outcome: answer.outcome,
        have: of(|t| t.have),
        need: of(|t| t.need),
        slack: answer.tightest.map(|t| t.difference()),
        tightest: answer.tightest.map(|t| t.date),
        per_written_unit: answer.tightest.map_or(1, |t| t.per_written),
        alternative: answer.alternative,
        uses: answer.uses,
        waiver: answer.waiver,
        on_condition: answer.waiver.is_some_and(|w| scene.book.waivers[w].needs.is_some()),
        failures: answer.failures,
        n_failing: u32::try_from(answer.n_failing).unwrap_or(u32::MAX),
        short_in_all: answer.short_in_all,
        would_change,
        n_windows: u32::try_from(answer.n_windows).unwrap_or(u32::MAX),
        reasons: answer.reasons,
    }
}
