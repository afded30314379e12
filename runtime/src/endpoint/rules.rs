//! The tables of an endpoint rule set, and what evaluating it results in.
//!
//! Generated code holds tables as statics. Names are resolved and templates are split when the tables are made, so that
//! neither happens during a call.

use std::borrow::Cow;
use std::fmt;

use super::functions::Function;
use super::value::Attribute;

/// A rule set: how parameters such as the region determine the endpoint.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRules<'a> {
    /// They are the first variables.
    pub parameters: &'a [Parameter<'a>],
    /// How many variables are in scope at most, with the parameters.
    pub variables: usize,
    /// The first rule whose conditions hold determines the result.
    pub rules: &'a [Rule<'a>],
}

/// A parameter of a rule set.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'a> {
    /// Its name in the rule set, such as `Region`.
    pub name: &'a str,
    /// What of the client's settings it is, such as `AWS::Region`.
    pub built_in: Option<&'a str>,
    /// Whether there must be a value.
    pub required: bool,
    /// The value if none is given.
    pub default: Option<ParameterValue<'a>>,
}

/// A value of a parameter.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "named as their types")]
pub enum ParameterValue<'p> {
    Boolean(bool),
    Text(&'p str),
    Texts(&'p [&'p str]),
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// All must hold. They are evaluated in order.
    pub conditions: &'a [Condition<'a>],
    /// What follows if they hold.
    pub outcome: Outcome<'a>,
}

/// What follows from a rule.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// An endpoint.
    Endpoint(&'a EndpointTemplate<'a>),
    /// There is no endpoint, with a message.
    Error(Expression<'a>),
    /// One of these rules determines the result.
    Tree(&'a [Rule<'a>]),
}

/// A condition. It holds unless its value is absent or `false`.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'a> {
    /// What is evaluated.
    pub value: Expression<'a>,
    /// The variable that gets the value.
    pub assign: Option<usize>,
}

/// An expression.
#[derive(Clone, Copy, Debug)]
pub enum Expression<'a> {
    /// A constant.
    Boolean(bool),
    /// A constant.
    Integer(usize),
    /// A constant.
    Text(&'a str),
    /// A text of several parts.
    Template(&'a [Expression<'a>]),
    /// A parameter, or a variable that a condition before assigned.
    Variable(usize),
    /// A part of a value.
    Attribute(&'a Expression<'a>, &'a [Attribute]),
    /// The result of a function for up to four arguments.
    Call(&'static Function, &'a [Expression<'a>]),
}

/// An endpoint whose texts are expressions.
#[derive(Clone, Copy, Debug)]
pub struct EndpointTemplate<'a> {
    /// The URL.
    pub url: Expression<'a>,
    /// The property `authSchemes`.
    pub auth_schemes: &'a [AuthSchemeTemplate<'a>],
    /// The other properties.
    pub properties: &'a [(&'a str, Property<'a>)],
    /// Names of headers, with their values.
    pub headers: &'a [(&'a str, &'a [Expression<'a>])],
}

/// Settings of an auth scheme, whose texts are expressions.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as in `AuthScheme`")]
pub struct AuthSchemeTemplate<'a> {
    pub name: &'a str,
    pub signing_name: Option<Expression<'a>>,
    pub signing_region: Option<Expression<'a>>,
    pub signing_region_set: &'a [Expression<'a>],
    pub disable_double_encoding: bool,
}

/// A property of an endpoint, whose texts are expressions.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as in `PropertyValue`")]
pub enum Property<'a> {
    Boolean(bool),
    Text(Expression<'a>),
    List(&'a [Property<'a>]),
    Record(&'a [(&'a str, Property<'a>)]),
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedEndpoint<'a> {
    /// Scheme `http` or `https`, host, and path without `/` at its end unless the rule set has one. Neither query nor
    /// fragment.
    pub url: String,
    /// How to sign, by auth scheme. The scheme that the operation chooses is looked up here.
    pub auth_schemes: Vec<AuthScheme<'a>>,
    /// Other properties, such as `backend`.
    pub properties: Vec<(&'a str, PropertyValue<'a>)>,
    /// Headers to send. Values can have text of parameters: they are not checked.
    pub headers: Vec<(&'a str, Vec<Cow<'a, str>>)>,
}

/// Settings of an auth scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthScheme<'a> {
    /// Such as `sigv4`.
    pub name: &'a str,
    /// The service to sign for, if it is not the model's.
    pub signing_name: Option<Cow<'a, str>>,
    /// The region to sign for, if it is not the client's.
    pub signing_region: Option<Cow<'a, str>>,
    /// The regions to sign for, with `sigv4a`.
    pub signing_region_set: Vec<Cow<'a, str>>,
    /// Whether the path is encoded once only in its signature.
    pub disable_double_encoding: bool,
}

/// A value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as their types")]
pub enum PropertyValue<'a> {
    Boolean(bool),
    Text(Cow<'a, str>),
    List(Vec<PropertyValue<'a>>),
    Record(Vec<(&'a str, PropertyValue<'a>)>),
}

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointError {
    /// The message of the rule set.
    Message(String),
    /// No rule's conditions hold.
    NoRule,
    /// A parameter has no value.
    MissingParameter(String),
    /// A parameter has characters that are not allowed where they would be in this URL.
    InvalidUrl(String),
    /// The rule set is invalid at a function, or at an expression such as `a template`.
    InvalidRules(&'static str),
}

impl fmt::Display for EndpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => formatter.write_str(message),
            Self::NoRule => {
                formatter.write_str("no rule of the service's endpoint rule set applies")
            }
            Self::MissingParameter(name) => {
                write!(formatter, "the endpoint parameter {name} has no value")
            }
            Self::InvalidUrl(url) => write!(
                formatter,
                "the endpoint would be {url:?}, which is not a valid URL; check region, bucket and endpoint"
            ),
            Self::InvalidRules(place) => write!(
                formatter,
                "the service's endpoint rule set is invalid: types in {place} do not match"
            ),
        }
    }
}

impl std::error::Error for EndpointError {}
