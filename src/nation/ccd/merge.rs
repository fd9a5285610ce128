//! Merging: districts and schools that were read become a territory.

use crate::district::Level;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::nation::atlas;
use crate::nation::ccd::CcdOptions;
use crate::nation::ccd::TableText;
use crate::nation::ccd::district_rows;
use crate::nation::ccd::district_rows::Rows;
use crate::nation::ccd::faults::Fault;
use crate::nation::ccd::faults::Faults;
use crate::nation::ccd::school_rows;
use crate::nation::schools;
use crate::nation::territory;
use crate::nation::territory::DistrictDraft;
use crate::nation::territory::SchoolSite;
use crate::nation::territory::Territory;
use crate::source::Mark;
use crate::units::thousands;

/// Pupils and teachers of a district whose schools have to be made.
struct Unbuilt {
    n_pupils: u32,
    n_teachers: u64,
    n_schools: u32,
}

/// The territory of all rows; adds warnings about schools and districts that do not meet.
pub fn territory(
    rows: Rows,
    school_rows: Option<(&TableText, Vec<school_rows::Row>)>,
    options: &CcdOptions,
    out: &mut Findings,
) -> Territory {
    let mut built = match school_rows {
        Some((table, schools)) => schools_by_district(&rows, table, schools, options, out),
        None => rows.kept.iter().map(|_| Vec::new()).collect(),
    };
    let made = made_schools(&rows, &built, options);
    let mut by_state: Vec<Vec<DistrictDraft>> = vec![Vec::new(); atlas::TILES.len()];
    for ((place, row), made) in rows.kept.into_iter().enumerate().zip(made) {
        let given = std::mem::take(&mut built[place]);
        let computed = given.iter().any(|(_, mark)| *mark == Mark::Computed) || (made.is_some() && row.staff.is_none());
        let schools = made.unwrap_or_else(|| given.into_iter().map(|(site, _)| site).collect());
        by_state[row.state].push(DistrictDraft {
            id: format!("{:0width$}", row.id, width = district_rows::ID_DIGITS),
            name: row.name,
            n_pupils: schools.iter().map(|s| s.n_pupils).sum(),
            teachers: if computed { Mark::Computed } else { Mark::Found },
            schools,
        });
    }
    territory::lay(by_state, options.districts_per_region)
}

/// Schools of a file by place of their district, with how well their teachers are known.
fn schools_by_district(
    rows: &Rows,
    table: &TableText,
    schools: Vec<school_rows::Row>,
    options: &CcdOptions,
    out: &mut Findings,
) -> Vec<Vec<(SchoolSite, Mark)>> {
    let mut faults = Faults::new(table, "school", options.missing_staff);
    let mut built: Vec<Vec<(SchoolSite, Mark)>> = rows.kept.iter().map(|_| Vec::new()).collect();
    for school in schools {
        let Ok(place) = rows.kept.binary_search_by_key(&school.district, |row| row.id) else {
            let district = school.district;
            faults.add(Fault::Homeless, school.at, || format!("`{}` belongs to district {district:07}", school.name));
            continue;
        };
        let ratio = rows.pupils_per_teacher[rows.kept[place].state];
        let teachers = school.staff.unwrap_or(f64::from(school.n_pupils) / ratio);
        // A part of a position is somebody who teaches there.
        let n_teachers = teachers.round().clamp(1.0, f64::from(u16::MAX)) as u16;
        let mark = if school.staff.is_some() { Mark::Found } else { Mark::Computed };
        built[place].push((SchoolSite { level: school.level, n_teachers, n_pupils: school.n_pupils }, mark));
    }
    faults.into_findings(out);
    say_without_schools(rows, &built, table, out);
    for schools in &mut built {
        schools.sort_by_key(|(site, _)| site.level);
    }
    built
}

fn say_without_schools(rows: &Rows, built: &[Vec<(SchoolSite, Mark)>], table: &TableText, out: &mut Findings) {
    let without: Vec<&str> =
        rows.kept.iter().zip(built).filter(|(_, s)| s.is_empty()).map(|(row, _)| row.name.as_str()).collect();
    if !without.is_empty() {
        let names: Vec<String> = without.iter().take(5).map(|name| format!("`{name}`")).collect();
        let n = thousands(without.len() as i64);
        let more = if without.len() > names.len() { ", …" } else { "" };
        let message = format!("districts without a school in the file of schools: {n} ({}{more})", names.join(", "));
        let help = "their schools are made from their pupils and teachers";
        let place = Place::bytes(&table.file, 0..0);
        out.push(Finding::warning("ccd::no_schools", message).at(&place, "").help(help));
    }
}

/// Schools of the districts that no file gives schools for.
fn made_schools(rows: &Rows, built: &[Vec<(SchoolSite, Mark)>], options: &CcdOptions) -> Vec<Option<Vec<SchoolSite>>> {
    let unbuilt = |(row, built): (&district_rows::Row, &Vec<(SchoolSite, Mark)>)| {
        built.is_empty().then(|| unbuilt(row, rows.pupils_per_teacher[row.state], options))
    };
    let all: Vec<Option<Unbuilt>> = rows.kept.iter().zip(built).map(unbuilt).collect();
    // Agencies without pupils have no levels; they would take them from schools that have.
    let with_pupils: Vec<u32> = all.iter().flatten().filter(|u| u.n_pupils > 0).map(|u| u.n_schools).collect();
    let n_schools: u64 = with_pupils.iter().map(|n| u64::from(*n)).sum();
    let levels = schools::levels(&with_pupils, options.rule.by_level(n_schools));
    let mut at = 0;
    let mut build = |unbuilt: Unbuilt| {
        let n = unbuilt.n_schools as usize;
        let others = vec![Level::Other; n];
        let own = if unbuilt.n_pupils > 0 { &levels[at..at + n] } else { &others[..] };
        let mut made = schools::with_pupils(own, unbuilt.n_pupils, &options.rule.relative_size, at as u64);
        at += if unbuilt.n_pupils > 0 { n } else { 0 };
        schools::staff(&mut made.iter_mut().collect::<Vec<_>>(), unbuilt.n_teachers)
            .expect("there are schools enough for the teachers");
        made
    };
    all.into_iter().map(|unbuilt| unbuilt.map(&mut build)).collect()
}

fn unbuilt(row: &district_rows::Row, pupils_per_teacher: f64, options: &CcdOptions) -> Unbuilt {
    let n_pupils = row.n_pupils.round() as u32;
    let n_teachers = row.staff.unwrap_or(row.n_pupils / pupils_per_teacher).round().max(1.0) as u64;
    // No school without a teacher, so no more schools than teachers.
    let n_schools = options.rule.n_schools(n_pupils, n_teachers).min(u32::try_from(n_teachers).unwrap_or(u32::MAX));
    Unbuilt { n_pupils, n_teachers, n_schools }
}
