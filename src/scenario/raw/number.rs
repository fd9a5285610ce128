//! Numbers as written: with a unit, perhaps uncertain; and tables with keys that must differ.

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

/// A number or a distribution, kept as text until it is checked, so that a wrong one is a finding among others
/// and does not end the reading of its file.
#[derive(Debug, Clone)]
pub struct Number(pub String);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Number, D::Error> {
        let raw: &'de ron::value::RawValue = Deserialize::deserialize(from)?;
        Ok(Number(raw.get_ron().to_string()))
    }
}

/// A distribution in the place of a number.
#[derive(Debug, Deserialize)]
pub enum Spread {
    Triangular(f64, f64, f64),
    Uniform(f64, f64),
    Normal(f64, f64),
    Choice(Vec<f64>),
}

/// A number with its unit. Every unit is read everywhere; the check says which one belongs there.
#[derive(Debug, Clone, Deserialize)]
pub enum Quantity {
    Minutes(Number),
    Hours(Number),
    Weeks(Number),
    Days(Number),
    Blocks(Number),
    Clock(Number),
    PerOne(Number),
    Dollars(Number),
    Share(Number),
    Educators(Number),
}

/// Entries by key, in the order they are written.
#[derive(Debug)]
pub struct Table<V, K = String>(pub Vec<(K, V)>);

impl<V, K> Default for Table<V, K> {
    fn default() -> Table<V, K> {
        Table(Vec::new())
    }
}

struct TableVisitor<V, K>(PhantomData<(V, K)>);

impl<'de, V: Deserialize<'de>, K: Deserialize<'de> + PartialEq + fmt::Debug> Visitor<'de> for TableVisitor<V, K> {
    type Value = Table<V, K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("entries such as { \"key\": value }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<V, K>, A::Error> {
        let mut entries: Vec<(K, V)> = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<K>()? {
            // serde would keep the last of two equal keys without a word.
            if !seen.insert(format!("{key:?}")) {
                return Err(A::Error::custom(format_args!("the key {key:?} is written twice")));
            }
            entries.push((key, map.next_value()?));
        }
        Ok(Table(entries))
    }
}

impl<'de, V: Deserialize<'de>, K: Deserialize<'de> + PartialEq + fmt::Debug> Deserialize<'de> for Table<V, K> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Table<V, K>, D::Error> {
        from.deserialize_map(TableVisitor(PhantomData))
    }
}
