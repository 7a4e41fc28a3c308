//! The tables of keys in, a JSON Schema for editors out.
//!
//! It is written in draft 7, the newest that the common language server for YAML knows wholly.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::shape::{Key, Kind, Shape, Union};
use super::tables;

/// The JSON Schema of policy files; one for all of them, for any key may stand in any file.
pub fn schema() -> Value {
    let mut writer = Writer::default();
    let mut schema = writer.object(&tables::POLICY, None);
    let definitions: BTreeMap<_, _> = writer.done;
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Policy of an incident handbook");
    schema["definitions"] = json!(definitions);
    schema
}

/// Shapes written so far, by name.
#[derive(Default)]
struct Writer {
    done: BTreeMap<String, Value>,
}

impl Writer {
    /// A reference to a shape; `lead` is the key that it cannot be without.
    fn shape(&mut self, shape: &'static Shape, lead: Option<&str>) -> Value {
        let name = name(shape.what);
        if !self.done.contains_key(&name) {
            self.done.insert(name.clone(), Value::Null);
            let object = self.object(shape, lead);
            let short = shape.short.and_then(|short| shape.key(short));
            let schema = match short {
                Some(key) => json!({"anyOf": [self.kind(key.kind), object]}),
                None => object,
            };
            self.done.insert(name.clone(), schema);
        }
        reference(&name)
    }

    fn object(&mut self, shape: &'static Shape, lead: Option<&str>) -> Value {
        let mut properties = serde_json::Map::new();
        let mut all = Vec::new();
        for key in shape.keys {
            let described = json!({"description": key.about, "allOf": [self.kind(key.kind)]});
            let names = [key.name].into_iter().chain(key.also.iter().copied());
            for name in names.clone() {
                properties.insert(name.to_owned(), described.clone());
            }
            if key.needed || lead == Some(key.name) {
                all.push(one_of_names(key));
            }
        }
        if !shape.one_of.is_empty() {
            let choices: Vec<Value> = shape.one_of.iter().map(|it| required(it)).collect();
            all.push(json!({"oneOf": choices}));
        }
        if !shape.some_of.is_empty() {
            let choices: Vec<Value> = shape.some_of.iter().map(|it| required(it)).collect();
            all.push(json!({"anyOf": choices}));
        }
        for both in shape.never_both {
            all.push(json!({"not": {"required": both}}));
        }
        let mut object = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if !all.is_empty() {
            object["allOf"] = json!(all);
        }
        object
    }

    fn union(&mut self, union: &'static Union) -> Value {
        let name = name(union.what);
        if !self.done.contains_key(&name) {
            self.done.insert(name.clone(), Value::Null);
            let choices = union.choices.iter();
            let mut choices: Vec<Value> = choices
                .map(|(lead, shape)| self.shape(shape, Some(lead)))
                .collect();
            choices.extend(union.scalar.map(|it| self.kind(it)));
            if union.list {
                choices.push(list(&reference(&name)));
            }
            self.done.insert(name.clone(), json!({"anyOf": choices}));
        }
        reference(&name)
    }

    fn kind(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Version => json!({"const": 1}),
            Kind::Text => text(),
            Kind::Texts => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
            Kind::Flag => json!({"enum": [true, false, "yes", "no", "on", "off"]}),
            Kind::Whole(least, most) => {
                json!({"type": "integer", "minimum": least, "maximum": most})
            }
            Kind::Word(words) => json!({"enum": words}),
            Kind::Statistic => pattern(
                "^(ratio|sum|total|mean|average|avg|median|max|min|count|p[0-9]{1,2}([.][0-9])?)$",
            ),
            Kind::Amount => {
                json!({"type": ["string", "number"], "pattern": "^[^0-9<>=]{0,5}[0-9]"})
            }
            Kind::Time => pattern(TIME),
            Kind::Deadline => json!({"anyOf": [pattern(TIME), pattern("^[^0-9]")]}),
            Kind::Date => pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            Kind::Hours => pattern("^[0-9]{1,2}:[0-9]{2} *[-–] *[0-9]{1,2}:[0-9]{2}$"),
            Kind::Table => json!({"type": "object", "additionalProperties": text()}),
            Kind::Facts => {
                let reading = self.shape(&tables::READING, None);
                let fact = json!({"anyOf": [text(), reading]});
                json!({"type": "object", "additionalProperties": fact})
            }
            Kind::Cells => json!({"type": ["object", "array"]}),
            Kind::Pair(kind) => {
                let items = self.kind(*kind);
                json!({"type": "array", "items": items, "minItems": 2, "maxItems": 2})
            }
            Kind::One(shape) => self.shape(shape, None),
            Kind::Many(shape) => {
                let one = self.shape(shape, None);
                json!({"anyOf": [one, {"type": "array", "items": one}]})
            }
            Kind::Named(shape) => self.named(shape),
            Kind::Union(union) => self.union(union),
            Kind::Unions(union) => {
                let one = self.union(union);
                json!({"anyOf": [one, list(&one)]})
            }
        }
    }

    fn named(&mut self, shape: &'static Shape) -> Value {
        let one = self.shape(shape, None);
        let names = ["id", "term"]
            .into_iter()
            .filter(|it| shape.key(it).is_some());
        let names: Vec<Value> = names.map(required).collect();
        let by_name = json!({
            "type": "object",
            "additionalProperties": {"anyOf": [one, {"type": "null"}]},
        });
        if names.is_empty() {
            return by_name;
        }
        let has_name = json!({"anyOf": [{"not": {"type": "object"}}, {"anyOf": names}]});
        let item = json!({"allOf": [one, has_name]});
        json!({"anyOf": [by_name, {"type": "array", "items": item}]})
    }
}

/// A number and a unit, several of them, or a clock.
const TIME: &str = "^[0-9][0-9., _]*[a-zA-Zµμ]|^[0-9]+:[0-9]{2}:[0-9]{2}$";

/// One value of any kind, for all of them can be read as text.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn pattern(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn list(item: &Value) -> Value {
    json!({"type": "array", "items": item, "minItems": 1})
}

fn required(name: &str) -> Value {
    json!({"required": [name]})
}

fn one_of_names(key: &Key) -> Value {
    let others: Vec<Value> = key.also.iter().map(|it| required(it)).collect();
    if others.is_empty() {
        return required(key.name);
    }
    let mut names = vec![required(key.name)];
    names.extend(others);
    json!({"anyOf": names})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

/// The name of a shape in the schema: what it is, without its article.
fn name(what: &str) -> String {
    let words = what.split_once(' ').map_or(what, |(_, words)| words);
    words.replace(' ', "-")
}
