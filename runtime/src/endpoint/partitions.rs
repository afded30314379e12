//! AWS's partitions: the facts of botocore's `partitions.json`, version 1.1.

/// A partition: regions with common DNS suffixes.
#[derive(Debug)]
pub(crate) struct Partition {
    pub(crate) name: &'static str,
    /// Its regions are `PREFIX-word-number` with one of these prefixes.
    region_prefixes: &'static [&'static str],
    pub(crate) dns_suffix: &'static str,
    pub(crate) dual_stack_suffix: &'static str,
    pub(crate) supports_fips: bool,
    pub(crate) supports_dual_stack: bool,
    /// The region of the control plane of global services.
    pub(crate) implicit_global_region: &'static str,
}

/// Also the partition of regions that belong to no partition.
const AWS: Partition = Partition {
    name: "aws",
    region_prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    dns_suffix: "amazonaws.com",
    dual_stack_suffix: "api.aws",
    supports_fips: true,
    supports_dual_stack: true,
    implicit_global_region: "us-east-1",
};

static PARTITIONS: [Partition; 8] = [
    AWS,
    Partition {
        name: "aws-cn",
        region_prefixes: &["cn"],
        dns_suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        implicit_global_region: "cn-northwest-1",
        ..AWS
    },
    Partition {
        name: "aws-eusc",
        region_prefixes: &["eusc-de"],
        dns_suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
        implicit_global_region: "eusc-de-east-1",
        ..AWS
    },
    Partition {
        name: "aws-iso",
        region_prefixes: &["us-iso"],
        dns_suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
        implicit_global_region: "us-iso-east-1",
        ..AWS
    },
    Partition {
        name: "aws-iso-b",
        region_prefixes: &["us-isob"],
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
        implicit_global_region: "us-isob-east-1",
        ..AWS
    },
    Partition {
        name: "aws-iso-e",
        region_prefixes: &["eu-isoe"],
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        implicit_global_region: "eu-isoe-west-1",
        ..AWS
    },
    Partition {
        name: "aws-iso-f",
        region_prefixes: &["us-isof"],
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
        implicit_global_region: "us-isof-south-1",
        ..AWS
    },
    Partition {
        name: "aws-us-gov",
        region_prefixes: &["us-gov"],
        dns_suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        implicit_global_region: "us-gov-west-1",
        ..AWS
    },
];

/// The partition of `region`.
pub(crate) fn partition(region: &str) -> &'static Partition {
    PARTITIONS.iter().find(|partition| partition.contains(region)).unwrap_or(&AWS)
}

impl Partition {
    /// Whether `region` is `PREFIX-word-number`, or the partition's name and `-global`.
    ///
    /// `partitions.json` lists regions too. All that it lists have one of these forms.
    fn contains(&self, region: &str) -> bool {
        region.strip_suffix("-global") == Some(self.name)
            || self.region_prefixes.iter().any(|prefix| is_regional(region, prefix))
    }
}

fn is_regional(region: &str, prefix: &str) -> bool {
    let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    rest.and_then(|rest| rest.split_once('-')).is_some_and(|(word, number)| {
        !word.is_empty()
            && !number.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests;
