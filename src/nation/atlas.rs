//! The atlas: the fifty states and the District of Columbia, and where each stands on a map of tiles.
//!
//! Has nothing but names, gives them to readers and to pictures. The map is the usual one of eleven columns and
//! eight rows in which every state is one square; it is a picture, not a measurement.

/// A state as a square of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Its postal code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Column of the map, from the west.
    pub column: u8,
    /// Row of the map, from the north.
    pub row: u8,
}

/// Columns of the map.
pub const N_COLUMNS: u8 = 11;

/// Rows of the map.
pub const N_ROWS: u8 = 8;

/// The states in the order of their codes; a place in this list is a state everywhere in the nation.
#[rustfmt::skip]
pub const TILES: [Tile; 51] = [
    Tile { code: "AK", name: "Alaska", column: 0, row: 0 },
    Tile { code: "AL", name: "Alabama", column: 6, row: 6 },
    Tile { code: "AR", name: "Arkansas", column: 4, row: 5 },
    Tile { code: "AZ", name: "Arizona", column: 1, row: 5 },
    Tile { code: "CA", name: "California", column: 0, row: 4 },
    Tile { code: "CO", name: "Colorado", column: 2, row: 4 },
    Tile { code: "CT", name: "Connecticut", column: 9, row: 3 },
    Tile { code: "DC", name: "District of Columbia", column: 8, row: 5 },
    Tile { code: "DE", name: "Delaware", column: 9, row: 4 },
    Tile { code: "FL", name: "Florida", column: 8, row: 7 },
    Tile { code: "GA", name: "Georgia", column: 7, row: 6 },
    Tile { code: "HI", name: "Hawaii", column: 0, row: 7 },
    Tile { code: "IA", name: "Iowa", column: 4, row: 3 },
    Tile { code: "ID", name: "Idaho", column: 1, row: 2 },
    Tile { code: "IL", name: "Illinois", column: 5, row: 2 },
    Tile { code: "IN", name: "Indiana", column: 5, row: 3 },
    Tile { code: "KS", name: "Kansas", column: 3, row: 5 },
    Tile { code: "KY", name: "Kentucky", column: 5, row: 4 },
    Tile { code: "LA", name: "Louisiana", column: 4, row: 6 },
    Tile { code: "MA", name: "Massachusetts", column: 9, row: 2 },
    Tile { code: "MD", name: "Maryland", column: 8, row: 4 },
    Tile { code: "ME", name: "Maine", column: 10, row: 0 },
    Tile { code: "MI", name: "Michigan", column: 6, row: 2 },
    Tile { code: "MN", name: "Minnesota", column: 4, row: 2 },
    Tile { code: "MO", name: "Missouri", column: 4, row: 4 },
    Tile { code: "MS", name: "Mississippi", column: 5, row: 6 },
    Tile { code: "MT", name: "Montana", column: 2, row: 2 },
    Tile { code: "NC", name: "North Carolina", column: 6, row: 5 },
    Tile { code: "ND", name: "North Dakota", column: 3, row: 2 },
    Tile { code: "NE", name: "Nebraska", column: 3, row: 4 },
    Tile { code: "NH", name: "New Hampshire", column: 10, row: 1 },
    Tile { code: "NJ", name: "New Jersey", column: 8, row: 3 },
    Tile { code: "NM", name: "New Mexico", column: 2, row: 5 },
    Tile { code: "NV", name: "Nevada", column: 1, row: 3 },
    Tile { code: "NY", name: "New York", column: 8, row: 2 },
    Tile { code: "OH", name: "Ohio", column: 6, row: 3 },
    Tile { code: "OK", name: "Oklahoma", column: 3, row: 6 },
    Tile { code: "OR", name: "Oregon", column: 0, row: 3 },
    Tile { code: "PA", name: "Pennsylvania", column: 7, row: 3 },
    Tile { code: "RI", name: "Rhode Island", column: 10, row: 3 },
    Tile { code: "SC", name: "South Carolina", column: 7, row: 5 },
    Tile { code: "SD", name: "South Dakota", column: 3, row: 3 },
    Tile { code: "TN", name: "Tennessee", column: 5, row: 5 },
    Tile { code: "TX", name: "Texas", column: 3, row: 7 },
    Tile { code: "UT", name: "Utah", column: 1, row: 4 },
    Tile { code: "VA", name: "Virginia", column: 7, row: 4 },
    Tile { code: "VT", name: "Vermont", column: 9, row: 1 },
    Tile { code: "WA", name: "Washington", column: 0, row: 2 },
    Tile { code: "WI", name: "Wisconsin", column: 5, row: 1 },
    Tile { code: "WV", name: "West Virginia", column: 6, row: 4 },
    Tile { code: "WY", name: "Wyoming", column: 2, row: 3 },
];

/// Codes of the Common Core that are none of the states: territories, and schools that the federal government runs.
pub const OUTSIDE: [&str; 10] = ["AA", "AE", "AP", "AS", "BI", "DD", "GU", "MP", "PR", "VI"];

/// The place of a code among the states.
pub fn place_of_code(code: &str) -> Option<usize> {
    TILES.binary_search_by(|tile| tile.code.cmp(code)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_state_has_a_square_of_its_own_inside_the_map() {
        let squares: BTreeSet<(u8, u8)> = TILES.iter().map(|t| (t.column, t.row)).collect();
        assert_eq!(squares.len(), TILES.len());
        assert!(squares.iter().all(|(column, row)| *column < N_COLUMNS && *row < N_ROWS));
    }

    #[test]
    fn codes_stand_in_order_and_are_found() {
        assert!(TILES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(TILES.iter().enumerate().all(|(place, tile)| place_of_code(tile.code) == Some(place)));
        assert_eq!((place_of_code("ZZ"), place_of_code("PR")), (None, None));
    }
}
