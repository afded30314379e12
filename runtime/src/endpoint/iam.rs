//! The endpoints of IAM, which is a global service.

use super::partitions::Partition;

/// IAM in one partition. The hosts are in this order: without a variant, with FIPS, with dual stack, and with both.
pub(super) struct GlobalEndpoint {
    partition: &'static str,
    pub(super) signing_region: &'static str,
    pub(super) hosts: [&'static str; 4],
}

const IAM: &[GlobalEndpoint] = &[
    GlobalEndpoint {
        partition: "aws",
        signing_region: "us-east-1",
        hosts: [
            "iam.amazonaws.com",
            "iam-fips.amazonaws.com",
            "iam.global.api.aws",
            "iam-fips.global.api.aws",
        ],
    },
    GlobalEndpoint {
        partition: "aws-cn",
        signing_region: "cn-north-1",
        hosts: [
            "iam.cn-north-1.amazonaws.com.cn",
            "iam-fips.amazonaws.com.cn",
            "iam.global.api.amazonwebservices.com.cn",
            "iam-fips.api.amazonwebservices.com.cn",
        ],
    },
    GlobalEndpoint {
        partition: "aws-us-gov",
        signing_region: "us-gov-west-1",
        hosts: [
            "iam.us-gov.amazonaws.com",
            "iam.us-gov.amazonaws.com",
            "iam.us-gov.api.aws",
            "iam.us-gov.api.aws",
        ],
    },
    GlobalEndpoint {
        partition: "aws-iso",
        signing_region: "us-iso-east-1",
        hosts: [
            "iam.us-iso-east-1.c2s.ic.gov",
            "iam-fips.us-iso-east-1.c2s.ic.gov",
            "iam.api.aws.ic.gov",
            "iam-fips.api.aws.ic.gov",
        ],
    },
    GlobalEndpoint {
        partition: "aws-iso-b",
        signing_region: "us-isob-east-1",
        hosts: [
            "iam.us-isob-east-1.sc2s.sgov.gov",
            "iam-fips.us-isob-east-1.sc2s.sgov.gov",
            "iam.api.aws.scloud",
            "iam-fips.api.aws.scloud",
        ],
    },
    GlobalEndpoint {
        partition: "aws-iso-e",
        signing_region: "eu-isoe-west-1",
        hosts: [
            "iam.eu-isoe-west-1.cloud.adc-e.uk",
            "iam-fips.cloud.adc-e.uk",
            "iam.api.cloud-aws.adc-e.uk",
            "iam-fips.api.cloud-aws.adc-e.uk",
        ],
    },
    GlobalEndpoint {
        partition: "aws-iso-f",
        signing_region: "us-isof-south-1",
        hosts: [
            "iam.us-isof-south-1.csp.hci.ic.gov",
            "iam-fips.csp.hci.ic.gov",
            "iam.api.aws.hci.ic.gov",
            "iam-fips.api.aws.hci.ic.gov",
        ],
    },
    GlobalEndpoint {
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

/// The endpoint of IAM in `partition`.
pub(super) fn in_partition(partition: &Partition) -> Option<&'static GlobalEndpoint> {
    IAM.iter().find(|endpoint| endpoint.partition == partition.name)
}
