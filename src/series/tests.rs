//! Tests of the reader: good files, and the whole text of what is said of bad ones.

use super::*;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::Severity;
use std::sync::Arc;

fn read(text: &str) -> Result<Read, Findings> {
    from_csv(text, &Arc::from("adoption.csv"), &Rules::default())
}

fn rising(text: &str) -> Result<Read, Findings> {
    from_csv(text, &Arc::from("adoption.csv"), &Rules { direction: Direction::MustRise, ..Rules::default() })
}

/// Message, code and help of everything that was found, as a user reads it.
fn whole_text(findings: &Findings) -> String {
    let one =
        |f: &crate::findings::Finding| format!("{} [{}] {}", f.message, f.code, f.help.clone().unwrap_or_default());
    findings.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn told(text: &str) -> String {
    whole_text(&read(text).unwrap_err())
}

#[test]
fn shares_are_read_with_years_since_the_first_row() {
    let read = read("time,share\n1990,0.1\n1991,0.2\n1992,0.35\n1993.5,0.6\n").unwrap();
    assert_eq!(read.series.len(), 1);
    let series = &read.series[0];
    assert_eq!((series.first_year, series.quantity), (1990.0, Quantity::Share));
    assert_eq!(series.years, [0.0, 1.0, 2.0, 3.5]);
    assert_eq!(series.values, [0.1, 0.2, 0.35, 0.6]);
    assert!(read.warnings.is_empty());
}

#[test]
fn percent_and_its_errors_become_shares() {
    let read = read("percent,error,time\n10,2,2001\n20,2,2002\n30,2,2003\n40,4,2004\n").unwrap();
    assert_eq!(read.series[0].values, [0.1, 0.2, 0.3, 0.4]);
    assert_eq!(read.series[0].errors, Some(vec![0.02, 0.02, 0.02, 0.04]));
}

#[test]
fn counts_over_a_denominator_become_shares_and_alone_stay_counts() {
    let shares = read("time,count,denominator\n2001,5,50\n2002,10,50\n2003,20,40\n2004,30,40\n").unwrap();
    assert_eq!(shares.series[0].values, [0.1, 0.2, 0.5, 0.75]); // by hand: 5/50, 10/50, 20/40, 30/40
    let counts = read("time,count\n2001,5\n2002,10\n2003,20\n2004,30\n").unwrap();
    assert_eq!((counts.series[0].quantity, counts.series[0].peak()), (Quantity::Count, 30.0));
}

#[test]
fn several_series_may_stand_between_each_other() {
    let rows = "b,2001,.1\na,2001,.2\nb,2002,.2\na,2002,.3\nb,2003,.3\na,2003,.4\nb,2004,.4\na,2004,.5\n";
    let read = read(&format!("series,time,share\n{rows}")).unwrap();
    let names: Vec<&str> = read.series.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(read.series[1].values, [0.2, 0.3, 0.4, 0.5]);
}

#[test]
fn the_first_points_are_what_somebody_saw_then() {
    let series = Series::from_values("a", Quantity::Share, &[2000.0, 2001.0, 2002.0], &[0.1, 0.2, 0.3]);
    assert_eq!(series.first_points(2).values, [0.1, 0.2]);
    assert_eq!(series.first_points(9), series);
}

#[test]
fn a_number_that_cannot_be_read_is_told() {
    assert_eq!(
        told("time,share\n2001,0.1\n2002,ten\n2003,\n2004,-0.3\n"),
        "line 3: the share `ten` is not a number [series::unreadable_number] write digits and a decimal point alone, \
         without %, spaces or commas between thousands\n\
         line 4: the share is empty [series::unreadable_number] leave out the row where nothing was observed\n\
         line 5: the share is -0.3; it cannot be negative [series::negative] write 0 or more"
    );
}

#[test]
fn a_time_that_cannot_be_read_is_told() {
    assert_eq!(
        told("time,share\n2001,0.1\n1987-88,0.2\n2003,0.3\n2004,0.4\n"),
        "line 3: `1987-88` is not a time [series::unreadable_time] write a year (1958), a year with its part (1958.5), \
         a month (1958-09) or a day (1958-09-01); a school year by the year it begins in"
    );
}

#[test]
fn shares_above_one_are_told_in_each_form() {
    let a = "name the column `percent` if the values run to 100";
    assert_eq!(
        told("time,share\n2001,0.1\n2002,35\n2003,0.3\n2004,0.4\n"),
        format!("line 3: a share of 35 is above 1 [series::share_above_one] {a}")
    );
    assert_eq!(
        told("time,percent\n2001,10\n2002,135\n2003,30\n2004,40\n"),
        "line 3: 135 percent is above 100 [series::share_above_one] mend the number, or name the column `count` if it \
         counts adopters"
    );
    assert_eq!(
        told("time,count,denominator\n2001,1,9\n2002,12,9\n2003,3,9\n2004,4,9\n"),
        "line 3: 12 of 9 is a share above 1 [series::share_above_one] mend the count, or let the denominator be everybody \
         who could adopt"
    );
}

#[test]
fn zero_and_missing_denominators_are_told() {
    assert_eq!(
        told("time,count,denominator\n2001,1,9\n2002,2,0\n2003,3,\n2004,4,9\n"),
        "line 3: the denominator is 0 [series::zero_denominator] write how many could adopt at that time, or leave out the \
         row\n\
         line 4: the denominator is missing, and other rows have one [series::missing_denominator] give one in every row, \
         or in none to have the ceiling fitted"
    );
}

#[test]
fn times_that_repeat_or_run_backwards_are_told() {
    let help = "sort the rows by time and keep one row for each; tell several series apart by a column `series`";
    assert_eq!(
        told("time,share\n2001,0.1\n2001,0.2\n2003,0.3\n2002,0.4\n"),
        format!(
            "line 3: the time 2001 stands in line 2 as well [series::time_repeats] {help}\n\
             line 5: 2002 comes after 2003 [series::time_runs_back] {help}"
        )
    );
}

#[test]
fn a_missing_year_is_a_warning_unless_gaps_are_allowed() {
    let text = "time,share\n2001,0.1\n2002,0.2\n2003,0.25\n2005,0.3\n2006,0.4\n2007,0.4\n2010,0.5\n";
    let warned = read(text).unwrap();
    assert_eq!(warned.series[0].n_points(), 7);
    assert!(warned.warnings.iter().all(|finding| finding.severity == Severity::Warning));
    let help = "add the year if it was observed, or declare that gaps are allowed";
    assert_eq!(
        whole_text(&warned.warnings),
        format!(
            "line 5: 2004 is missing in the series, which is otherwise yearly [series::gap] {help}\n\
             line 8: 2008 to 2009 are missing in the series, which is otherwise yearly [series::gap] {help}"
        )
    );
    let allowed = from_csv(text, &Arc::from("a.csv"), &Rules { gaps: Gaps::Allowed, ..Rules::default() });
    assert!(allowed.unwrap().warnings.is_empty());
}

#[test]
fn too_few_points_are_told_with_the_name_of_the_series() {
    assert_eq!(
        told("series,time,share\ncoaches,2001,0.1\ncoaches,2002,0.2\n"),
        "series `coaches` has 2 points; a curve needs at least 4 [series::too_short] add earlier or later observations, \
         or leave the series out"
    );
}

#[test]
fn a_fall_is_told_only_where_values_must_rise() {
    let text = "time,share\n2001,0.1\n2002,0.3\n2003,0.2\n2004,0.4\n";
    assert!(read(text).is_ok());
    assert_eq!(
        whole_text(&rising(text).unwrap_err()),
        "line 4: cumulative values cannot fall: 0.2 after 0.3 [series::falls] mend the number, or do not ask for values \
         that must rise"
    );
}

#[test]
fn a_count_that_falls_with_its_denominator_is_no_fall() {
    assert!(rising("time,count,denominator\n2001,10,100\n2002,9,80\n2003,9,70\n2004,9,60\n").is_ok());
}

#[test]
fn an_unknown_column_is_told_with_the_one_that_is_meant() {
    assert_eq!(
        told("time,shares,denominater\n2001,0.1,1\n"),
        "line 1: there is no column `shares` in a series [series::unknown_column] did you mean `share`?\n\
         line 1: there is no column `denominater` in a series [series::unknown_column] did you mean `denominator`?\n\
         line 1: the column `count`, `share` or `percent` is missing [series::missing_column] add it: it holds the \
         observed values"
    );
}

#[test]
fn a_missing_time_and_values_given_twice_are_told() {
    assert_eq!(
        told("year,share,percent,share\n2001,0.1,10,0.1\n"),
        "line 1: there is no column `year` in a series [series::unknown_column] known names: time, count, share, percent, \
         denominator, error, series\n\
         line 1: the column `share` stands twice [series::column_twice] keep one of them\n\
         line 1: the values are given twice, as `share` and as `percent` [series::two_values] keep one of the two columns\n\
         line 1: the column `time` is missing [series::missing_column] add it: it holds a year (1958), a year with its \
         part (1958.5), a month (1958-09) or a day"
    );
}

#[test]
fn an_empty_file_is_told() {
    let help = "write a header such as `time,share` and one row for each observation";
    for (text, why) in
        [("", "it has no text"), ("\n\n", "it has no text"), ("time,share\n", "it has a header and no rows")]
    {
        assert_eq!(told(text), format!("`adoption.csv` holds no series: {why} [series::empty] {help}"));
    }
}

#[test]
fn a_row_of_another_length_is_told() {
    assert_eq!(
        told("time,share\n2001,0.1\n2002,0.2,5\n2003,0.3\n2004,0.4\n"),
        "line 3: the row has 3 values, the header 2 columns [series::row_length] write one value for each column; leave a \
         cell empty where nothing is known"
    );
}

#[test]
fn an_error_of_nothing_or_missing_is_told() {
    let help = "write a standard error above 0 in every row, or leave out the column";
    assert_eq!(
        told("time,share,error\n2001,0.1,0.01\n2002,0.2,0\n2003,0.3,\n2004,0.4,0.01\n"),
        format!(
            "line 3: an error of 0 would outweigh every other row [series::bad_error] {help}\n\
             line 4: the error is missing or unreadable, and other rows have one [series::bad_error] {help}"
        )
    );
}

#[test]
fn the_place_is_the_line_in_the_text_whatever_stands_before_it() {
    for (text, line) in [
        ("time,share\n2001,0.1\n\n2002,x\n2003,0.3\n2004,0.4\n", "2002,x"),
        ("\u{feff}time,share\r\n2001,0.1\r\n2002,x\r\n2003,0.3\r\n2004,0.4\r\n", "2002,x"),
        (
            "series,time,share\n\"a, b\",2001,0.1\n\"a, b\",2002,x\n\"a, b\",2003,0.3\n\"a, b\",2004,0.4",
            "\"a, b\",2002,x",
        ),
    ] {
        let findings = read(text).unwrap_err();
        let start = text.find(line).unwrap();
        let place = Place::bytes(&Arc::from("adoption.csv"), start..start + line.len());
        assert_eq!(findings.iter().next().unwrap().labels[0].place, place, "{text:?}");
        let number = 1 + text[..start].matches('\n').count();
        assert!(findings.iter().next().unwrap().message.starts_with(&format!("line {number}:")), "{text:?}");
    }
}

#[test]
fn text_that_is_no_utf8_table_never_panics() {
    for text in ["\"", "a\"b,\"\n\"", "time,share\n\"2001,0.1", ",,,\n,,,", "time,share\nä,ö\n\u{feff},\n", "time\nx"]
    {
        assert!(read(text).is_err(), "{text:?}");
    }
}
