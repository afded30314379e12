//! The forms that most rule sets have: of the 439 services of botocore 1.43, 255 have `regional.json`, 38
//! `regional_gov_cloud_fips.json`, and 30 `dual_stack.json`. No other form has more than 7.

use std::sync::LazyLock;

use super::{EndpointRuleSet, Expression, Form, Outcome, Rule, convert, published};
use crate::invariant;

type Constructor = fn(String) -> Form;

static FORMS: LazyLock<[(EndpointRuleSet, Constructor); 3]> = LazyLock::new(|| {
    [
        (parse(include_str!("forms/regional.json")), Form::Regional),
        (parse(include_str!("forms/regional_gov_cloud_fips.json")), Form::RegionalGovCloudFips),
        (parse(include_str!("forms/dual_stack.json")), Form::DualStack),
    ]
});

fn parse(text: &str) -> EndpointRuleSet {
    let file: Option<published::RuleSet> = serde_json::from_str(text).ok();
    let file = invariant!(file, "the files of forms are JSON");
    invariant!(convert::read(&file, true).ok(), "the files of forms are rule sets")
}

impl EndpointRuleSet {
    /// The rule sets of all forms, each for the host name `host`, with [`Expression::Host`] instead of that name.
    pub fn of_forms(host: &str) -> impl Iterator<Item = Self> {
        FORMS
            .iter()
            .map(move |(rules, form)| Self { form: Some(form(host.to_owned())), ..rules.clone() })
    }
}

/// The form of `rules`.
pub(super) fn form_of(rules: &EndpointRuleSet) -> Option<Form> {
    let host = host_of(&rules.rules)?;
    let mut general = rules.clone();
    generalize(&mut general.rules, &format!("{SCHEME}{host}"));
    let form = FORMS.iter().find(|(form, _)| *form == general);
    form.map(|(_, constructor)| constructor(host.to_owned()))
}

const SCHEME: &str = "https://";

/// The host before the region in the URL of the last endpoint.
fn host_of(rules: &[Rule]) -> Option<&str> {
    rules.iter().rev().find_map(|rule| match &rule.outcome {
        Outcome::Tree(rules) => host_of(rules),
        Outcome::Endpoint(endpoint) => match &endpoint.url {
            Expression::Template(parts) => match parts.as_slice() {
                [Expression::Text(text), Expression::Variable(_), ..] => {
                    text.strip_prefix(SCHEME)?.strip_suffix('.')
                }
                _ => None,
            },
            _ => None,
        },
        Outcome::Error(_) => None,
    })
}

/// Replaces the text `start` at the start of URLs by that of a form.
fn generalize(rules: &mut [Rule], start: &str) {
    for rule in rules {
        match &mut rule.outcome {
            Outcome::Tree(rules) => generalize(rules, start),
            Outcome::Endpoint(endpoint) => {
                if let Expression::Template(parts) = &mut endpoint.url
                    && let Some(Expression::Text(text)) = parts.first_mut()
                    && let Some(rest) = text.strip_prefix(start)
                {
                    let general = [
                        Expression::Text(SCHEME.to_owned()),
                        Expression::Host,
                        Expression::Text(rest.to_owned()),
                    ];
                    parts.splice(..1, general);
                }
            }
            Outcome::Error(_) => {}
        }
    }
}
