//! Evaluates endpoint rule sets.
//!
//! Values are copied and borrow from parameters and tables, so that conditions allocate nothing, except for texts that a
//! template or `uriEncode` composes.

use std::borrow::Cow;

use super::functions::Function;
use super::rules::{
    AuthScheme, AuthSchemeTemplate, Condition, EndpointError, EndpointRules, EndpointTemplate,
    Expression, Outcome, Parameter, ParameterValue, Property, PropertyValue, ResolvedEndpoint,
    Rule,
};
use super::texts::Texts;
use super::url::{Url, has_only_host_characters};
use super::value::Value;

/// No function has more arguments.
const MOST_ARGUMENTS: usize = 4;

impl<'a> EndpointRules<'a> {
    /// The endpoint for the values that `value` returns for each parameter.
    ///
    /// # Errors
    /// If the rule set has no endpoint for these values, or the endpoint would have characters in its host or its path that are
    /// not allowed there.
    pub fn resolve<'p>(
        &self,
        value: &dyn Fn(&Parameter<'a>) -> Option<ParameterValue<'p>>,
    ) -> Result<ResolvedEndpoint<'a>, EndpointError> {
        let texts = Texts::default();
        let mut variables = Vec::with_capacity(self.variables.max(self.parameters.len()));
        for parameter in self.parameters {
            let value = value(parameter).map(Value::from);
            let value = value.or_else(|| parameter.default.map(Value::from));
            if value.is_none() && parameter.required {
                return Err(EndpointError::MissingParameter(parameter.name.to_owned()));
            }
            variables.push(value.unwrap_or(Value::Absent));
        }
        variables.resize(variables.capacity(), Value::Absent);
        Evaluation { variables, texts: &texts, host: self.host }.rules(self.rules)
    }
}

impl<'p> From<ParameterValue<'p>> for Value<'p> {
    fn from(value: ParameterValue<'p>) -> Self {
        match value {
            ParameterValue::Boolean(value) => Self::Boolean(value),
            ParameterValue::Text(text) => Self::Text(text),
            ParameterValue::Texts(list) => Self::Texts(list),
        }
    }
}

struct Evaluation<'v> {
    variables: Vec<Value<'v>>,
    host: &'v str,
    texts: &'v Texts,
}

impl<'v> Evaluation<'v> {
    /// The result of the first rule whose conditions hold.
    fn rules<'a: 'v>(
        &mut self,
        rules: &'a [Rule<'a>],
    ) -> Result<ResolvedEndpoint<'a>, EndpointError> {
        for rule in rules {
            if self.all_hold(rule.conditions)? {
                return match &rule.outcome {
                    Outcome::Endpoint(endpoint) => self.endpoint(endpoint),
                    Outcome::Error(message) => {
                        Err(EndpointError::Message(self.text(message)?.into_owned()))
                    }
                    Outcome::Tree(rules) => self.rules(rules),
                };
            }
        }
        Err(EndpointError::NoRule)
    }

    fn all_hold(&mut self, conditions: &[Condition<'v>]) -> Result<bool, EndpointError> {
        for condition in conditions {
            let value = self.value(&condition.value)?;
            if matches!(value, Value::Absent | Value::Boolean(false)) {
                return Ok(false);
            }
            if let Some(variable) = condition.assign {
                let variable = self.variables.get_mut(variable);
                *variable.ok_or(EndpointError::InvalidRules("a variable"))? = value;
            }
        }
        Ok(true)
    }

    fn value(&self, expression: &Expression<'v>) -> Result<Value<'v>, EndpointError> {
        match *expression {
            Expression::Boolean(value) => Ok(Value::Boolean(value)),
            Expression::Integer(value) => Ok(Value::Integer(value)),
            Expression::Text(text) => Ok(Value::Text(text)),
            Expression::Host => Ok(Value::Text(self.host)),
            Expression::Variable(variable) => self
                .variables
                .get(variable)
                .copied()
                .ok_or(EndpointError::InvalidRules("a variable")),
            Expression::Attribute(of, path) => path
                .iter()
                .try_fold(self.value(of)?, |value, part| value.attribute(*part, self.texts))
                .ok_or(EndpointError::InvalidRules("getAttr")),
            Expression::Call(function, arguments) => self.call(function, arguments),
            Expression::Template(parts) => {
                let mut text = String::new();
                parts.iter().try_for_each(|part| self.write(part, &mut text))?;
                let text = self.texts.keep(text).map(Value::Text);
                text.ok_or(EndpointError::InvalidRules("a template"))
            }
        }
    }

    fn call(
        &self,
        function: &'static Function,
        arguments: &[Expression<'v>],
    ) -> Result<Value<'v>, EndpointError> {
        let mut values = [Value::Absent; MOST_ARGUMENTS];
        for (value, argument) in values.iter_mut().zip(arguments) {
            *value = self.value(argument)?;
        }
        let values = values.get(..arguments.len());
        let result = values.and_then(|values| (function.call)(values, self.texts));
        result.ok_or(EndpointError::InvalidRules(function.name))
    }

    fn write(&self, part: &Expression<'v>, text: &mut String) -> Result<(), EndpointError> {
        match self.value(part)? {
            Value::Text(value) => text.push_str(value),
            _ => return Err(EndpointError::InvalidRules("a template")),
        }
        Ok(())
    }

    fn text<'a: 'v>(&self, expression: &Expression<'a>) -> Result<Cow<'a, str>, EndpointError> {
        if let Expression::Text(text) = *expression {
            return Ok(Cow::Borrowed(text));
        }
        let mut text = String::new();
        for part in parts(expression) {
            self.write(part, &mut text)?;
        }
        Ok(Cow::Owned(text))
    }

    fn texts<'a: 'v>(
        &self,
        expressions: &[Expression<'a>],
    ) -> Result<Vec<Cow<'a, str>>, EndpointError> {
        expressions.iter().map(|expression| self.text(expression)).collect()
    }

    fn endpoint<'a: 'v>(
        &self,
        template: &EndpointTemplate<'a>,
    ) -> Result<ResolvedEndpoint<'a>, EndpointError> {
        let schemes = template.auth_schemes.iter().map(|scheme| self.auth_scheme(scheme));
        let headers = template.headers.iter();
        Ok(ResolvedEndpoint {
            url: self.url(&template.url)?,
            auth_schemes: schemes.collect::<Result<_, _>>()?,
            properties: self.properties(template.properties)?,
            headers: headers
                .map(|&(name, values)| Ok((name, self.texts(values)?)))
                .collect::<Result<_, _>>()?,
        })
    }

    /// A URL with a host that only the rule set, and values of host characters, determine.
    fn url<'a: 'v>(&self, expression: &Expression<'a>) -> Result<String, EndpointError> {
        let mut url = String::with_capacity(64);
        let mut valid = true;
        for part in parts(expression) {
            let start = url.len();
            self.write(part, &mut url)?;
            let is_checked = match part {
                Expression::Text(_) | Expression::Host => true,
                Expression::Attribute(_, path) => path.last().is_some_and(|part| part.is_of_url()),
                _ => false,
            };
            let (before, value) = url.split_at(start);
            valid &= is_checked || !ends_in_host(before) || has_only_host_characters(value);
        }
        if valid && Url::parse(&url).is_some() {
            return Ok(url);
        }
        Err(EndpointError::InvalidUrl(url))
    }

    fn auth_scheme<'a: 'v>(
        &self,
        template: &AuthSchemeTemplate<'a>,
    ) -> Result<AuthScheme<'a>, EndpointError> {
        let text = |expression: &Option<Expression<'a>>| {
            expression.as_ref().map(|expression| self.text(expression)).transpose()
        };
        Ok(AuthScheme {
            name: template.name,
            signing_name: text(&template.signing_name)?,
            signing_region: text(&template.signing_region)?,
            signing_region_set: self.texts(template.signing_region_set)?,
            disable_double_encoding: template.disable_double_encoding,
        })
    }

    fn properties<'a: 'v>(
        &self,
        properties: &[(&'a str, Property<'a>)],
    ) -> Result<Vec<(&'a str, PropertyValue<'a>)>, EndpointError> {
        let properties = properties.iter();
        properties.map(|(name, property)| Ok((*name, self.property(property)?))).collect()
    }

    fn property<'a: 'v>(
        &self,
        property: &Property<'a>,
    ) -> Result<PropertyValue<'a>, EndpointError> {
        Ok(match property {
            Property::Boolean(value) => PropertyValue::Boolean(*value),
            Property::Text(text) => PropertyValue::Text(self.text(text)?),
            Property::List(list) => {
                let list = list.iter().map(|property| self.property(property));
                PropertyValue::List(list.collect::<Result<_, _>>()?)
            }
            Property::Record(record) => PropertyValue::Record(self.properties(record)?),
        })
    }
}

/// The parts of a template. Another expression is its own part.
fn parts<'e, 'a>(expression: &'e Expression<'a>) -> &'e [Expression<'a>] {
    match expression {
        Expression::Template(parts) => parts,
        single => std::slice::from_ref(single),
    }
}

/// Whether a URL that starts with `text` can continue with characters of the host.
fn ends_in_host(text: &str) -> bool {
    text.split_once("://").is_some_and(|(_, rest)| !rest.contains(['/', '?', '#', '\\']))
}

#[cfg(test)]
mod tests;
