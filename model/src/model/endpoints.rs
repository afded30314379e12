//! The endpoint rule set of a service: how the region and other parameters determine where requests are sent and how they are
//! signed. AWS publishes it as `endpoint-rule-set-1.json`.

mod convert;
mod forms;
mod published;
mod read;
mod simplify;

/// A rule set. Names are resolved, and parameters that no rule refers to are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointRuleSet {
    /// They are the first variables.
    pub parameters: Vec<Parameter>,
    /// How many variables there are, with the parameters.
    pub variables: usize,
    /// The first rule whose conditions hold determines the result.
    pub rules: Vec<Rule>,
    /// What the rule set has in common with many others, if it does.
    pub form: Option<Form>,
}

impl EndpointRuleSet {
    /// The parameter of that name, if a rule refers to it.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// A form that many rule sets have. They differ in the first part of the host names only, such as `sqs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// `sqs.REGION.amazonaws.com`, with `-fips` after the service's name for FIPS, and another suffix for dual stack.
    Regional(String),
    /// As `Regional`, but the endpoints of `GovCloud` are those for FIPS too.
    RegionalGovCloudFips(String),
    /// `sqs.REGION.api.aws`: all endpoints have dual stack.
    DualStack(String),
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// `Region`
    pub name: String,
    /// What of the client's settings it is: `AWS::Region`.
    pub built_in: Option<String>,
    /// Whether there must be a value.
    pub required: bool,
    /// The value if none is given.
    pub default: Option<ParameterValue>,
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as their types")]
pub enum ParameterValue {
    Boolean(bool),
    Text(String),
    Texts(Vec<String>),
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// All must hold. They are evaluated in order.
    pub conditions: Vec<Condition>,
    /// What follows if they hold.
    pub outcome: Outcome,
}

/// What follows from a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// There is no endpoint, with a message.
    Error(Expression),
    /// One of these rules determines the result.
    Tree(Vec<Rule>),
}

/// A condition. It holds unless its value is absent or `false`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is evaluated.
    pub value: Expression,
    /// The variable that gets the value.
    pub assign: Option<usize>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A constant.
    Boolean(bool),
    /// A constant.
    Integer(usize),
    /// A constant.
    Text(String),
    /// The text of a [`Form`].
    Host,
    /// A text of several parts.
    Template(Vec<Expression>),
    /// A parameter, or a variable that a condition before assigned.
    Variable(usize),
    /// A part of a value.
    Attribute(Box<Expression>, Vec<Attribute>),
    /// The function with that name of the rule language.
    Call(&'static str, Vec<Expression>),
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// The part with that name of the rule language: `dnsSuffix`.
    Named(&'static str),
    /// An element of a list.
    Index(usize),
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The URL.
    pub url: Expression,
    /// How requests can be signed.
    pub auth_schemes: Vec<AuthScheme>,
    /// The other properties.
    pub properties: Vec<(String, Property)>,
    /// Names of headers, with their values.
    pub headers: Vec<(String, Vec<Expression>)>,
}

/// Settings of an auth scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`
    pub name: String,
    /// The service to sign for, if it is not the model's.
    pub signing_name: Option<Expression>,
    /// The region to sign for, if it is not the client's.
    pub signing_region: Option<Expression>,
    /// The regions to sign for, with `sigv4a`.
    pub signing_region_set: Vec<Expression>,
    /// Whether the path is encoded once only in its signature.
    pub disable_double_encoding: bool,
}

/// A property of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as their types")]
pub enum Property {
    Boolean(bool),
    Text(Expression),
    List(Vec<Property>),
    Record(Vec<(String, Property)>),
}

/// The functions of the rule language, each with the number of its arguments. `getAttr` is an
/// [`Expression::Attribute`].
pub const FUNCTIONS: [(&str, usize); 11] = [
    ("isSet", 1),
    ("not", 1),
    ("booleanEquals", 2),
    ("stringEquals", 2),
    ("substring", 4),
    ("uriEncode", 1),
    ("isValidHostLabel", 2),
    ("parseURL", 1),
    ("aws.partition", 1),
    ("aws.parseArn", 1),
    ("aws.isVirtualHostableS3Bucket", 2),
];

/// The names of the parts of partitions, ARNs and URLs.
pub const ATTRIBUTES: [&str; 16] = [
    "name",
    "dnsSuffix",
    "dualStackDnsSuffix",
    "supportsFIPS",
    "supportsDualStack",
    "implicitGlobalRegion",
    "partition",
    "service",
    "region",
    "accountId",
    "resourceId",
    "scheme",
    "authority",
    "path",
    "normalizedPath",
    "isIp",
];
