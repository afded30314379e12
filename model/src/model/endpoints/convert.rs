//! Converts a rule set from its published form.

use std::collections::BTreeSet;

use super::{
    ATTRIBUTES, Attribute, AuthScheme, Condition, Endpoint, EndpointRuleSet, Expression, FUNCTIONS,
    Outcome, Parameter, Property, Rule, published, simplify,
};

/// What is wrong with a rule set.
#[derive(Debug)]
pub(super) struct Problem {
    /// The innermost key first.
    pub(super) path: Vec<String>,
    pub(super) message: String,
}

type Result<T> = std::result::Result<T, Problem>;

fn problem<T>(message: impl Into<String>) -> Result<T> {
    Err(Problem { path: Vec::new(), message: message.into() })
}

/// Adds where in `parent` a problem is.
fn within<T>(result: Result<T>, steps: &[&str]) -> Result<T> {
    result.map_err(|mut problem| {
        problem.path.extend(steps.iter().rev().map(|step| (*step).to_owned()));
        problem
    })
}

/// The rule set in `file`. The rule sets of forms also have `{Host}` in URLs.
pub(super) fn read(file: &published::RuleSet, with_host: bool) -> Result<EndpointRuleSet> {
    if !["1.0", "1.1"].contains(&&*file.version) {
        let message = format!("the version of the rule set is {:?}, and not 1.0", file.version);
        return within(problem(message), &["version"]);
    }
    let mut names: Vec<&str> = file.parameters.keys().collect();
    let (.., used) = rules(file, &names, with_host)?;
    let is_required = |name: &str| {
        // A call fails without a value.
        let mut parameters = file.parameters.0.iter();
        parameters.any(|(known, it)| known == name && it.required && it.default.is_none())
    };
    names.retain(|name| used.contains(name) || is_required(name));
    let (rules, variables, _) = rules(file, &names, with_host)?;
    let parameters = file.parameters.0.iter().filter(|(name, _)| names.contains(&&**name));
    let parameters = parameters.map(|(name, parameter)| Parameter {
        name: name.clone(),
        built_in: parameter.built_in.clone(),
        required: parameter.required,
        default: parameter.default.clone().map(Into::into),
    });
    let parameters = parameters.collect();
    Ok(EndpointRuleSet { parameters, variables, rules: simplify::rules(rules), form: None })
}

/// The rules of `file`, the number of variables, and the parameters in use.
fn rules<'f>(
    file: &'f published::RuleSet,
    parameters: &[&'f str],
    with_host: bool,
) -> Result<(Vec<Rule>, usize, BTreeSet<&'f str>)> {
    let variables = parameters.len();
    let mut converter =
        Converter { scope: parameters.to_vec(), variables, used: BTreeSet::new(), with_host };
    let rules = converter.rules(&file.rules)?;
    Ok((rules, converter.variables, converter.used))
}

struct Converter<'f> {
    /// The names of the variables in scope.
    scope: Vec<&'f str>,
    /// How many there were at most.
    variables: usize,
    /// The names that were referred to.
    used: BTreeSet<&'f str>,
    with_host: bool,
}

impl<'f> Converter<'f> {
    fn rules(&mut self, rules: &'f [published::Rule]) -> Result<Vec<Rule>> {
        let rules = rules.iter().enumerate();
        rules.map(|(at, rule)| within(self.rule(rule), &["rules", &at.to_string()])).collect()
    }

    fn rule(&mut self, rule: &'f published::Rule) -> Result<Rule> {
        let outside = self.scope.len();
        let conditions = rule.conditions.iter().enumerate().map(|(at, condition)| {
            within(self.condition(condition), &["conditions", &at.to_string()])
        });
        let conditions = conditions.collect::<Result<_>>()?;
        let outcome = match (&rule.endpoint, &rule.error, &rule.rules) {
            (Some(endpoint), None, None) => {
                Outcome::Endpoint(within(self.endpoint(endpoint), &["endpoint"])?)
            }
            (None, Some(error), None) => {
                Outcome::Error(within(self.expression(error), &["error"])?)
            }
            (None, None, Some(rules)) => Outcome::Tree(self.rules(rules)?),
            _ => return problem("a rule has one of endpoint, error and rules"),
        };
        self.scope.truncate(outside);
        Ok(Rule { conditions, outcome })
    }

    fn condition(&mut self, condition: &'f published::Call) -> Result<Condition> {
        let value = self.call(condition)?;
        let assign = condition.assign.as_deref().map(|name| {
            self.scope.push(name);
            self.variables = self.variables.max(self.scope.len());
            self.scope.len() - 1
        });
        Ok(Condition { value, assign })
    }

    fn expression(&mut self, expression: &'f published::Expression) -> Result<Expression> {
        match expression {
            published::Expression::Boolean(value) => Ok(Expression::Boolean(*value)),
            published::Expression::Integer(value) => Ok(Expression::Integer(*value)),
            published::Expression::Text(text) => self.template(text),
            published::Expression::Reference(reference) => self.variable(&reference.r#ref),
            published::Expression::Call(call) => self.call(call),
        }
    }

    fn expressions(&mut self, all: &'f [published::Expression]) -> Result<Vec<Expression>> {
        all.iter().map(|expression| self.expression(expression)).collect()
    }

    fn variable(&mut self, name: &'f str) -> Result<Expression> {
        let Some(variable) = self.scope.iter().rposition(|known| *known == name) else {
            if self.with_host && name == "Host" {
                return Ok(Expression::Host);
            }
            return problem(format!("there is no parameter or variable `{name}` here"));
        };
        self.used.insert(name);
        Ok(Expression::Variable(variable))
    }

    fn call(&mut self, call: &'f published::Call) -> Result<Expression> {
        if call.r#fn == "getAttr" {
            let [of, published::Expression::Text(path)] = &*call.argv else {
                return problem("`getAttr` takes a value and a path");
            };
            let of = self.expression(of)?;
            return attribute(of, path);
        }
        let known = FUNCTIONS.iter().find(|(name, _)| *name == call.r#fn);
        let Some((name, arguments)) = known else {
            return problem(format!("`{}` is not a function of version 1.0", call.r#fn));
        };
        if call.argv.len() != *arguments {
            return problem(format!(
                "`{name}` has {} arguments, and not {arguments}",
                call.argv.len()
            ));
        }
        Ok(Expression::Call(name, self.expressions(&call.argv)?))
    }

    /// The parts of a template, or its only one.
    fn template(&mut self, text: &'f str) -> Result<Expression> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((inside, after)) = after.split_once('}') else {
                return problem(format!("the template {text:?} has a `{{` without a `}}`"));
            };
            if !literal.is_empty() {
                parts.push(Expression::Text(literal.to_owned()));
            }
            parts.push(match inside.split_once('#') {
                Some((name, path)) => attribute(self.variable(name)?, path)?,
                None => self.variable(inside)?,
            });
            rest = after;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Expression::Text(rest.to_owned()));
        }
        Ok(match (parts.pop(), parts.is_empty()) {
            (Some(single), true) => single,
            (last, _) => {
                parts.extend(last);
                Expression::Template(parts)
            }
        })
    }

    fn endpoint(&mut self, endpoint: &'f published::Endpoint) -> Result<Endpoint> {
        let published::Endpoint { url, properties, headers } = endpoint;
        let auth_schemes = properties.auth_schemes.iter().map(|scheme| self.auth_scheme(scheme));
        let auth_schemes = auth_schemes.collect::<Result<_>>();
        let headers = headers.0.iter().map(|(name, values)| {
            Ok((name.clone(), within(self.expressions(values), &["headers", name])?))
        });
        let headers = headers.collect::<Result<_>>()?;
        let properties = properties.other.0.iter().map(|(name, property)| {
            let property = within(self.property(property), &["properties", name]);
            Ok((name.clone(), property?))
        });
        Ok(Endpoint {
            properties: properties.collect::<Result<_>>()?,
            url: within(self.expression(url), &["url"])?,
            auth_schemes: within(auth_schemes, &["properties", "authSchemes"])?,
            headers,
        })
    }

    fn auth_scheme(&mut self, scheme: &'f published::AuthScheme) -> Result<AuthScheme> {
        let mut text = |text: &'f Option<published::Expression>| {
            text.as_ref().map(|text| self.expression(text)).transpose()
        };
        Ok(AuthScheme {
            name: scheme.name.clone(),
            signing_name: text(&scheme.signing_name)?,
            signing_region: text(&scheme.signing_region)?,
            signing_region_set: self.expressions(&scheme.signing_region_set)?,
            disable_double_encoding: scheme.disable_double_encoding,
        })
    }

    fn property(&mut self, property: &'f published::Property) -> Result<Property> {
        Ok(match property {
            published::Property::Boolean(value) => Property::Boolean(*value),
            published::Property::Text(text) => Property::Text(self.template(text)?),
            published::Property::List(items) => {
                Property::List(items.iter().map(|one| self.property(one)).collect::<Result<_>>()?)
            }
            published::Property::Record(items) => {
                let items =
                    items.0.iter().map(|(name, one)| Ok((name.clone(), self.property(one)?)));
                Property::Record(items.collect::<Result<_>>()?)
            }
        })
    }
}

/// The part of `of` at `path`: `resourceId[4]`.
fn attribute(of: Expression, path: &str) -> Result<Expression> {
    let unknown = || problem(format!("`{path}` is not a part of a partition, an ARN or a URL"));
    let mut attributes = Vec::new();
    for part in path.split('.') {
        let (name, index) = match part.split_once('[') {
            Some((name, index)) => (name, Some(index)),
            None => (part, None),
        };
        if !name.is_empty() {
            let Some(name) = ATTRIBUTES.iter().find(|known| **known == name) else {
                return unknown();
            };
            attributes.push(Attribute::Named(name));
        }
        if let Some(index) = index {
            let Some(Ok(index)) = index.strip_suffix(']').map(str::parse) else {
                return unknown();
            };
            attributes.push(Attribute::Index(index));
        }
    }
    Ok(Expression::Attribute(Box::new(of), attributes))
}
