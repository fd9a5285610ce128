//! Judging: clauses against the timetable.

use crate::clauses::Clause;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::answer::answer;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::computable::why_not;
use crate::clauses::subject::comes;
use crate::clauses::subject::counted;
use crate::clauses::subject::subjects;
use crate::clauses::subject::why_not_this_school;
use crate::district::District;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use rayon::prelude::*;

/// Judges every clause for every school, every grade or role it speaks of, and every school year.
///
/// Answers stand in the order of clauses, schools, grades or roles, and years. A clause that does not speak of
/// a school, or that no timetable can answer, has one answer a year there.
pub fn judge(clauses: &[Clause], district: &District, timetable: &Timetable) -> Verdicts {
    let mut list = Vec::new();
    for (place, clause) in clauses.iter().enumerate() {
        let not_computable = why_not(clause);
        let of_school =
            |school: usize| judge_school(place, clause, not_computable.as_deref(), district, school, timetable);
        list.par_extend((0..district.schools.len()).into_par_iter().flat_map_iter(of_school));
    }
    Verdicts { list }
}

fn judge_school(
    place: usize,
    clause: &Clause,
    not_computable: Option<&str>,
    district: &District,
    school: usize,
    timetable: &Timetable,
) -> Vec<Verdict> {
    let years = &timetable.schools[school].years;
    let about = |whose: Option<&Whose>, year: &Year, answer: Answer| verdict(place, school, whose, year, answer);
    let same = |outcome: Outcome, reason: &str| {
        years.iter().map(|year| about(None, year, Answer::neither(outcome, reason.to_string()))).collect()
    };
    if let Some(why) = why_not_this_school(&clause.applies, &district.schools[school]) {
        return same(Outcome::NotApplicable, &why);
    }
    let requires = match (&clause.rule, not_computable) {
        (_, Some(why)) => return same(Outcome::NotComputable, &not_computable_sentence(why)),
        (Rule::NotComputable(why), None) => return same(Outcome::NotComputable, &not_computable_sentence(why)),
        (Rule::Computable { requires, .. }, None) => requires,
    };
    let all = subjects(&clause.applies, requires, district, school, timetable);
    if all.is_empty() {
        return same(Outcome::NotApplicable, "The school has nobody that it speaks of.");
    }
    all.iter()
        .flat_map(|whose| years.iter().map(move |year| (whose, year)))
        .map(|(whose, year)| about(Some(whose), year, judge_year(clause, requires, whose, year, timetable)))
        .collect()
}

fn not_computable_sentence(why: &str) -> String {
    format!("Not computable: {}.", why.trim_end_matches('.'))
}

fn judge_year(clause: &Clause, requires: &Requirement, whose: &Whose, year: &Year, timetable: &Timetable) -> Answer {
    if !comes(timetable, year, whose) {
        return nothing_rings(whose, year);
    }
    let unless = match &clause.rule {
        Rule::Computable { unless, .. } => unless.as_slice(),
        Rule::NotComputable(_) => &[],
    };
    let subject = counted(&clause.applies, timetable, year, whose);
    answer(requires, unless, &subject, timetable)
        .unwrap_or_else(|| Answer::neither(Outcome::NotApplicable, format!("It does not count {whose}.")))
}

/// Pupils whose grade the school teaches must come at some time, so that their bells are missing; a role
/// without bells may have none.
fn nothing_rings(whose: &Whose, year: &Year) -> Answer {
    let reason = format!("No bell schedule of {} says when {whose} is at school.", year.id);
    match whose {
        Whose::Pupils(_) => Answer::neither(Outcome::NotComputable, reason),
        Whose::Staff(_) => Answer::neither(Outcome::NotApplicable, reason),
    }
}

fn verdict(clause: usize, school: usize, whose: Option<&Whose>, year: &Year, answer: Answer) -> Verdict {
    let of = |pick: fn(&Comparison) -> i64| answer.tightest.map(|t| t.quantity(pick(&t)));
    Verdict {
        clause,
        school,
        whose: whose.cloned(),
        year: year.id.clone(),
        outcome: answer.outcome,
        have: of(|t| t.have),
        need: of(|t| t.need),
        slack: of(|t| t.slack),
        tightest: answer.tightest.map(|t| t.date),
        alternative: answer.alternative,
        uses: answer.uses,
        failures: answer.failures,
        n_windows: u32::try_from(answer.n_windows).unwrap_or(u32::MAX),
        reasons: answer.reasons,
    }
}
