//! The district as it is counted: schools, grades, pupils, positions and the roles that fill them.
//!
//! Has checked counts, gives them to the timetable and to the roster. Knows no people yet.

use crate::findings::Place;
use crate::luck::Uncertain;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;
use serde::Serialize;
use std::collections::BTreeMap;

/// The level of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Level {
    /// Before kindergarten.
    EarlyChildhood,
    /// Usually K-5.
    Elementary,
    /// Usually 6-8.
    Middle,
    /// Usually 9-12.
    High,
    /// Anything else.
    Other,
}

/// A school.
#[derive(Debug, Clone)]
pub struct School {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The state whose law binds it, as two letters.
    pub state: String,
    /// Its level.
    pub level: Level,
    /// The grades it teaches.
    pub grades: Grades,
    /// Pupils of each grade, in the order of `grades`.
    pub pupils: Vec<(Grade, u32)>,
    /// How many people fill each role, by place in [`District::roles`]; shared roles are not listed here.
    pub positions: Vec<(usize, u32)>,
    /// Educators in a team.
    pub team_size: u32,
    /// Place of its calendar among the calendars.
    pub calendar: usize,
    /// Which bell schedule (by place) rings for each name that the calendar uses.
    pub bells: BTreeMap<String, usize>,
    /// How far its leaders support the new practice at the start.
    pub leaders_support: Share,
    /// How far its families support the new practice at the start.
    pub families_support: Share,
    /// Where it is written.
    pub written: Place,
}

impl School {
    /// Pupils of all grades.
    pub fn n_pupils(&self) -> u32 {
        self.pupils.iter().map(|(_, n)| n).sum()
    }

    /// People of all roles that belong to the school.
    pub fn n_staff(&self) -> u32 {
        self.positions.iter().map(|(_, n)| n).sum()
    }
}

/// Who takes the classes of a person that moves into a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Backfill {
    /// A new hire fills the role; nobody leaves a classroom.
    NewHire,
    /// A teacher takes the role and a newcomer takes her classes.
    FromTeachers,
    /// A teacher takes the role and nobody takes her classes.
    Nobody,
}

/// A role that educators fill.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether people in it take up the new practice themselves (teachers do).
    pub takes_up_practice: bool,
    /// For a shared supporting role: educators that one person serves; nothing for roles counted by school.
    pub one_per_educators: Option<f64>,
    /// Hours of support one person gives in a full school week \[h/week\].
    pub hours_per_week: f64,
    /// Part of those hours lost on the way between schools.
    pub travel: Share,
    /// Practices it can support, by place; all of them when it knows all.
    pub knows: Vec<usize>,
    /// Grades it can support.
    pub grades: Grades,
    /// Strengths the role asks for, in words.
    pub strengths: Vec<String>,
    /// Hours of learning before a person in it helps anybody \[h\].
    pub retooling_hours: Uncertain,
    /// Hours of retooling a person in training gets in a full school week \[h/week\].
    pub retooling_hours_per_week: f64,
    /// What one person costs a year, all included.
    pub cost_per_year: Dollars,
    /// Who takes the classes of a person that moves into it.
    pub backfill: Backfill,
    /// Hours of duty the role adds to its own people's week \[h/week\].
    pub duty_hours_per_week: f64,
    /// Condition (by id) on which the role begins to work; from the start when there is none.
    pub needs: Option<String>,
    /// Where it is written.
    pub written: Place,
}

/// The district: roles and schools.
#[derive(Debug, Clone)]
pub struct District {
    /// Its name.
    pub name: String,
    /// The roles that people fill.
    pub roles: Vec<Role>,
    /// The schools.
    pub schools: Vec<School>,
}

impl District {
    /// The place of a role.
    pub fn role(&self, id: &str) -> Option<usize> {
        self.roles.iter().position(|r| r.id == id)
    }

    /// The place of a school.
    pub fn school(&self, id: &str) -> Option<usize> {
        self.schools.iter().position(|s| s.id == id)
    }

    /// Places of the roles that schools share and that help others.
    pub fn support_roles(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.roles.len()).filter(|r| self.roles[*r].one_per_educators.is_some())
    }

    /// Educators of a school who take up the practice.
    pub fn n_taking_up(&self, school: usize) -> u32 {
        let takes = |(role, _): &&(usize, u32)| self.roles[*role].takes_up_practice;
        self.schools[school].positions.iter().filter(takes).map(|(_, n)| n).sum()
    }

    /// People of a shared role that a school has, in full-time equivalents \[FTE\], before money is asked.
    pub fn fte(&self, role: usize, school: usize) -> f64 {
        self.roles[role].one_per_educators.map_or(0.0, |per| f64::from(self.n_taking_up(school)) / per)
    }
}
