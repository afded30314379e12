//! The rule sets of most services: their tables differ only in the first part of the host names.

#[rustfmt::skip]
mod tables;

use super::rules::EndpointRules;

impl<'a> EndpointRules<'a> {
    /// The rules for `HOST.REGION.amazonaws.com`, with `-fips` after the host for FIPS, and another suffix for dual stack.
    #[must_use]
    pub const fn regional(host: &'a str) -> Self {
        Self { host, ..tables::regional::REGIONAL }
    }

    /// As [`regional`](Self::regional), but the endpoints of `GovCloud` are those for FIPS too.
    #[must_use]
    pub const fn regional_gov_cloud_fips(host: &'a str) -> Self {
        Self { host, ..tables::regional_gov_cloud_fips::REGIONAL_GOV_CLOUD_FIPS }
    }

    /// The rules for `HOST.REGION.api.aws`: all endpoints have dual stack.
    #[must_use]
    pub const fn dual_stack(host: &'a str) -> Self {
        Self { host, ..tables::dual_stack::DUAL_STACK }
    }
}
