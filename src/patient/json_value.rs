//! JSON as written: an object keeps its fields in order and does not swallow a repeated name, at any depth.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::tables::Dot;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Fields),
}

/// The fields of an object, with their names.
pub(super) type Fields = Vec<(String, Json)>;

impl Json {
    /// Returns the value as it would stand in a table. Yes is no number: a count of `true` is not one.
    pub(super) fn cell(&self, dot: Dot) -> String {
        match self {
            Self::Number(number) => dot.typed(number.to_string()),
            other => other.plain(),
        }
    }

    /// Returns the value as text.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(yes) => yes.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.trim().to_owned(),
            // An empty list of abnormalities is an answer: tested, none found.
            Self::List(items) if items.is_empty() => "none".to_owned(),
            // A list of genes or fusions; t(4;14) of FISH holds a semicolon, a comma parts both.
            Self::List(items) => items.iter().map(Self::plain).collect::<Vec<_>>().join(", "),
            // What no column takes, for its message.
            Self::Object(_) => "{…}".to_owned(),
        }
    }
}

/// An object.
#[derive(Debug)]
pub(super) struct Record(pub(super) Fields);

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnObject;
        impl<'de> Visitor<'de> for AnObject {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of column names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Record, A::Error> {
                fields(map).map(Record)
            }
        }
        deserializer.deserialize_map(AnObject)
    }
}

fn fields<'de, A: MapAccess<'de>>(mut map: A) -> Result<Fields, A::Error> {
    let mut fields = Fields::new();
    while let Some(field) = map.next_entry()? {
        fields.push(field);
    }
    Ok(fields)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsWritten)
    }
}

struct AsWritten;

impl<'de> Visitor<'de> for AsWritten {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Json, E> {
        Ok(Json::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json, E> {
        let number = Number::from_f64(number).ok_or_else(|| E::custom("a number that is not finite"))?;
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Json, A::Error> {
        fields(map).map(Json::Object)
    }
}

/// Tells what the dot of a number in quotation marks means.
pub(super) fn dot_of<'v>(values: impl IntoIterator<Item = &'v Json>) -> Dot {
    let mut open: Vec<&Json> = values.into_iter().collect();
    let mut texts = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Json::Text(text) => texts.push(text),
            Json::List(values) => open.extend(values),
            Json::Object(fields) => open.extend(fields.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    Dot::of(texts, false)
}
