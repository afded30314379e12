//! The structure of `endpoint-rule-set-1.json`.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ParameterValue;
use crate::json::Entries;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct RuleSet {
    pub(super) version: String,
    #[serde(rename = "serviceId")]
    _service_id: Option<IgnoredAny>,
    pub(super) parameters: Entries<String, Parameter>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(super) struct Parameter {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    pub(super) built_in: Option<String>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) default: Option<Value>,
    #[serde(rename = "documentation")]
    _documentation: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "expected a boolean, a string or a list of strings")]
pub(super) enum Value {
    Boolean(bool),
    Text(String),
    Texts(Vec<String>),
}

impl From<Value> for ParameterValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Boolean(value) => Self::Boolean(value),
            Value::Text(text) => Self::Text(text),
            Value::Texts(texts) => Self::Texts(texts),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Rule {
    #[serde(default)]
    pub(super) conditions: Vec<Call>,
    #[serde(rename = "type")]
    _type: IgnoredAny,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) error: Option<Expression>,
    pub(super) rules: Option<Vec<Rule>>,
    #[serde(rename = "documentation")]
    _documentation: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Call {
    pub(super) r#fn: String,
    pub(super) argv: Vec<Expression>,
    pub(super) assign: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a constant, a reference or a call of a function")]
pub(super) enum Expression {
    Boolean(bool),
    Integer(usize),
    Text(String),
    Reference(Reference),
    Call(Call),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Reference {
    pub(super) r#ref: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Endpoint {
    pub(super) url: Expression,
    #[serde(default)]
    pub(super) properties: Properties,
    #[serde(default)]
    pub(super) headers: Entries<String, Vec<Expression>>,
}

#[derive(Default, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Properties {
    #[serde(default, rename = "authSchemes")]
    pub(super) auth_schemes: Vec<AuthScheme>,
    #[serde(flatten)]
    pub(super) other: Entries<String, Property>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(super) struct AuthScheme {
    pub(super) name: String,
    pub(super) signing_name: Option<Expression>,
    pub(super) signing_region: Option<Expression>,
    #[serde(default)]
    pub(super) signing_region_set: Vec<Expression>,
    #[serde(default)]
    pub(super) disable_double_encoding: bool,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a boolean, a string, a list or an object")]
pub(super) enum Property {
    Boolean(bool),
    Text(String),
    List(Vec<Property>),
    Record(Entries<String, Property>),
}
