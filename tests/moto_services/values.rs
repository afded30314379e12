//! Values of params, from the service model and from earlier responses.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A policy that every service accepts.
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}]}"#;

/// The values of one service.
pub(crate) struct Values<'m> {
    model: &'m Value,
    /// The first value that a response had, by the member's name in lower case.
    learned: BTreeMap<String, Value>,
}

impl<'m> Values<'m> {
    pub(crate) fn new(model: &'m Value) -> Self {
        Self { model, learned: BTreeMap::new() }
    }

    /// The required params of `operation`.
    pub(crate) fn params(&self, operation: &str) -> Map<String, Value> {
        let input = &self.model["operations"][operation]["input"]["shape"];
        let Some(shape) = input.as_str() else { return Map::new() };
        let params = self.structure(shape, 0);
        params.as_object().cloned().unwrap_or_default()
    }

    /// Remembers the values in `response`.
    pub(crate) fn learn(&mut self, operation: &str, response: &Value) {
        let created = operation.strip_prefix("Create").unwrap_or("");
        self.remember(created, response, 0);
    }

    fn remember(&mut self, parent: &str, value: &Value, depth: usize) {
        match value {
            Value::Object(members) if depth < 5 => {
                for (name, value) in members {
                    if value.is_string() {
                        self.learned.entry(name.to_lowercase()).or_insert_with(|| value.clone());
                        // `Id` in `Queue` is the `QueueId` of other operations.
                        let full = format!("{parent}{name}").to_lowercase();
                        self.learned.entry(full).or_insert_with(|| value.clone());
                    }
                    self.remember(name, value, depth + 1);
                }
            }
            Value::Array(items) => {
                let one = parent.strip_suffix('s').unwrap_or(parent);
                if let Some(text @ Value::String(_)) = items.first() {
                    self.learned.entry(one.to_lowercase()).or_insert_with(|| text.clone());
                }
                for item in items.iter().take(2) {
                    self.remember(one, item, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn structure(&self, shape: &str, depth: usize) -> Value {
        let shape = &self.model["shapes"][shape];
        let members = &shape["members"];
        let required: Vec<&str> = if shape["union"] == true {
            members.as_object().unwrap().keys().take(1).map(String::as_str).collect()
        } else {
            shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let values = required.into_iter().map(|name| {
            let target = members[name]["shape"].as_str().unwrap();
            (name.to_owned(), self.value(name, target, depth + 1))
        });
        values.collect::<Map<_, _>>().into()
    }

    fn value(&self, name: &str, target: &str, depth: usize) -> Value {
        let shape = &self.model["shapes"][target];
        let least = |unit: u64| shape["min"].as_u64().map_or(unit, |min| min.max(unit));
        match shape["type"].as_str().unwrap_or("") {
            _ if depth > 8 => Value::Null,
            "structure" => self.structure(target, depth),
            "list" => {
                let one = name.strip_suffix('s').unwrap_or(name);
                let element = shape["member"]["shape"].as_str().unwrap();
                json!([self.value(one, element, depth + 1)])
            }
            "map" => {
                let element = shape["value"]["shape"].as_str().unwrap();
                json!({ "example": self.value("Value", element, depth + 1) })
            }
            "boolean" => false.into(),
            "integer" | "long" | "float" | "double" => least(1).into(),
            "timestamp" => "2026-01-01T00:00:00Z".into(),
            "blob" => "e30=".into(),
            _ => self.text(name, shape),
        }
    }

    fn text(&self, name: &str, shape: &Value) -> Value {
        if let Some(known) = shape["enum"].get(0) {
            return known.clone();
        }
        let lower = name.to_lowercase();
        if let Some(learned) = self.learned.get(&lower) {
            return learned.clone();
        }
        if lower == "arn" || lower == "resourcearn" || lower == "resourceid" {
            let arn = self.learned.iter().find(|(name, _)| name.ends_with("arn"));
            if let Some((_, arn)) = arn {
                return arn.clone();
            }
        }
        let text = match &*lower {
            _ if lower.ends_with("policydocument") || lower.ends_with("policy") => {
                POLICY.to_owned()
            }
            _ if lower.contains("rolearn") || lower.contains("role") && lower.ends_with("arn") => {
                "arn:aws:iam::123456789012:role/example".to_owned()
            }
            _ if lower.ends_with("arn") => {
                let service = self.model["metadata"]["endpointPrefix"].as_str().unwrap();
                format!("arn:aws:{service}:us-east-1:123456789012:thing/example")
            }
            _ if lower.contains("account") => "123456789012".to_owned(),
            _ if lower.contains("region") => "us-east-1".to_owned(),
            _ if lower.contains("zone") => "us-east-1a".to_owned(),
            _ if lower.contains("email") => "someone@example.com".to_owned(),
            _ if lower.contains("domain") => "example.com".to_owned(),
            _ if lower.contains("cidr") => "10.0.0.0/16".to_owned(),
            _ if lower.contains("password") => "Example-1234".to_owned(),
            _ if lower.contains("bucket") => "example-bucket".to_owned(),
            _ if lower.contains("uri") || lower.contains("url") => {
                "https://example.com/".to_owned()
            }
            _ if lower.contains("definition") || lower.contains("body") => "{}".to_owned(),
            _ => "example".to_owned(),
        };
        let min = shape["min"].as_u64().and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
        let missing = min.saturating_sub(text.len());
        (text + &"0".repeat(missing)).into()
    }
}
