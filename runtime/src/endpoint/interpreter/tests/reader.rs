//! Reads the JSON form of rule sets. Tables are leaked.

use serde_json::{Map, Value as Json};

use crate::endpoint::functions::Function;
use crate::endpoint::rules::{
    AuthSchemeTemplate, Condition, EndpointRules, EndpointTemplate, Expression, Outcome, Parameter,
    ParameterValue, Property, Rule,
};
use crate::endpoint::value::Attribute;

type Object = Map<String, Json>;

pub(super) fn read(text: &str) -> EndpointRules<'static> {
    let document: Json = serde_json::from_str(text).unwrap();
    assert_eq!(document["version"], "1.0");
    let parameters: Vec<_> = object(&document["parameters"]).iter().map(parameter).collect();
    let mut reader = Reader {
        scope: parameters.iter().map(|parameter| parameter.name).collect(),
        variables: parameters.len(),
    };
    let rules = reader.rules(&document["rules"]);
    EndpointRules { parameters: leak(parameters), variables: reader.variables, rules }
}

fn leak<T>(list: Vec<T>) -> &'static [T] {
    list.leak()
}

fn leak_text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn object(json: &Json) -> &Object {
    json.as_object().unwrap()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().unwrap()
}

/// Fails on keys that would be left out.
fn only_keys(object: &Object, known: &[&str]) {
    for key in object.keys() {
        assert!(known.contains(&&**key), "{key} is not known");
    }
}

fn parameter((name, json): (&String, &Json)) -> Parameter<'static> {
    only_keys(object(json), &["type", "builtIn", "required", "default", "documentation"]);
    Parameter {
        name: leak_text(name),
        built_in: json.get("builtIn").map(|name| leak_text(name.as_str().unwrap())),
        required: json.get("required").is_some_and(|required| required.as_bool().unwrap()),
        default: json.get("default").map(value),
    }
}

/// A value of a parameter.
pub(super) fn value(json: &Json) -> ParameterValue<'static> {
    match json {
        Json::Bool(value) => ParameterValue::Boolean(*value),
        Json::String(text) => ParameterValue::Text(leak_text(text)),
        Json::Array(texts) => {
            let texts = texts.iter().map(|text| leak_text(text.as_str().unwrap()));
            ParameterValue::Texts(leak(texts.collect()))
        }
        other => panic!("{other} cannot be a parameter"),
    }
}

struct Reader {
    /// The names of the variables in scope.
    scope: Vec<&'static str>,
    /// How many there were at most.
    variables: usize,
}

impl Reader {
    fn rules(&mut self, json: &Json) -> &'static [Rule<'static>] {
        leak(list(json).iter().map(|rule| self.rule(object(rule))).collect())
    }

    fn rule(&mut self, json: &Object) -> Rule<'static> {
        only_keys(json, &["type", "conditions", "endpoint", "error", "rules", "documentation"]);
        let outside = self.scope.len();
        let conditions = list(&json["conditions"]);
        let conditions = leak(conditions.iter().map(|one| self.condition(object(one))).collect());
        let outcome = match json["type"].as_str().unwrap() {
            "endpoint" => {
                Outcome::Endpoint(Box::leak(Box::new(self.endpoint(object(&json["endpoint"])))))
            }
            "error" => Outcome::Error(self.expression(&json["error"])),
            "tree" => Outcome::Tree(self.rules(&json["rules"])),
            other => panic!("{other} is not a type of rules"),
        };
        self.scope.truncate(outside);
        Rule { conditions, outcome }
    }

    fn condition(&mut self, json: &Object) -> Condition<'static> {
        only_keys(json, &["fn", "argv", "assign"]);
        let value = self.call(json);
        let assign = json.get("assign").map(|name| {
            let name = name.as_str().unwrap();
            assert!(!self.scope.contains(&name), "{name} is assigned twice");
            self.scope.push(leak_text(name));
            self.variables = self.variables.max(self.scope.len());
            self.scope.len() - 1
        });
        Condition { value, assign }
    }

    fn expression(&self, json: &Json) -> Expression<'static> {
        match json {
            Json::Bool(value) => Expression::Boolean(*value),
            Json::Number(number) => {
                Expression::Integer(number.as_u64().unwrap().try_into().unwrap())
            }
            Json::String(text) => self.template(text),
            Json::Object(object) if object.contains_key("ref") => {
                only_keys(object, &["ref"]);
                self.variable(object["ref"].as_str().unwrap())
            }
            Json::Object(object) => {
                only_keys(object, &["fn", "argv"]);
                self.call(object)
            }
            other => panic!("{other} is not an expression"),
        }
    }

    fn expressions(&self, json: &Json) -> &'static [Expression<'static>] {
        leak(list(json).iter().map(|one| self.expression(one)).collect())
    }

    fn variable(&self, name: &str) -> Expression<'static> {
        let variable = self.scope.iter().position(|known| *known == name);
        Expression::Variable(variable.unwrap_or_else(|| panic!("{name} is not in scope")))
    }

    fn call(&self, json: &Object) -> Expression<'static> {
        let name = json["fn"].as_str().unwrap();
        if name == "getAttr" {
            let [of, path] = list(&json["argv"]) else { panic!("getAttr has two arguments") };
            return attribute(self.expression(of), path.as_str().unwrap());
        }
        let function = Function::named(name);
        let function = function.unwrap_or_else(|| panic!("{name} is not a function"));
        Expression::Call(function, self.expressions(&json["argv"]))
    }

    /// The parts of a template, or its only one.
    fn template(&self, text: &str) -> Expression<'static> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').unwrap();
            if !literal.is_empty() {
                parts.push(Expression::Text(leak_text(literal)));
            }
            parts.push(match inside.split_once('#') {
                Some((name, path)) => attribute(self.variable(name), path),
                None => self.variable(inside),
            });
            rest = after;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Expression::Text(leak_text(rest)));
        }
        match *parts {
            [single] => single,
            _ => Expression::Template(leak(parts)),
        }
    }

    fn endpoint(&self, json: &Object) -> EndpointTemplate<'static> {
        only_keys(json, &["url", "properties", "headers"]);
        let none = Object::new();
        let properties = json.get("properties").map_or(&none, object);
        let auth_schemes = properties.get("authSchemes").map_or(&[][..], list);
        let properties = properties.iter().filter(|(name, _)| *name != "authSchemes");
        let headers = json.get("headers").map_or(&none, object).iter();
        EndpointTemplate {
            url: self.expression(&json["url"]),
            auth_schemes: leak(
                auth_schemes.iter().map(|one| self.auth_scheme(object(one))).collect(),
            ),
            properties: leak(
                properties.map(|(name, json)| (leak_text(name), self.property(json))).collect(),
            ),
            headers: leak(
                headers.map(|(name, json)| (leak_text(name), self.expressions(json))).collect(),
            ),
        }
    }

    fn auth_scheme(&self, json: &Object) -> AuthSchemeTemplate<'static> {
        let known =
            ["name", "signingName", "signingRegion", "signingRegionSet", "disableDoubleEncoding"];
        only_keys(json, &known);
        let text = |key| json.get(key).map(|text| self.expression(text));
        AuthSchemeTemplate {
            name: leak_text(json["name"].as_str().unwrap()),
            signing_name: text("signingName"),
            signing_region: text("signingRegion"),
            signing_region_set: json
                .get("signingRegionSet")
                .map_or(&[], |set| self.expressions(set)),
            disable_double_encoding: json
                .get("disableDoubleEncoding")
                .is_some_and(|disable| disable.as_bool().unwrap()),
        }
    }

    fn property(&self, json: &Json) -> Property<'static> {
        match json {
            Json::Bool(value) => Property::Boolean(*value),
            Json::String(text) => Property::Text(self.template(text)),
            Json::Array(items) => {
                Property::List(leak(items.iter().map(|one| self.property(one)).collect()))
            }
            Json::Object(items) => {
                let items = items.iter().map(|(name, one)| (leak_text(name), self.property(one)));
                Property::Record(leak(items.collect()))
            }
            other => panic!("{other} is not a property"),
        }
    }
}

fn attribute(of: Expression<'static>, path: &str) -> Expression<'static> {
    let mut attributes = Vec::new();
    for part in path.split('.') {
        let (name, index) = match part.split_once('[') {
            Some((name, index)) => (name, index.strip_suffix(']')),
            None => (part, None),
        };
        if !name.is_empty() {
            attributes.push(Attribute::named(name).unwrap_or_else(|| panic!("{name} is unknown")));
        }
        attributes.extend(index.map(|index| Attribute::Index(index.parse().unwrap())));
    }
    Expression::Attribute(Box::leak(Box::new(of)), leak(attributes))
}
