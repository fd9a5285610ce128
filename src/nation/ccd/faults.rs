//! Faults of a long table: alike ones are counted and said once, with the first lines they stand on.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::Severity;
use crate::nation::ccd::MissingStaff;
use crate::nation::ccd::TableText;
use crate::units::thousands;
use std::collections::BTreeMap;

/// What can be wrong with a row; errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Fewer cells than the heading, or more.
    Cells,
    /// No id, or not digits.
    Id,
    /// The id stands in an earlier row too.
    Repeated,
    /// No such state.
    State,
    /// No such level of schools.
    Level,
    /// A number that is none.
    Number,
    /// A number below zero.
    Negative,
    /// Pupils, and an empty cell for staff.
    NoStaff,
    /// Pupils, and 0 staff.
    ZeroStaff,
    /// An empty cell for pupils.
    NoPupils,
    /// Neither pupils nor staff.
    Closed,
    /// Staff and 0 pupils.
    StaffOnly,
    /// None of the fifty states and the District of Columbia.
    Outside,
    /// A school of a district that is not in the territory.
    Homeless,
}

/// Up to so many alike faults are said one by one.
const SHOWN: usize = 5;

struct Alike {
    n: usize,
    first: Vec<(usize, String, Option<String>)>,
}

/// The faults of one table.
pub struct Faults<'a> {
    table: &'a TableText<'a>,
    /// What a row is: `district` or `school`.
    row: &'static str,
    missing_staff: MissingStaff,
    alike: BTreeMap<Fault, Alike>,
}

impl<'a> Faults<'a> {
    /// None yet.
    pub fn new(table: &'a TableText<'a>, row: &'static str, missing_staff: MissingStaff) -> Faults<'a> {
        Faults { table, row, missing_staff, alike: BTreeMap::new() }
    }

    /// Adds one at a byte of the text; the sentence is made only if it will be shown.
    pub fn add(&mut self, fault: Fault, at: usize, message: impl FnOnce() -> String) {
        self.add_with_help(fault, at, || (message(), None));
    }

    /// Adds one with a help of its own.
    pub fn add_with_help(&mut self, fault: Fault, at: usize, say: impl FnOnce() -> (String, Option<String>)) {
        let alike = self.alike.entry(fault).or_insert(Alike { n: 0, first: Vec::new() });
        alike.n += 1;
        if alike.first.len() < SHOWN {
            let (message, help) = say();
            alike.first.push((at, message, help));
        }
    }

    /// The line of a byte, counted from one.
    pub fn line(&self, at: usize) -> usize {
        1 + self.table.text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count()
    }

    /// All of them, errors first.
    pub fn into_findings(self, out: &mut Findings) {
        for (fault, alike) in &self.alike {
            if alike.n > SHOWN {
                out.push(self.summed(*fault, alike));
            } else {
                for (at, message, help) in &alike.first {
                    let finding = self.blank(*fault, format!("line {}: {message}", self.line(*at)));
                    let help = help.clone().unwrap_or_else(|| self.help(*fault).to_string());
                    out.push(finding.at(&self.place(*at), "").help(help));
                }
            }
        }
    }

    fn summed(&self, fault: Fault, alike: &Alike) -> Finding {
        let lines: Vec<String> = alike.first.iter().map(|(at, ..)| self.line(*at).to_string()).collect();
        let (n, more) = (thousands(alike.n as i64), thousands((alike.n - SHOWN) as i64));
        let (row, what) = (self.row, sentence(fault));
        let message = format!("{n} {row} rows {what} (lines {} and {more} more)", lines.join(", "));
        let finding = self.blank(fault, message).help(self.help(fault));
        alike.first.iter().fold(finding, |finding, (at, message, _)| finding.at(&self.place(*at), message.as_str()))
    }

    fn blank(&self, fault: Fault, message: String) -> Finding {
        match severity(fault) {
            Severity::Error => Finding::error(code(fault), message),
            Severity::Warning => Finding::warning(code(fault), message),
        }
    }

    fn place(&self, at: usize) -> Place {
        let text = self.table.text;
        let length = text[at..].find(['\r', '\n']).unwrap_or(text.len() - at);
        Place::bytes(&self.table.file, at..at + length)
    }

    fn help(&self, fault: Fault) -> &'static str {
        let reckoned = self.missing_staff == MissingStaff::FromPupils;
        match fault {
            Fault::Cells => "give every row one cell a column; a comma inside a cell needs quotation marks around it",
            Fault::Id => {
                "write the federal id in digits, 7 for a district and 12 for a school; lost leading zeros are put back"
            }
            Fault::Repeated => "keep one row an id; a file of several years has to be cut to one",
            Fault::State => "write the two letters of the state",
            Fault::Level => "write Prekindergarten, Elementary, Middle, High, Secondary or Other",
            Fault::Number => "write digits and at most one point; leave the cell empty where the number is not known",
            Fault::Negative => {
                "leave the cell empty where the number is not known: -1, -2 and -9 are such marks in federal files"
            }
            Fault::NoStaff | Fault::ZeroStaff if reckoned => {
                "teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead"
            }
            Fault::NoStaff | Fault::ZeroStaff => {
                "they are left out; teachers can be reckoned from pupils as the state has them instead"
            }
            Fault::NoPupils => "they are left out; give the pupils, or 0 where there are none",
            Fault::Closed => "they are left out: closed, not open yet, or an office",
            Fault::StaffOnly => "they are kept, with schools of no pupils: mostly agencies that serve other districts",
            Fault::Outside => "they are left out: the territory has the fifty states and the District of Columbia",
            Fault::Homeless => "they are left out; add their districts to the file of districts",
        }
    }
}

fn severity(fault: Fault) -> Severity {
    match fault {
        Fault::Cells | Fault::Id | Fault::Repeated | Fault::State | Fault::Level | Fault::Number | Fault::Negative => {
            Severity::Error
        }
        Fault::NoStaff
        | Fault::ZeroStaff
        | Fault::NoPupils
        | Fault::Closed
        | Fault::StaffOnly
        | Fault::Outside
        | Fault::Homeless => Severity::Warning,
    }
}

fn code(fault: Fault) -> &'static str {
    match fault {
        Fault::Cells => "ccd::cells",
        Fault::Id => "ccd::id",
        Fault::Repeated => "ccd::repeated",
        Fault::State => "ccd::unknown_state",
        Fault::Level => "ccd::unknown_level",
        Fault::Number => "ccd::not_a_number",
        Fault::Negative => "ccd::negative",
        Fault::NoStaff => "ccd::no_staff",
        Fault::ZeroStaff => "ccd::zero_staff",
        Fault::NoPupils => "ccd::no_pupils",
        Fault::Closed => "ccd::closed",
        Fault::StaffOnly => "ccd::staff_only",
        Fault::Outside => "ccd::outside",
        Fault::Homeless => "ccd::no_district",
    }
}

/// What many rows do, after "17 district rows".
fn sentence(fault: Fault) -> &'static str {
    match fault {
        Fault::Cells => "do not have the cells of the heading",
        Fault::Id => "have no readable id",
        Fault::Repeated => "repeat the id of an earlier row",
        Fault::State => "name no known state",
        Fault::Level => "name no known level",
        Fault::Number => "have something that is not a number",
        Fault::Negative => "have a number below zero",
        Fault::NoStaff => "leave their staff empty",
        Fault::ZeroStaff => "have pupils and 0 staff",
        Fault::NoPupils => "leave their pupils empty",
        Fault::Closed => "have neither pupils nor staff",
        Fault::StaffOnly => "have staff and no pupils",
        Fault::Outside => "lie outside the states",
        Fault::Homeless => "belong to no district of the territory",
    }
}
