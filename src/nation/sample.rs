//! The published counts, for tests.

use crate::findings::Place;
use crate::nation::counts::Counts;
use crate::nation::counts::SizeClass;
use crate::nation::counts::StateCounts;
use crate::nation::counts::StateSchools;
use crate::nation::synthesise;
use crate::nation::territory::Territory;
use crate::units::Share;

/// Code, districts, pupils and teachers, computed from the Common Core of Data 2023-24.
#[rustfmt::skip]
pub const ROWS: [(&str, u32, u32, u32); 51] = [
    ("AK", 54, 131243, 6975),
    ("AL", 150, 748650, 41396),
    ("AR", 260, 485188, 37433),
    ("AZ", 204, 878068, 47580),
    ("CA", 1982, 5837303, 259045),
    ("CO", 186, 865661, 51911),
    ("CT", 200, 512652, 41605),
    ("DC", 64, 98800, 8051),
    ("DE", 42, 141842, 9571),
    ("FL", 81, 2872335, 150485),
    ("GA", 234, 1749623, 119274),
    ("HI", 1, 169308, 11700),
    ("IA", 327, 508112, 34576),
    ("ID", 187, 316281, 17352),
    ("IL", 916, 1844539, 130989),
    ("IN", 413, 1032506, 65075),
    ("KS", 288, 483170, 35700),
    ("KY", 171, 656427, 41506),
    ("LA", 189, 707818, 47196),
    ("MA", 398, 914958, 74982),
    ("MD", 25, 890122, 60613),
    ("ME", 206, 172543, 14641),
    ("MI", 878, 1426491, 82982),
    ("MN", 545, 869967, 57150),
    ("MO", 563, 891248, 67405),
    ("MS", 152, 436523, 32542),
    ("MT", 397, 148897, 10440),
    ("NC", 335, 1544289, 97549),
    ("ND", 170, 119033, 9310),
    ("NE", 271, 329162, 23232),
    ("NH", 194, 164915, 14000),
    ("NJ", 671, 1392463, 113968),
    ("NM", 152, 311609, 20859),
    ("NV", 20, 484588, 21764),
    ("NY", 1035, 2507775, 210101),
    ("OH", 1039, 1675300, 97219),
    ("OK", 539, 698582, 41293),
    ("OR", 215, 537686, 29893),
    ("PA", 778, 1692829, 125126),
    ("RI", 64, 136154, 10345),
    ("SC", 92, 793860, 55290),
    ("SD", 151, 140948, 9963),
    ("TN", 148, 1004625, 64151),
    ("TX", 1207, 5531236, 363729),
    ("UT", 155, 689883, 32393),
    ("VA", 132, 1258852, 90827),
    ("VT", 110, 82503, 6930),
    ("WA", 313, 1093572, 60399),
    ("WI", 454, 814202, 57515),
    ("WV", 55, 244054, 18030),
    ("WY", 60, 91036, 7197),
];

/// Least and most pupils, districts and part of the pupils.
const CLASSES: [(u32, Option<u32>, u32, Option<f64>); 8] = [
    (1, Some(299), 2558, None),
    (300, Some(599), 1922, None),
    (600, Some(999), 1810, None),
    (1000, Some(2499), 3185, None),
    (2500, Some(4999), 1854, None),
    (5000, Some(9999), 996, None),
    (10_000, Some(24_999), 610, Some(0.19)),
    (25_000, None, 266, Some(0.334)),
];

/// The counts of the whole nation.
pub fn counts() -> Counts {
    let class = |(from, to, n_districts, share): (u32, Option<u32>, u32, Option<f64>)| SizeClass {
        from,
        to,
        n_districts,
        pupils: share.and_then(Share::new),
    };
    let illinois = StateSchools { total: 4386, by_level: [None, Some(2343), Some(717), Some(967), None] };
    let state = |(code, n_districts, n_pupils, n_teachers): (&str, u32, u32, u32)| StateCounts {
        code: code.to_string(),
        n_districts,
        n_pupils,
        n_teachers,
        schools: (code == "IL").then(|| illinois.clone()),
    };
    Counts {
        n_districts: 13_318,
        n_pupils: 49_090_000,
        n_teachers: 3_139_258,
        schools_by_level: [1535, 52_450, 16_300, 23_742, 5212],
        relative_size: [0.35, 0.814, 1.309, 1.199, 0.6],
        classes: CLASSES.map(class).to_vec(),
        districts_per_region: 24,
        states: ROWS.map(state).to_vec(),
        written: Place::nowhere(),
    }
}

/// The whole nation.
pub fn nation() -> Territory {
    synthesise::territory(&counts()).expect("published counts can be so")
}
