//! Where a service is reached in a region: partition, host and signing region.
//!
//! The facts are those of AWS's partitions and of IAM's endpoint ruleset, as botocore publishes both.

use crate::error::{Error, ErrorKind};
use crate::schema::Service;

/// Which variant of an endpoint is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) fips: bool,
    pub(crate) dual_stack: bool,
}

/// A host, and the region that its signatures are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) host: String,
    pub(crate) signing_region: String,
}

/// A set of regions under one administration.
struct Partition {
    name: &'static str,
    /// What its regions begin with, before `-east-1`; none for the partition that all others fall to.
    region_prefix: &'static str,
    dns_suffix: &'static str,
    dual_stack_suffix: &'static str,
}

/// The partition that AWS's rules fall back to for a region that none claims, and the others.
const PARTITIONS: (&Partition, &[Partition]) = (
    &Partition {
        name: "aws",
        region_prefix: "",
        dns_suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
    },
    &[
        Partition {
            name: "aws-cn",
            region_prefix: "cn",
            dns_suffix: "amazonaws.com.cn",
            dual_stack_suffix: "api.amazonwebservices.com.cn",
        },
        Partition {
            name: "aws-us-gov",
            region_prefix: "us-gov",
            dns_suffix: "amazonaws.com",
            dual_stack_suffix: "api.aws",
        },
        Partition {
            name: "aws-iso",
            region_prefix: "us-iso",
            dns_suffix: "c2s.ic.gov",
            dual_stack_suffix: "api.aws.ic.gov",
        },
        Partition {
            name: "aws-iso-b",
            region_prefix: "us-isob",
            dns_suffix: "sc2s.sgov.gov",
            dual_stack_suffix: "api.aws.scloud",
        },
        Partition {
            name: "aws-iso-e",
            region_prefix: "eu-isoe",
            dns_suffix: "cloud.adc-e.uk",
            dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        },
        Partition {
            name: "aws-iso-f",
            region_prefix: "us-isof",
            dns_suffix: "csp.hci.ic.gov",
            dual_stack_suffix: "api.aws.hci.ic.gov",
        },
        Partition {
            name: "aws-eusc",
            region_prefix: "eusc-de",
            dns_suffix: "amazonaws.eu",
            dual_stack_suffix: "api.amazonwebservices.eu",
        },
    ],
);

/// IAM in one partition: the signing region, and the hosts plain, FIPS, dual stack, and both.
struct Global {
    partition: &'static str,
    signing_region: &'static str,
    hosts: [&'static str; 4],
}

const IAM: &[Global] = &[
    Global {
        partition: "aws",
        signing_region: "us-east-1",
        hosts: [
            "iam.amazonaws.com",
            "iam-fips.amazonaws.com",
            "iam.global.api.aws",
            "iam-fips.global.api.aws",
        ],
    },
    Global {
        partition: "aws-cn",
        signing_region: "cn-north-1",
        hosts: [
            "iam.cn-north-1.amazonaws.com.cn",
            "iam-fips.amazonaws.com.cn",
            "iam.global.api.amazonwebservices.com.cn",
            "iam-fips.api.amazonwebservices.com.cn",
        ],
    },
    Global {
        partition: "aws-us-gov",
        signing_region: "us-gov-west-1",
        hosts: [
            "iam.us-gov.amazonaws.com",
            "iam.us-gov.amazonaws.com",
            "iam.us-gov.api.aws",
            "iam.us-gov.api.aws",
        ],
    },
    Global {
        partition: "aws-iso",
        signing_region: "us-iso-east-1",
        hosts: [
            "iam.us-iso-east-1.c2s.ic.gov",
            "iam-fips.us-iso-east-1.c2s.ic.gov",
            "iam.api.aws.ic.gov",
            "iam-fips.api.aws.ic.gov",
        ],
    },
    Global {
        partition: "aws-iso-b",
        signing_region: "us-isob-east-1",
        hosts: [
            "iam.us-isob-east-1.sc2s.sgov.gov",
            "iam-fips.us-isob-east-1.sc2s.sgov.gov",
            "iam.api.aws.scloud",
            "iam-fips.api.aws.scloud",
        ],
    },
    Global {
        partition: "aws-iso-e",
        signing_region: "eu-isoe-west-1",
        hosts: [
            "iam.eu-isoe-west-1.cloud.adc-e.uk",
            "iam-fips.cloud.adc-e.uk",
            "iam.api.cloud-aws.adc-e.uk",
            "iam-fips.api.cloud-aws.adc-e.uk",
        ],
    },
    Global {
        partition: "aws-iso-f",
        signing_region: "us-isof-south-1",
        hosts: [
            "iam.us-isof-south-1.csp.hci.ic.gov",
            "iam-fips.csp.hci.ic.gov",
            "iam.api.aws.hci.ic.gov",
            "iam-fips.api.aws.hci.ic.gov",
        ],
    },
    Global {
        partition: "aws-eusc",
        signing_region: "eusc-de-east-1",
        hosts: [
            "iam.eusc-de-east-1.amazonaws.eu",
            "iam-fips.amazonaws.eu",
            "iam.global.api.amazonwebservices.eu",
            "iam-fips.api.amazonwebservices.eu",
        ],
    },
];

/// The endpoint of `service` for `region`.
///
/// # Errors
/// Where `region` could not be part of a host name.
pub(crate) fn resolve(
    service: &Service<'_>,
    region: &str,
    variant: Variant,
) -> Result<Endpoint, Error> {
    check_region(region)?;
    let partition = partition(region);
    let Variant { fips, dual_stack } = variant;
    if service.endpoint_prefix == "iam"
        && let Some(global) = IAM.iter().find(|global| global.partition == partition.name)
    {
        let [plain, with_fips, with_dual_stack, with_both] = global.hosts;
        let host = match (fips, dual_stack) {
            (false, false) => plain,
            (true, false) => with_fips,
            (false, true) => with_dual_stack,
            (true, true) => with_both,
        };
        return Ok(Endpoint {
            host: host.to_owned(),
            signing_region: global.signing_region.to_owned(),
        });
    }
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.dns_suffix };
    let dash_fips = if fips { "-fips" } else { "" };
    Ok(Endpoint {
        host: format!("{}{dash_fips}.{region}.{suffix}", service.endpoint_prefix),
        signing_region: region.to_owned(),
    })
}

/// The region that calls to `service` are signed for; for a custom endpoint, whose host says nothing.
pub(crate) fn signing_region(service: &Service<'_>, region: &str) -> Result<String, Error> {
    resolve(service, region, Variant::default()).map(|endpoint| endpoint.signing_region)
}

/// A region becomes part of a host name that is sent signed requests, so it must be nothing else.
pub(crate) fn check_region(region: &str) -> Result<(), Error> {
    let label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = !region.is_empty()
        && region.len() <= 63
        && region.bytes().all(label)
        && !region.starts_with('-')
        && !region.ends_with('-');
    if fits {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Configuration,
        format!(
            "{region:?} is not the name of a region: expected lower-case letters, digits and \
             hyphens, such as us-east-1"
        ),
    ))
}

/// The partition whose regions are named like `region`, or AWS's own fallback, the first of all.
fn partition(region: &str) -> &'static Partition {
    let (last, others) = PARTITIONS;
    others.iter().find(|partition| partition.claims(region)).unwrap_or(last)
}

impl Partition {
    /// Whether `region` is `PREFIX-word-number`, or the partition's name and `-global`.
    fn claims(&self, region: &str) -> bool {
        let global = region.strip_suffix("-global") == Some(self.name);
        let rest = region.strip_prefix(self.region_prefix).and_then(|rest| rest.strip_prefix('-'));
        let regional = rest.and_then(|rest| rest.split_once('-')).is_some_and(|(word, number)| {
            !word.is_empty()
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        global || regional
    }
}

#[cfg(test)]
mod tests;
