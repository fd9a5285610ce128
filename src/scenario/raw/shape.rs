//! The shape of a form: the names of its fields, and where its values come from.

use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde::de::Visitor;
use std::fmt;

/// An item that says where its values come from.
pub trait Provenance: DeserializeOwned {
    /// The key of its source.
    fn source(&self) -> Option<&str>;
    /// Its fields that nobody published.
    fn assumed(&self) -> &[String];
}

macro_rules! provenance {
    ($($item:ident)*) => { $(
        impl $crate::scenario::raw::shape::Provenance for $item {
            fn source(&self) -> Option<&str> {
                self.source.as_deref()
            }
            fn assumed(&self) -> &[String] {
                &self.assumed
            }
        }
    )* };
}
pub(super) use provenance;

/// The names of a form's fields, as users write them.
///
/// serde tells them to whoever is asked to read the form, so we ask for it and read nothing.
pub fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // The answer is always the refusal below: nothing is there to be read.
    let _refused = T::deserialize(Asked(&mut fields));
    fields
}

struct Asked<'a>(&'a mut &'static [&'static str]);

#[derive(Debug)]
struct NothingToRead;

impl fmt::Display for NothingToRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing to read")
    }
}

impl std::error::Error for NothingToRead {}

impl serde::de::Error for NothingToRead {
    fn custom<T: fmt::Display>(_message: T) -> NothingToRead {
        NothingToRead
    }
}

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = NothingToRead;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, NothingToRead> {
        Err(NothingToRead)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, NothingToRead> {
        *self.0 = fields;
        Err(NothingToRead)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::raw::Parameter;

    #[test]
    fn the_fields_of_a_form_are_known_without_reading_one() {
        assert_eq!(fields_of::<Parameter>(), ["is", "unit", "range", "source", "assumed"]);
        assert!(fields_of::<String>().is_empty());
    }
}
