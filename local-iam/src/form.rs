//! The parameters of a request: decodes them, and checks the constraints of the service.

use crate::error::Refusal;
use crate::http::Request;

/// The media type of the AWS Query protocol's body.
const FORM_MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The maximum number of tags or tag keys in a request.
const MAX_LIST_LENGTH: usize = 50;

/// The decoded parameters of a request, in the order in which they were received.
#[derive(Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Decodes the query, and the body if it is a form.
    pub(crate) fn of(request: &Request) -> Self {
        let media_type = request.header("content-type").unwrap_or_default();
        let is_form = media_type
            .split(';')
            .next()
            .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(FORM_MEDIA_TYPE));
        let body = if is_form { request.body.as_slice() } else { &[] };
        let query = form_urlencoded::parse(request.query.as_bytes());
        let body = form_urlencoded::parse(body).into_owned();
        Self(query.into_owned().chain(body).collect())
    }

    /// The parameters of a call without HTTP.
    pub(crate) fn from_pairs<'a>(pairs: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Self {
        Self(pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// The numbers N of the parameters `LIST.member.N…`, ascending; `None` if the list is absent.
    ///
    /// An empty list is encoded as `LIST=`.
    fn member_numbers(&self, list: &str) -> Option<Vec<u32>> {
        let prefix = format!("{list}.member.");
        let mut numbers: Vec<u32> = self
            .0
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(&prefix)?.split('.').next()?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        (!numbers.is_empty() || self.get(list).is_some()).then_some(numbers)
    }
}

/// The constraints of a text parameter, from the service model.
pub(crate) struct Text {
    /// The name in requests, and the name in messages.
    pub(crate) name: &'static str,
    pub(crate) member: &'static str,
    /// The bounds of the length in characters.
    pub(crate) min: usize,
    pub(crate) max: usize,
    /// The pattern for messages, and the characters that it allows.
    pub(crate) pattern: &'static str,
    pub(crate) allows: fn(char) -> bool,
}

/// Reads parameters and collects all violated constraints, because IAM reports them together.
pub(crate) struct Input<'a> {
    form: &'a Form,
    violations: Vec<String>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(form: &'a Form) -> Self {
        Self { form, violations: Vec::new() }
    }

    /// The value of a required parameter. It is empty if the parameter is missing; `finish` then returns an
    /// error.
    pub(crate) fn required(&mut self, text: &Text) -> &'a str {
        let value = self.form.get(text.name);
        self.check_required(text, text.member, value)
    }

    pub(crate) fn optional(&mut self, text: &Text) -> Option<&'a str> {
        let value = self.form.get(text.name)?;
        self.check(text, text.member, value);
        Some(value)
    }

    /// A whole number from 1 to `max`, or `default` if the parameter is absent.
    pub(crate) fn positive(
        &mut self,
        name: &str,
        member: &str,
        max: usize,
        default: usize,
    ) -> usize {
        let Some(value) = self.form.get(name) else {
            return default;
        };
        match value.parse::<i64>() {
            Err(_) => self.violate(member, Some(value), "Member must be an integer"),
            Ok(number) if number < 1 => {
                self.violate(
                    member,
                    Some(value),
                    "Member must have value greater than or equal to 1",
                );
            }
            Ok(number) => match usize::try_from(number) {
                Ok(number) if number <= max => return number,
                _ => {
                    let constraint = format!("Member must have value less than or equal to {max}");
                    self.violate(member, Some(value), &constraint);
                }
            },
        }
        default
    }

    /// One of several words, or the first if the parameter is absent.
    pub(crate) fn one_of(&mut self, name: &str, member: &str, words: &[&'a str]) -> &'a str {
        let first = words.first().copied().unwrap_or_default();
        let value = self.form.get(name).unwrap_or(first);
        if !words.contains(&value) {
            let constraint = format!("Member must satisfy enum value set: [{}]", words.join(", "));
            self.violate(member, Some(value), &constraint);
        }
        value
    }

    /// The pairs of a list of tags.
    pub(crate) fn tags(
        &mut self,
        key: &Text,
        value: &Text,
        required: bool,
    ) -> Vec<(&'a str, &'a str)> {
        let Some(numbers) = self.members("Tags", "tags", required) else {
            return Vec::new();
        };
        let mut tags = Vec::new();
        for number in numbers {
            let read = |part: &str| self.form.get(&format!("Tags.member.{number}.{part}"));
            let (read_key, read_value) = (read(key.name), read(value.name));
            let member = |part: &str| format!("tags.{number}.member.{part}");
            tags.push((
                self.check_required(key, &member(key.member), read_key),
                self.check_required(value, &member(value.member), read_value),
            ));
        }
        tags
    }

    /// The members of the list of tag keys.
    pub(crate) fn tag_keys(&mut self, key: &Text) -> Vec<&'a str> {
        let Some(numbers) = self.members("TagKeys", "tagKeys", true) else {
            return Vec::new();
        };
        let mut keys = Vec::new();
        for number in numbers {
            let read = self.form.get(&format!("TagKeys.member.{number}"));
            keys.push(self.check_required(key, &format!("tagKeys.{number}.member"), read));
        }
        keys
    }

    /// Returns an error if a constraint was violated.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        let count = self.violations.len();
        if count == 0 {
            return Ok(());
        }
        let noun = if count == 1 { "error" } else { "errors" };
        let violations = self.violations.join("; ");
        Err(Refusal::validation(format!("{count} validation {noun} detected: {violations}")))
    }

    fn members(&mut self, list: &str, member: &str, required: bool) -> Option<Vec<u32>> {
        let numbers = self.form.member_numbers(list);
        if numbers.is_none() && required {
            self.violate(member, None, "Member must not be null");
        }
        let numbers = numbers?;
        if numbers.len() > MAX_LIST_LENGTH {
            // The message of IAM does not contain the value of a list.
            self.violations.push(format!(
                "Value at '{member}' failed to satisfy constraint: Member must have length less \
                 than or equal to {MAX_LIST_LENGTH}"
            ));
            return None;
        }
        Some(numbers)
    }

    fn check_required(&mut self, text: &Text, member: &str, value: Option<&'a str>) -> &'a str {
        match value {
            Some(value) => self.check(text, member, value),
            None => self.violate(member, None, "Member must not be null"),
        }
        value.unwrap_or_default()
    }

    fn check(&mut self, text: &Text, member: &str, value: &str) {
        let length = value.chars().count();
        if length < text.min {
            let constraint =
                format!("Member must have length greater than or equal to {}", text.min);
            self.violate(member, Some(value), &constraint);
        }
        if length > text.max {
            let constraint = format!("Member must have length less than or equal to {}", text.max);
            self.violate(member, Some(value), &constraint);
        }
        if !value.chars().all(text.allows) {
            let constraint =
                format!("Member must satisfy regular expression pattern: {}", text.pattern);
            self.violate(member, Some(value), &constraint);
        }
    }

    fn violate(&mut self, member: &str, value: Option<&str>, constraint: &str) {
        let value = value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
        self.violations.push(format!(
            "Value {value} at '{member}' failed to satisfy constraint: {constraint}"
        ));
    }
}
