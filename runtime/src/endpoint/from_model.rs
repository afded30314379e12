//! The tables of a rule set that a service model has, built when they are needed: an endpoint is kept once it is known.

use pagesmith_model::invariant;
use pagesmith_model::model::endpoints::{self as model, EndpointRuleSet, Form};
use typed_arena::Arena;

use super::functions::Function;
use super::rules::{
    AuthSchemeTemplate, Condition, EndpointRules, EndpointTemplate, Expression, Outcome, Parameter,
    ParameterValue, Property, Rule,
};
use super::value::Attribute;

/// Runs `run` with the tables of `rules`.
pub(crate) fn with<R>(rules: &EndpointRuleSet, run: impl FnOnce(&EndpointRules<'_>) -> R) -> R {
    match &rules.form {
        Some(Form::Regional(host)) => run(&EndpointRules::regional(host)),
        Some(Form::RegionalGovCloudFips(host)) => {
            run(&EndpointRules::regional_gov_cloud_fips(host))
        }
        Some(Form::DualStack(host)) => run(&EndpointRules::dual_stack(host)),
        None => with_own_tables(rules, run),
    }
}

/// As [`with`], with tables for this rule set alone.
pub(super) fn with_own_tables<R>(
    rules: &EndpointRuleSet,
    run: impl FnOnce(&EndpointRules<'_>) -> R,
) -> R {
    let arenas = Arenas::default();
    let parameters = rules.parameters.iter().map(|parameter| Parameter {
        name: &parameter.name,
        built_in: parameter.built_in.as_deref(),
        required: parameter.required,
        default: parameter.default.as_ref().map(|value| arenas.value(value)),
    });
    let parameters: Vec<_> = parameters.collect();
    run(&EndpointRules::new(&parameters, rules.variables, arenas.rules(&rules.rules)))
}

/// The memory of the tables.
#[derive(Default)]
struct Arenas<'a> {
    texts: Arena<&'a str>,
    rules: Arena<Rule<'a>>,
    conditions: Arena<Condition<'a>>,
    expressions: Arena<Expression<'a>>,
    attributes: Arena<Attribute>,
    endpoints: Arena<EndpointTemplate<'a>>,
    auth_schemes: Arena<AuthSchemeTemplate<'a>>,
    headers: Arena<(&'a str, &'a [Expression<'a>])>,
    named: Arena<(&'a str, Property<'a>)>,
    properties: Arena<Property<'a>>,
}

/// A list in an arena.
fn list<'a, T, U>(arena: &'a Arena<U>, items: &'a [T], convert: impl Fn(&'a T) -> U) -> &'a [U] {
    // The items are collected first, because each may allocate in the same arena.
    let items: Vec<U> = items.iter().map(convert).collect();
    arena.alloc_extend(items)
}

impl<'a> Arenas<'a> {
    fn value(&'a self, value: &'a model::ParameterValue) -> ParameterValue<'a> {
        match value {
            model::ParameterValue::Boolean(value) => ParameterValue::Boolean(*value),
            model::ParameterValue::Text(text) => ParameterValue::Text(text),
            model::ParameterValue::Texts(texts) => {
                ParameterValue::Texts(list(&self.texts, texts, |text| text))
            }
        }
    }

    fn rules(&'a self, rules: &'a [model::Rule]) -> &'a [Rule<'a>] {
        list(&self.rules, rules, |rule| Rule {
            conditions: list(&self.conditions, &rule.conditions, |condition| Condition {
                value: self.expression(&condition.value),
                assign: condition.assign,
            }),
            outcome: match &rule.outcome {
                model::Outcome::Endpoint(endpoint) => {
                    Outcome::Endpoint(self.endpoints.alloc(self.endpoint(endpoint)))
                }
                model::Outcome::Error(message) => Outcome::Error(self.expression(message)),
                model::Outcome::Tree(rules) => Outcome::Tree(self.rules(rules)),
            },
        })
    }

    fn expression(&'a self, expression: &'a model::Expression) -> Expression<'a> {
        match expression {
            model::Expression::Boolean(value) => Expression::Boolean(*value),
            model::Expression::Integer(value) => Expression::Integer(*value),
            model::Expression::Text(text) => Expression::Text(text),
            model::Expression::Host => Expression::Host,
            model::Expression::Template(parts) => Expression::Template(self.expressions(parts)),
            model::Expression::Variable(variable) => Expression::Variable(*variable),
            model::Expression::Attribute(of, path) => Expression::Attribute(
                self.expressions.alloc(self.expression(of)),
                list(&self.attributes, path, |part| match part {
                    model::Attribute::Named(name) => {
                        invariant!(Attribute::named(name), "the model checks names of attributes")
                    }
                    model::Attribute::Index(index) => Attribute::Index(*index),
                }),
            ),
            model::Expression::Call(name, arguments) => {
                let function = invariant!(Function::named(name), "the model checks functions");
                Expression::Call(function, self.expressions(arguments))
            }
        }
    }

    fn expressions(&'a self, expressions: &'a [model::Expression]) -> &'a [Expression<'a>] {
        list(&self.expressions, expressions, |expression| self.expression(expression))
    }

    fn endpoint(&'a self, endpoint: &'a model::Endpoint) -> EndpointTemplate<'a> {
        let text =
            |text: &'a Option<model::Expression>| text.as_ref().map(|text| self.expression(text));
        EndpointTemplate {
            url: self.expression(&endpoint.url),
            auth_schemes: list(&self.auth_schemes, &endpoint.auth_schemes, |scheme| {
                AuthSchemeTemplate {
                    name: &scheme.name,
                    signing_name: text(&scheme.signing_name),
                    signing_region: text(&scheme.signing_region),
                    signing_region_set: self.expressions(&scheme.signing_region_set),
                    disable_double_encoding: scheme.disable_double_encoding,
                }
            }),
            properties: self.named(&endpoint.properties),
            headers: list(&self.headers, &endpoint.headers, |(name, values)| {
                (name, self.expressions(values))
            }),
        }
    }

    fn named(
        &'a self,
        properties: &'a [(String, model::Property)],
    ) -> &'a [(&'a str, Property<'a>)] {
        list(&self.named, properties, |(name, property)| (name, self.property(property)))
    }

    fn property(&'a self, property: &'a model::Property) -> Property<'a> {
        match property {
            model::Property::Boolean(value) => Property::Boolean(*value),
            model::Property::Text(text) => Property::Text(self.expression(text)),
            model::Property::List(items) => {
                Property::List(list(&self.properties, items, |one| self.property(one)))
            }
            model::Property::Record(items) => Property::Record(self.named(items)),
        }
    }
}
