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
    /// What [`Expression::Host`] is.
    pub host: &'a str,
}

impl<'a> EndpointRules<'a> {
    /// Creates a rule set with that many variables, of which the first are `parameters`.
    #[must_use]
    pub const fn new(
        parameters: &'a [Parameter<'a>],
        variables: usize,
        rules: &'a [Rule<'a>],
    ) -> Self {
        Self { parameters, variables, rules, host: "" }
    }
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

impl<'a> Parameter<'a> {
    /// Creates the optional parameter `name`, of which the caller's input determines the value.
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self { name, built_in: None, required: false, default: None }
    }

    /// Makes it one of the client's settings.
    #[must_use]
    pub const fn built_in(mut self, name: &'a str) -> Self {
        self.built_in = Some(name);
        self
    }

    /// Makes it required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the value if none is given.
    #[must_use]
    pub const fn default(mut self, value: ParameterValue<'a>) -> Self {
        self.default = Some(value);
        self
    }
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

impl<'a> Rule<'a> {
    /// Creates a rule that results in an endpoint.
    #[must_use]
    pub const fn endpoint(
        conditions: &'a [Condition<'a>],
        endpoint: &'a EndpointTemplate<'a>,
    ) -> Self {
        Self { conditions, outcome: Outcome::Endpoint(endpoint) }
    }

    /// Creates a rule that results in an error with a message.
    #[must_use]
    pub const fn error(conditions: &'a [Condition<'a>], message: Expression<'a>) -> Self {
        Self { conditions, outcome: Outcome::Error(message) }
    }

    /// Creates a rule with rules for its case.
    #[must_use]
    pub const fn tree(conditions: &'a [Condition<'a>], rules: &'a [Rule<'a>]) -> Self {
        Self { conditions, outcome: Outcome::Tree(rules) }
    }
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

impl<'a> Condition<'a> {
    /// Creates a condition that the value of `function` is `true`, or is there.
    #[must_use]
    pub const fn new(function: &'static Function, arguments: &'a [Expression<'a>]) -> Self {
        Self::of(Expression::Call(function, arguments))
    }

    /// Creates a condition that `value` is `true`, or is there.
    #[must_use]
    pub const fn of(value: Expression<'a>) -> Self {
        Self { value, assign: None }
    }

    /// Assigns the value to a variable.
    #[must_use]
    pub const fn assign(mut self, variable: usize) -> Self {
        self.assign = Some(variable);
        self
    }
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
    /// The first part of host names in a table that several services share.
    Host,
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

impl<'a> EndpointTemplate<'a> {
    /// Creates an endpoint with that URL.
    #[must_use]
    pub const fn new(url: Expression<'a>) -> Self {
        Self { url, auth_schemes: &[], properties: &[], headers: &[] }
    }

    /// Sets the auth schemes.
    #[must_use]
    pub const fn auth_schemes(mut self, schemes: &'a [AuthSchemeTemplate<'a>]) -> Self {
        self.auth_schemes = schemes;
        self
    }

    /// Sets the other properties.
    #[must_use]
    pub const fn properties(mut self, properties: &'a [(&'a str, Property<'a>)]) -> Self {
        self.properties = properties;
        self
    }

    /// Sets the headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'a [(&'a str, &'a [Expression<'a>])]) -> Self {
        self.headers = headers;
        self
    }
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

impl<'a> AuthSchemeTemplate<'a> {
    /// Creates the settings of the scheme `name`.
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            signing_name: None,
            signing_region: None,
            signing_region_set: &[],
            disable_double_encoding: false,
        }
    }

    /// Sets the service to sign for.
    #[must_use]
    pub const fn signing_name(mut self, name: Expression<'a>) -> Self {
        self.signing_name = Some(name);
        self
    }

    /// Sets the region to sign for.
    #[must_use]
    pub const fn signing_region(mut self, region: Expression<'a>) -> Self {
        self.signing_region = Some(region);
        self
    }

    /// Sets the regions to sign for.
    #[must_use]
    pub const fn signing_region_set(mut self, regions: &'a [Expression<'a>]) -> Self {
        self.signing_region_set = regions;
        self
    }

    /// Marks that the path is encoded once only in its signature.
    #[must_use]
    pub const fn disable_double_encoding(mut self) -> Self {
        self.disable_double_encoding = true;
        self
    }
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
