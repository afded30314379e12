//! Links to AWS's own reference.

use pagesmith_model::schema::Service;

/// Where the reference of a service's API is, by its id: AWS has no one rule for these, so that only
/// services are here whose pages are known to be there.
const REFERENCES: [(&str, &str); 7] = [
    ("Auto Scaling", "autoscaling/ec2/APIReference"),
    ("CloudFormation", "AWSCloudFormation/latest/APIReference"),
    ("CloudWatch", "AmazonCloudWatch/latest/APIReference"),
    ("IAM", "IAM/latest/APIReference"),
    ("RDS", "AmazonRDS/latest/APIReference"),
    ("SNS", "sns/latest/api"),
    ("STS", "STS/latest/APIReference"),
];

/// The page of AWS's reference on `operation`, where the rule for it is sure.
pub(super) fn link(service: &Service, operation: &str) -> Option<String> {
    let (_, folder) = REFERENCES.iter().find(|(id, _)| *id == service.metadata.service_id)?;
    let is_name = operation.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (service.provider == "aws" && is_name)
        .then(|| format!("https://docs.aws.amazon.com/{folder}/API_{operation}.html"))
}
