//! Rows of schools: ids, districts, levels, pupils and staff, checked.

use crate::district::Level;
use crate::findings::Findings;
use crate::nation::ccd::MissingStaff;
use crate::nation::ccd::TableText;
use crate::nation::ccd::columns;
use crate::nation::ccd::columns::Names;
use crate::nation::ccd::columns::Number;
use crate::nation::ccd::district_rows;
use crate::nation::ccd::faults::Fault;
use crate::nation::ccd::faults::Faults;

const COLUMNS: [Names; 6] = [
    &["school_id", "ncessch"],
    &["district_id", "leaid"],
    &["school_name", "sch_name"],
    &["level", "school_level"],
    &["instructional_staff", "teachers", "total_teachers"],
    &["enrollment", "member", "enrolment"],
];

/// Digits of the id of a school.
const ID_DIGITS: usize = 12;

/// A school that will stand in the territory if its district does.
pub struct Row {
    /// Its district's id as a number.
    pub district: u64,
    /// Its level.
    pub level: Level,
    /// Its pupils.
    pub n_pupils: u32,
    /// Its teachers, if they are known.
    pub staff: Option<f64>,
    /// Its name.
    pub name: String,
    /// The byte it begins at.
    pub at: usize,
    id: u64,
}

/// Reads the rows in the order of their ids, and adds what is wrong or doubtful.
pub fn read(table: &TableText, missing_staff: MissingStaff, out: &mut Findings) -> Vec<Row> {
    let mut faults = Faults::new(table, "school", missing_staff);
    let mut rows = Vec::new();
    columns::read(table, COLUMNS, &mut faults, out, |faults, at, cells| rows.extend(row(faults, at, cells)));
    rows.sort_by_key(|(row, _)| (row.district, row.id, row.at));
    let mut by_id: Vec<(u64, usize)> = rows.iter().map(|(row, _)| (row.id, row.at)).collect();
    by_id.sort_unstable();
    columns::check_repeated(&by_id, |key| *key, ID_DIGITS, &mut faults);
    let mut kept = Vec::with_capacity(rows.len());
    for (row, pupils) in rows {
        kept.extend(settled(row, pupils, missing_staff, &mut faults));
    }
    faults.into_findings(out);
    kept
}

fn row(faults: &mut Faults, at: usize, cells: [&str; 6]) -> Option<(Row, Number)> {
    let [id, district, name, level, staff, pupils] = cells;
    let id = columns::id(id, ID_DIGITS, at, faults);
    let district = columns::id(district, district_rows::ID_DIGITS, at, faults);
    let known = level_of(level);
    if known.is_none() {
        faults.add(Fault::Level, at, || format!("`{level}` is not a level of schools"));
    }
    let pupils = columns::number(pupils, "pupils", at, faults);
    let staff = match columns::number(staff, "teachers", at, faults) {
        Number::Known(number) if number > f64::from(u16::MAX) => {
            faults.add(Fault::Number, at, || format!("`{number}` teachers are more than a school can have"));
            Number::Wrong
        }
        other => other,
    };
    let name = name.to_string();
    let row = Row { district: district?, level: known?, n_pupils: 0, staff: staff.known(), name, at, id: id? };
    (pupils != Number::Wrong && staff != Number::Wrong).then_some((row, pupils))
}

/// The level that federal files write, in words or as the older number.
fn level_of(text: &str) -> Option<Level> {
    match text.to_ascii_lowercase().as_str() {
        "prekindergarten" | "early childhood" => Some(Level::EarlyChildhood),
        "elementary" | "primary" | "1" => Some(Level::Elementary),
        "middle" | "2" => Some(Level::Middle),
        "high" | "secondary" | "3" => Some(Level::High),
        "" | "other" | "4" | "ungraded" | "adult education" | "not reported" | "not applicable" => Some(Level::Other),
        _ => None,
    }
}

/// The row as it will stand, unless it is left out; says what is doubtful about it.
fn settled(mut row: Row, pupils: Number, missing_staff: MissingStaff, faults: &mut Faults) -> Option<Row> {
    let Some(n_pupils) = pupils.known() else {
        faults.add(Fault::NoPupils, row.at, || format!("`{}` leaves its pupils empty", row.name));
        return None;
    };
    row.n_pupils = n_pupils.round() as u32;
    let (fault, what) = match (row.n_pupils > 0, row.staff) {
        (true, Some(staff)) if staff > 0.0 => return Some(row),
        (false, Some(staff)) if staff > 0.0 => (Fault::StaffOnly, "has staff and no pupils"),
        (true, Some(_)) => (Fault::ZeroStaff, "has pupils and 0 staff"),
        (true, None) => (Fault::NoStaff, "leaves its staff empty"),
        (false, Some(_) | None) => (Fault::Closed, "has neither pupils nor staff"),
    };
    faults.add(fault, row.at, || format!("`{}` {what}", row.name));
    if fault == Fault::StaffOnly {
        return Some(row);
    }
    row.staff = None;
    (fault != Fault::Closed && missing_staff == MissingStaff::FromPupils).then_some(row)
}
