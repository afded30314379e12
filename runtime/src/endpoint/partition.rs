//! AWS's partitions.

/// A partition: regions with common DNS suffixes.
pub(super) struct Partition {
    pub(super) name: &'static str,
    /// The prefix of its regions, before `-east-1`; empty for the fallback.
    region_prefix: &'static str,
    pub(super) dns_suffix: &'static str,
    pub(super) dual_stack_suffix: &'static str,
}

/// The fallback for regions that belong to no other partition, and the other partitions.
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

/// The partition of `region`.
pub(super) fn partition(region: &str) -> &'static Partition {
    let (fallback, others) = PARTITIONS;
    others.iter().find(|partition| partition.contains(region)).unwrap_or(fallback)
}

impl Partition {
    /// Whether `region` is `PREFIX-word-number`, or the partition's name and `-global`.
    fn contains(&self, region: &str) -> bool {
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
