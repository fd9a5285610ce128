//! Common Core: a territory from the federal files of districts and, if given, of schools.
//!
//! Has the text of the files, gives a territory and everything that is doubtful about them. Opens no files.
//! Schools that no file gives are made from the pupils and teachers of their district by the rule that also
//! makes the schools of synthesised districts.

mod columns;
mod district_rows;
mod faults;
mod merge;
mod school_rows;

use crate::findings::Findings;
use crate::nation::counts::Counts;
use crate::nation::schools::SchoolRule;
use crate::nation::territory::Territory;
use std::sync::Arc;

/// A file that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct TableText<'a> {
    /// Its name as the user would say it.
    pub file: Arc<str>,
    /// All of its text: a heading, then one row a line, with commas.
    pub text: &'a str,
}

/// What becomes of a district that gives pupils and no staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingStaff {
    /// It gets teachers for its pupils as its state has them, marked as computed.
    FromPupils,
    /// It is left out.
    LeaveOut,
}

/// How the files are read.
#[derive(Debug, Clone, PartialEq)]
pub struct CcdOptions {
    /// What becomes of a district without staff.
    pub missing_staff: MissingStaff,
    /// How schools are made where no file gives them.
    pub rule: SchoolRule,
    /// Districts of a service region.
    pub districts_per_region: u32,
}

impl CcdOptions {
    /// Schools and regions as the counts of the nation have them; missing staff is reckoned from pupils.
    pub fn from_counts(counts: &Counts) -> CcdOptions {
        CcdOptions {
            missing_staff: MissingStaff::FromPupils,
            rule: counts.school_rule(),
            districts_per_region: counts.districts_per_region,
        }
    }
}

/// A territory that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct CcdReading {
    /// The territory; districts stand in the order of their ids, whatever the order of the file.
    pub territory: Territory,
    /// What was left out, reckoned or looks odd.
    pub warnings: Findings,
    /// Rows of the file of districts, the heading apart.
    pub n_rows: usize,
}

/// Reads a file of districts and, if there is one, the file of their schools.
///
/// With a file of schools the pupils and teachers of a district are those of its schools.
///
/// # Errors
/// All that is wrong with both files at once, warnings included.
pub fn read(districts: &TableText, schools: Option<&TableText>, options: &CcdOptions) -> Result<CcdReading, Findings> {
    let mut findings = Findings::new();
    let rows = district_rows::read(districts, options.missing_staff, &mut findings);
    let school_rows = schools.map(|table| (table, school_rows::read(table, options.missing_staff, &mut findings)));
    if findings.has_errors() {
        return Err(findings);
    }
    let n_rows = rows.n_read;
    let territory = merge::territory(rows, school_rows, options, &mut findings);
    Ok(CcdReading { territory, warnings: findings, n_rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::district::Level;
    use crate::findings::Finding;
    use crate::nation::atlas;
    use crate::nation::sample;
    use crate::nation::territory::check_ranges;
    use crate::source::Mark;
    use proptest::prelude::*;
    use std::time::Instant;

    const HEADING: &str = "district_id,district_name,state,enrollment,instructional_staff,year,data_source\n";

    fn table(text: &str) -> TableText<'_> {
        TableText { file: Arc::from("districts.csv"), text }
    }

    fn options() -> CcdOptions {
        CcdOptions::from_counts(&sample::counts())
    }

    fn said(findings: &Findings) -> String {
        let line =
            |f: &Finding| format!("{:?} {}: {}\n  {}", f.severity, f.code, f.message, f.help.as_deref().unwrap_or(""));
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Everything that is said about rows under the usual heading.
    fn said_of(rows: &str) -> String {
        let text = format!("{HEADING}{rows}");
        match read(&table(&text), None, &options()) {
            Ok(reading) => said(&reading.warnings),
            Err(findings) => said(&findings),
        }
    }

    #[test]
    fn a_small_file_becomes_a_territory() {
        let text = format!(
            "{HEADING}1709930,Community District 93,IL,3283.0,317.0,2023-24,nces_ccd\n\
         100005,Albertville City,AL,5821.0,314.5,2023-24,nces_ccd\n"
        );
        let reading = read(&table(&text), None, &options()).unwrap();
        assert_eq!(said(&reading.warnings), "");
        let districts = &reading.territory.districts;
        assert_eq!((districts[0].id.as_str(), districts[1].id.as_str()), ("0100005", "1709930"));
        assert_eq!((districts[0].n_pupils, reading.territory.n_teachers_of(0)), (5821, 315)); // by hand: 314.5 rounds up
        assert_eq!(reading.territory.schools_of(1).len(), 7); // by hand: 3,283 / 494.7 = 6.6
        assert_eq!(districts[1].teachers, Mark::Found);
        let illinois = atlas::place_of_code("IL").unwrap();
        assert_eq!(reading.territory.states[illinois].districts, 1..2);
        assert_eq!(check_ranges(&reading.territory), Ok(()));
    }

    #[test]
    fn federal_names_of_columns_in_any_order_mean_the_same() {
        let ours = format!("{HEADING}1709930,Community District 93,IL,3283,317,2023-24,nces_ccd\n");
        let theirs = "\u{feff}TEACHERS,ST,MEMBER,LEA_NAME,LEAID\r\n317,IL,3283,Community District 93,1709930\r\n";
        let read = |text: &str| read(&table(text), None, &options()).unwrap().territory;
        assert_eq!(read(&ours), read(theirs));
    }

    #[test]
    fn missing_staff_is_reckoned_from_the_state_and_said() {
        let rows = "1,A,IL,1000,100,,\n2,B,IL,500,,,\n3,C,IL,300,0,,\n";
        assert_eq!(
            said_of(rows),
            "Warning ccd::no_staff: line 3: `B` leaves its staff empty\n  teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead\n\
         Warning ccd::zero_staff: line 4: `C` has pupils and 0 staff\n  teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead"
        );
        let text = format!("{HEADING}{rows}");
        let territory = read(&table(&text), None, &options()).unwrap().territory;
        assert_eq!((territory.n_teachers_of(1), territory.n_teachers_of(2)), (50, 30)); // by hand: 10 pupils to a teacher
        assert_eq!(territory.districts[1].teachers, Mark::Computed);
        let left_out = CcdOptions { missing_staff: MissingStaff::LeaveOut, ..options() };
        let reading = read(&table(&text), None, &left_out).unwrap();
        assert_eq!((reading.territory.districts.len(), reading.n_rows), (1, 3));
        assert!(said(&reading.warnings).contains("they are left out; teachers can be reckoned"));
    }

    #[test]
    fn many_alike_faults_are_said_once() {
        let rows: String = (1..=23).map(|n| format!("{n},D{n},IL,100,{},,\n", if n == 1 { "9" } else { "" })).collect();
        assert_eq!(
            said_of(&rows),
            "Warning ccd::no_staff: 22 district rows leave their staff empty (lines 3, 4, 5, 6, 7 and 17 more)\n  teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead"
        );
    }

    #[test]
    fn rows_without_pupils_or_outside_the_states_are_left_out_and_counted() {
        let rows =
            "1,A,IL,1000,100,,\n2,Closed,IL,0,0,,\n3,Agency,IL,0,5157,,\n4,Unknown,IL,,7,,\n5,San Juan,PR,10,1,,\n";
        assert_eq!(
            said_of(rows),
            "Warning ccd::no_pupils: line 5: `Unknown` leaves its pupils empty\n  they are left out; give the pupils, or 0 where there are none\n\
         Warning ccd::closed: line 3: `Closed` has neither pupils nor staff\n  they are left out: closed, not open yet, or an office\n\
         Warning ccd::staff_only: line 4: `Agency` has staff and no pupils\n  they are kept, with schools of no pupils: mostly agencies that serve other districts\n\
         Warning ccd::outside: line 6: `San Juan` lies in PR\n  they are left out: the territory has the fifty states and the District of Columbia"
        );
        let text = format!("{HEADING}{rows}");
        let territory = read(&table(&text), None, &options()).unwrap().territory;
        assert_eq!((territory.districts.len(), territory.n_teachers()), (2, 5257));
        assert!(territory.schools_of(1).iter().all(|s| s.level == Level::Other && s.n_pupils == 0));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let rows = "1,A,IL,1000,100,,\n\
                0000001,Again,IL,10,1,,\n\
                x12,B,IL,10,1,,\n\
                3,C,Illinois,10,1,,\n\
                4,D,IQ,ten,1,,\n\
                5,E,IL,-1,1,,\n\
                6,F,IL,10\n\
                7,G,IL,10,99999999999,,\n";
        assert_eq!(
            said_of(rows),
            "Error ccd::cells: line 8: the row has 4 cells, the heading has 7\n  give every row one cell a column; a comma inside a cell needs quotation marks around it\n\
         Error ccd::id: line 4: `x12` is not an id of 7 digits\n  write the federal id in digits, 7 for a district and 12 for a school; lost leading zeros are put back\n\
         Error ccd::repeated: line 3: id 0000001 stands in line 2 too\n  keep one row an id; a file of several years has to be cut to one\n\
         Error ccd::unknown_state: line 5: `ILLINOIS` is not the code of a state\n  did you mean `IL`?\n\
         Error ccd::unknown_state: line 6: `IQ` is not the code of a state\n  did you mean `IA`?\n\
         Error ccd::not_a_number: line 6: `ten` is not a number of pupils\n  write digits and at most one point; leave the cell empty where the number is not known\n\
         Error ccd::not_a_number: line 9: `99999999999` is not a number of staff\n  write digits and at most one point; leave the cell empty where the number is not known\n\
         Error ccd::negative: line 7: `-1` pupils are fewer than none\n  leave the cell empty where the number is not known: -1, -2 and -9 are such marks in federal files"
        );
    }

    #[test]
    fn the_place_of_a_fault_is_its_line_whatever_ends_lines() {
        let text =
            format!("\u{feff}{HEADING}\r\n1,A,IL,1000,100,,\r\n\r\n2,B,IQ,5,5,,\r\n").replace("\n\r\n1", "\r\n1");
        let findings = read(&table(&text), None, &options()).unwrap_err();
        let finding = findings.iter().next().unwrap();
        assert!(finding.message.starts_with("line 4: "), "{}", finding.message);
        let crate::findings::Spot::Bytes(from, to) = finding.labels[0].place.spot else { panic!("bytes") };
        assert_eq!(&text[from..to], "2,B,IQ,5,5,,");
    }

    #[test]
    fn missing_columns_are_named_with_the_nearest_heading() {
        let text = "LEAID,LEA_NAME,STATE,ENROLMNT\n1,A,IL,5\n";
        assert_eq!(
            said(&read(&table(text), None, &options()).unwrap_err()),
            "Error ccd::no_column: the file has no column `enrollment` (or member, enrolment)\n  did you mean the column `enrolmnt`? rename it to `enrollment`\n\
         Error ccd::no_column: the file has no column `instructional_staff` (or teachers, total_teachers)\n  columns of the file: leaid, lea_name, state, enrolmnt"
        );
    }

    #[test]
    fn empty_files_are_refused() {
        let of = |text: &str| said(&read(&table(text), None, &options()).unwrap_err());
        assert_eq!(
            of(""),
            "Error ccd::empty: the file is empty\n  begin with a heading: district_id,district_name,state,enrollment,instructional_staff"
        );
        assert_eq!(
            of(HEADING),
            "Error ccd::empty: the file has a heading and no rows\n  give one row a line under the heading"
        );
        assert_eq!(
            of(&format!("{HEADING}1,A,IL,0,0,,\n")),
            "Warning ccd::closed: line 2: `A` has neither pupils nor staff\n  they are left out: closed, not open yet, or an office\n\
         Error ccd::empty: no district of the file is left\n  give at least one district of a state, with pupils and staff"
        );
        assert!(of(&format!("{HEADING}1,A,IL,0,9,,\n")).contains("ccd::no_staff_at_all"));
        assert_eq!(
            of(&format!("{HEADING}1,A,IL,10,,,\n")),
            "Warning ccd::no_staff: line 2: `A` leaves its staff empty\n  teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead\n\
         Error ccd::no_staff_at_all: no district of the file gives both pupils and staff\n  teachers can be reckoned from pupils only where other districts give both; add the column of staff"
        );
    }

    const SCHOOLS: &str = "NCESSCH,LEAID,SCH_NAME,LEVEL,TEACHERS,MEMBER\n";

    #[test]
    fn a_file_of_schools_replaces_those_that_would_be_made() {
        let districts = format!("{HEADING}100005,A,AL,700,70,,\n100006,B,AL,500,50,,\n");
        let schools = format!(
            "{SCHOOLS}010000500871,0100005,High,High,30,290\n10000500870,100005,Low,Elementary,,400\n\
         010000700001,0100007,Lost,Middle,3,40\n010000500872,0100005,Shut,Other,0,0\n"
        );
        let school_table = TableText { file: Arc::from("schools.csv"), text: &schools };
        let reading = read(&table(&districts), Some(&school_table), &options()).unwrap();
        assert_eq!(
            said(&reading.warnings),
            "Warning ccd::no_staff: line 3: `Low` leaves its staff empty\n  teachers are reckoned from pupils as the state has them and marked as computed; such rows can be left out instead\n\
         Warning ccd::closed: line 5: `Shut` has neither pupils nor staff\n  they are left out: closed, not open yet, or an office\n\
         Warning ccd::no_district: line 4: `Lost` belongs to district 0100007\n  they are left out; add their districts to the file of districts\n\
         Warning ccd::no_schools: districts without a school in the file of schools: 1 (`B`)\n  their schools are made from their pupils and teachers"
        );
        let first = reading.territory.schools_of(0);
        let of = |level, n_teachers, n_pupils| crate::nation::territory::SchoolSite { level, n_teachers, n_pupils };
        assert_eq!(first, [of(Level::Elementary, 40, 400), of(Level::High, 30, 290)]); // by hand: 400 pupils at 10 a teacher
        assert_eq!(reading.territory.districts[0].n_pupils, 690);
        assert_eq!(reading.territory.districts[0].teachers, Mark::Computed);
        assert_eq!(check_ranges(&reading.territory), Ok(()));
    }

    #[test]
    fn faults_of_the_file_of_schools_are_said_with_those_of_districts() {
        let districts = format!("{HEADING}100005,A,ZZ,700,70,,\n");
        let schools = format!(
            "{SCHOOLS}1,100005,A,Elementry,3,9\n2,100005,B,High,70000,9\n2,100005,C,High,7,9\n2,100005,D,High,7,9\n"
        );
        let school_table = TableText { file: Arc::from("schools.csv"), text: &schools };
        assert_eq!(
            said(&read(&table(&districts), Some(&school_table), &options()).unwrap_err()),
            "Error ccd::unknown_state: line 2: `ZZ` is not the code of a state\n  did you mean `AZ`?\n\
         Error ccd::repeated: line 5: id 000000000002 stands in line 4 too\n  keep one row an id; a file of several years has to be cut to one\n\
         Error ccd::unknown_level: line 2: `Elementry` is not a level of schools\n  write Prekindergarten, Elementary, Middle, High, Secondary or Other\n\
         Error ccd::not_a_number: line 3: `70000` teachers are more than a school can have\n  write digits and at most one point; leave the cell empty where the number is not known"
        );
    }

    #[test]
    fn the_national_file_of_2023_24_is_read() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ccd/districts_2023_24_nces.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: the Common Core file is not beside the crate");
            return;
        };
        let began = Instant::now();
        let reading = read(&table(&text), None, &options()).unwrap();
        println!("reading {} rows: {:?}", reading.n_rows, began.elapsed());
        println!("{}\n{:?}", said(&reading.warnings), reading.territory.n_schools_by_level());
        assert_eq!(reading.n_rows, 17_842);
        assert_eq!(check_ranges(&reading.territory), Ok(()));
        // 17,842 rows without 178 outside the states and 73 that have neither pupils nor staff.
        assert_eq!(reading.territory.districts.len(), 17_591);
        assert_eq!(reading.territory.n_pupils(), 49_129_431);
        for (code, n_districts, n_pupils, _) in sample::ROWS {
            let state = &reading.territory.states[atlas::place_of_code(code).unwrap()];
            let districts = &reading.territory.districts[crate::nation::territory::places(&state.districts)];
            let staffed = districts.iter().filter(|d| d.teachers == Mark::Found).count();
            let pupils: u32 = districts.iter().map(|d| d.n_pupils).sum();
            assert_eq!((staffed, pupils), (n_districts as usize, n_pupils), "{code}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_fall(text in "(leaid|state|[a-z,\"0-9\r\n.-]|,){0,60}") {
            let _ = read(&table(&text), None, &options());
            let _ = read(&table(&format!("{HEADING}{text}")), None, &options());
        }

        #[test]
        fn whatever_numbers_a_file_gives_they_are_all_in_the_territory(
            rows in prop::collection::vec((1u32..100_000, 0.1..9000.0f64, 0usize..51), 1..40),
        ) {
            let line = |(n, (pupils, staff, state)): (usize, &(u32, f64, usize))| {
                format!("{},D,{},{pupils},{staff},,\n", n + 1, atlas::TILES[*state].code)
            };
            let lines: Vec<String> = rows.iter().enumerate().map(line).collect();
            let text = format!("{HEADING}{}", lines.concat());
            let territory = read(&table(&text), None, &options()).unwrap().territory;
            prop_assert_eq!(check_ranges(&territory), Ok(()));
            prop_assert_eq!(territory.n_pupils(), rows.iter().map(|r| u64::from(r.0)).sum::<u64>());
            prop_assert_eq!(territory.n_teachers(), rows.iter().map(|r| r.1.round().max(1.0) as u64).sum::<u64>());
            let reversed = format!("{HEADING}{}", lines.iter().rev().cloned().collect::<String>());
            prop_assert_eq!(read(&table(&reversed), None, &options()).unwrap().territory, territory);
        }
    }
}
