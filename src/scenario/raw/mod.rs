//! Scenario files as written: one struct for each form a file may use, and nothing checked yet.
//!
//! Has what RON reads, gives it on with the names users see. The fields are told in `scenarios/template.ron`,
//! and a test holds that every one of them stands there; those of cases in `docs/clauses.md`. Knows no domain
//! types but their words.

mod bells;
mod calendar;
mod cases;
mod clause;
mod file;
mod nation;
mod number;
mod people;
mod proposal;
mod rollout;
mod rules;
mod search;
mod shape;
mod words;

pub use bells::Block;
pub use bells::Schedule;
pub use calendar::Calendar;
pub use calendar::Closures;
pub use calendar::Every;
pub use calendar::Lost;
pub use calendar::SchoolYear;
pub use calendar::Special;
pub use calendar::SpecialDays;
pub use cases::Bells;
pub use cases::Case;
pub use cases::CaseBlock;
pub use cases::CaseTerm;
pub use cases::Cases;
pub use cases::DayRun;
pub use cases::Expect;
pub use cases::Fraction;
pub use cases::Given;
pub use cases::OtherSchool;
pub use clause::Allowance;
pub use clause::Averaged;
pub use clause::Cap;
pub use clause::Clause;
pub use clause::Credit;
pub use clause::Credited;
pub use clause::Exception;
pub use clause::Fact;
pub use clause::Formula;
pub use clause::Heads;
pub use clause::Limit;
pub use clause::Of;
pub use clause::Penalty;
pub use clause::Per;
pub use clause::Requires;
pub use clause::Rounded;
pub use clause::Said;
pub use clause::Stated;
pub use clause::Step;
pub use clause::Value;
pub use clause::Waiver;
pub use clause::When;
pub use file::Body;
pub use file::File;
pub use file::Source;
pub use nation::Class as SizeClass;
pub use nation::Counts;
pub use nation::Follows;
pub use nation::Hears;
pub use nation::Nation;
pub use nation::StateCounts;
pub use nation::Varies;
pub use number::Number;
pub use number::Quantity;
pub use number::Spread;
pub use number::Table;
pub use people::Role;
pub use people::School;
pub use proposal::Item;
pub use proposal::Proposal;
pub use rollout::Adds;
pub use rollout::Condition;
pub use rollout::ConditionKind;
pub use rollout::Event;
pub use rollout::HoursFrom;
pub use rollout::Learning;
pub use rollout::Line;
pub use rollout::Model;
pub use rollout::Partner;
pub use rollout::Practice;
pub use rollout::VoiceLimit;
pub use rules::Band;
pub use rules::Ladder;
pub use rules::Parameter;
pub use search::Added;
pub use search::Earliest;
pub use search::Gap;
pub use search::Keeps;
pub use search::OnePer;
pub use search::Release;
pub use search::Search;
pub use search::Steps;
pub use search::Tier;
pub use shape::Provenance;
pub use shape::fields_of;
pub use words::Kind;

/// The way all scenario files are read: `Some` is never written, and neither are the brackets of a variant's one struct.
pub fn options() -> ron::Options {
    use ron::extensions::Extensions;
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES | Extensions::UNWRAP_VARIANT_NEWTYPES;
    ron::Options::default().with_default_extension(extensions)
}

/// Every form with its fields, so that a test can hold them against the template.
#[cfg(test)]
pub fn all_fields() -> Vec<(&'static str, &'static [&'static str])> {
    macro_rules! forms {
        ($($form:ty)*) => { vec![$((stringify!($form), fields_of::<$form>()),)*] };
    }
    forms! {
        Body Source School Schedule bells::Pupils bells::Staff Calendar Every SchoolYear calendar::Term SpecialDays Closures
        Role Practice Model VoiceLimit Learning Partner Event Condition Line Clause clause::Applies Limit Value
        Credit Exception Penalty Waiver Fact Said Parameter Ladder rules::Step Band
        Search Release Steps Tier Gap OnePer Earliest Keeps
        Nation Counts nation::Class StateCounts nation::Wave Follows Hears Varies
    }
}

/// The same for proposals, so that a test can hold them against the documents.
#[cfg(test)]
pub fn fields_of_proposals() -> Vec<(&'static str, &'static [&'static str])> {
    vec![("Proposal", fields_of::<Proposal>()), ("Item", fields_of::<Item>())]
}

/// The same for files of cases, so that a test can hold them against the documents.
#[cfg(test)]
pub fn fields_of_cases() -> Vec<(&'static str, &'static [&'static str])> {
    macro_rules! forms {
        ($($form:ty)*) => { vec![$((stringify!($form), fields_of::<$form>()),)*] };
    }
    forms! { Cases Case Given Bells OtherSchool Expect }
}
