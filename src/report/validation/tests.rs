use super::*;
use crate::calibration::published::education;
use crate::validate::Effort;
use crate::validate::Real;
use std::path::Path;

fn book_of_the_project() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validation.md");
    std::fs::read_to_string(path).unwrap()
}

/// Numbers that are quickly made, with nothing simulated but what is cheap.
fn quick() -> Numbers {
    let effort = Effort { replicates: 40, reference_seeds: 0, seeds: 0, trials: 0, particles: 30 };
    let small = crate::calibration::Effort { particles: 30, moves: 1, seed: 1 };
    let series = &education()[..2];
    let rivals = crate::calibration::published::rivals;
    let split = crate::calibration::Split::Share(2.0 / 3.0);
    let benchmark = crate::calibration::benchmark::leave_one_out(series, split, &rivals, 5.0, &small);
    Numbers {
        effort,
        bass: Vec::new(),
        logistic: Vec::new(),
        threshold: Vec::new(),
        waits: crate::validate::waits(),
        reference: Vec::new(),
        twins: Vec::new(),
        recovery: Vec::new(),
        education: Real { benchmark, n_series: 2 },
        published: None,
    }
}

#[test]
fn parts_of_the_book_that_are_quickly_made_are_what_the_command_prints() {
    let book = book_of_the_project();
    for part in without_numbers() {
        assert!(book.contains(&marked(&part)), "the part `{}` is another: run earlybell validate", part.name);
    }
    let waits = with_numbers(&quick()).into_iter().find(|part| part.name == "waits").unwrap();
    assert!(book.contains(&marked(&waits)), "the part `waits` is another: run earlybell validate");
}

#[test]
fn every_part_stands_in_the_book_once_and_in_order() {
    let (book, parts) = (book_of_the_project(), with_numbers(&quick()));
    let places: Vec<usize> =
        parts.iter().map(|part| book.find(&format!("<!-- begin {} -->", part.name)).unwrap()).collect();
    assert!(places.is_sorted());
    assert!(parts.iter().all(|part| book.matches(&format!("<!-- end {} -->", part.name)).count() == 1));
}

#[test]
fn without_the_published_curves_the_book_says_that_they_are_left_out() {
    let book = book(&quick());
    assert!(book.contains("The published curves were not there when this book was written"));
    assert!(book.contains("| curve | fitted, judged | error |"));
}
