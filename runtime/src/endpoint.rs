//! Where requests are sent: the endpoint rule set of a service, or a pattern of host names for a service without one.

mod forms;
#[cfg(feature = "dynamic")]
mod from_model;
pub mod functions;
mod interpreter;
mod partitions;
pub(crate) mod rules;
mod texts;
mod url;
mod value;

use std::borrow::Cow;

use partitions::partition;
use rules::EndpointRules;
pub use value::Attribute;

/// The variant of an endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) fips: bool,
    pub(crate) dual_stack: bool,
}

/// The endpoint rule set of a service.
#[derive(Clone, Copy, Debug)]
pub enum Endpoints<'a> {
    /// Tables, as generated code has them.
    Tables(&'a EndpointRules<'a>),
    /// A rule set of a service model. Its tables are built when they are needed.
    #[cfg(feature = "dynamic")]
    Model(&'a pagesmith_model::model::EndpointRuleSet),
}

impl Endpoints<'_> {
    /// Runs `run` with the tables.
    pub(crate) fn with<R>(self, run: impl FnOnce(&EndpointRules<'_>) -> R) -> R {
        match self {
            Self::Tables(rules) => run(rules),
            #[cfg(feature = "dynamic")]
            Self::Model(rules) => from_model::with(rules, run),
        }
    }
}

/// The URL of the service whose host names start with `prefix`, if no rule set says another.
pub(crate) fn pattern(prefix: &str, region: &str, variant: Variant) -> String {
    let partition = partition(region);
    let Variant { fips, dual_stack } = variant;
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.dns_suffix };
    let dash_fips = if fips { "-fips" } else { "" };
    format!("https://{prefix}{dash_fips}.{region}.{suffix}")
}

/// The region that a name such as `fips-us-gov-west-1` or `us-east-1-fips` stands for, and whether it stands for FIPS, as in
/// botocore. Such names are from before FIPS was a setting.
pub(crate) fn without_fips(region: &str) -> (Cow<'_, str>, bool) {
    if !region.contains("fips") {
        return (Cow::Borrowed(region), false);
    }
    let plain = region.replace("fips-", "").replace("-fips", "");
    let is_fips = plain != region;
    (Cow::Owned(plain), is_fips)
}

/// Checks that `region` is a single label of a host name, because it becomes part of the host that receives signed requests.
pub(crate) fn check_region(region: &str) -> Result<(), String> {
    let label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = !region.is_empty()
        && region.len() <= 63
        && region.bytes().all(label)
        && !region.starts_with('-')
        && !region.ends_with('-');
    if fits {
        return Ok(());
    }
    Err(format!(
        "{region:?} is not a valid region; expected lower-case letters, digits and hyphens, such as us-east-1"
    ))
}

#[cfg(test)]
mod tests;
