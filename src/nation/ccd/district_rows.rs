//! Rows of districts: ids, states, pupils and staff, checked.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::nation::atlas;
use crate::nation::ccd::MissingStaff;
use crate::nation::ccd::TableText;
use crate::nation::ccd::columns;
use crate::nation::ccd::columns::Names;
use crate::nation::ccd::columns::Number;
use crate::nation::ccd::faults::Fault;
use crate::nation::ccd::faults::Faults;

const COLUMNS: [Names; 5] = [
    &["district_id", "leaid"],
    &["district_name", "lea_name"],
    &["state", "st", "stabr"],
    &["enrollment", "member", "enrolment"],
    &["instructional_staff", "teachers", "total_teachers"],
];

/// Digits of the id of a district.
pub const ID_DIGITS: usize = 7;

/// A district that will stand in the territory.
pub struct Row {
    /// Its id as a number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Place of its state in the atlas.
    pub state: usize,
    /// Its pupils.
    pub n_pupils: f64,
    /// Its staff, if that is known.
    pub staff: Option<f64>,
    at: usize,
}

/// Districts in the order of their ids, and how staff goes with pupils.
pub struct Rows {
    /// The districts.
    pub kept: Vec<Row>,
    /// Pupils to a teacher, by place of the state.
    pub pupils_per_teacher: Vec<f64>,
    /// All rows of the file.
    pub n_read: usize,
}

/// Reads the rows and adds what is wrong or doubtful.
pub fn read(table: &TableText, missing_staff: MissingStaff, out: &mut Findings) -> Rows {
    let mut faults = Faults::new(table, "district", missing_staff);
    let mut rows = Vec::new();
    let n_read = columns::read(table, COLUMNS, &mut faults, out, |faults, at, cells| {
        rows.extend(row(faults, at, cells));
    });
    rows.sort_by_key(|(row, _)| (row.id, row.at));
    columns::check_repeated(&rows, |(row, _)| (row.id, row.at), ID_DIGITS, &mut faults);
    let mut kept = Vec::new();
    for (row, pupils) in rows {
        kept.extend(settled(row, pupils, missing_staff, &mut faults));
    }
    faults.into_findings(out);
    let pupils_per_teacher = pupils_per_teacher(&kept);
    if !out.has_errors() && pupils_per_teacher.is_none() {
        out.push(nothing_to_reckon_from(table, &kept));
    }
    Rows { kept, pupils_per_teacher: pupils_per_teacher.unwrap_or_default(), n_read }
}

/// One row, unless something is wrong with it or it lies outside the states.
fn row(faults: &mut Faults, at: usize, [id, name, state, pupils, staff]: [&str; 5]) -> Option<(Row, Number)> {
    let code = state.to_ascii_uppercase();
    if atlas::OUTSIDE.contains(&code.as_str()) {
        faults.add(Fault::Outside, at, || format!("`{name}` lies in {code}"));
        return None;
    }
    let state = atlas::place_of_code(&code);
    if state.is_none() {
        faults.add_with_help(Fault::State, at, || (format!("`{code}` is not the code of a state"), near_state(&code)));
    }
    let id = columns::id(id, ID_DIGITS, at, faults);
    let pupils = columns::number(pupils, "pupils", at, faults);
    let staff = columns::number(staff, "staff", at, faults);
    let row = Row { id: id?, name: name.to_string(), state: state?, n_pupils: 0.0, staff: staff.known(), at };
    (pupils != Number::Wrong && staff != Number::Wrong).then_some((row, pupils))
}

fn near_state(code: &str) -> Option<String> {
    let by_name = atlas::TILES.iter().find(|t| t.name.eq_ignore_ascii_case(code)).map(|t| t.code);
    let near = by_name.or_else(|| nearest(code, atlas::TILES.iter().map(|t| t.code)));
    near.map(|near| format!("did you mean `{near}`?"))
}

/// The row as it will stand, unless it is left out; says what is doubtful about it.
fn settled(mut row: Row, pupils: Number, missing_staff: MissingStaff, faults: &mut Faults) -> Option<Row> {
    let Some(n_pupils) = pupils.known() else {
        faults.add(Fault::NoPupils, row.at, || format!("`{}` leaves its pupils empty", row.name));
        return None;
    };
    row.n_pupils = n_pupils;
    let (fault, what) = match (n_pupils > 0.0, row.staff) {
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

/// Pupils to a teacher of each state, from its districts that give both; the nation's where none does.
fn pupils_per_teacher(rows: &[Row]) -> Option<Vec<f64>> {
    let mut sums = vec![(0.0, 0.0); atlas::TILES.len()];
    let mut all = (0.0, 0.0);
    for row in rows.iter().filter(|row| row.n_pupils > 0.0) {
        if let Some(staff) = row.staff {
            sums[row.state].0 += row.n_pupils;
            sums[row.state].1 += staff;
            all.0 += row.n_pupils;
            all.1 += staff;
        }
    }
    let ratio = |(pupils, staff): (f64, f64)| (staff > 0.0).then_some(pupils / staff);
    let nation = ratio(all)?;
    Some(sums.into_iter().map(|sum| ratio(sum).unwrap_or(nation)).collect())
}

fn nothing_to_reckon_from(table: &TableText, kept: &[Row]) -> Finding {
    let whole = Place::bytes(&table.file, 0..0);
    if kept.is_empty() {
        let help = "give at least one district of a state, with pupils and staff";
        return Finding::error("ccd::empty", "no district of the file is left").at(&whole, "").help(help);
    }
    let message = "no district of the file gives both pupils and staff";
    let help = "teachers can be reckoned from pupils only where other districts give both; add the column of staff";
    Finding::error("ccd::no_staff_at_all", message).at(&whole, "").help(help)
}
