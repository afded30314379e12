//! Links to AWS's own reference.

use super::table::code;
use crate::lower::{Method, Service};

/// The address of the API reference of a service, by its id. There is no rule for these addresses, so only the
/// services whose address is known are here.
const REFERENCES: [(&str, &str); 7] = [
    ("Auto Scaling", "autoscaling/ec2/APIReference"),
    ("CloudFormation", "AWSCloudFormation/latest/APIReference"),
    ("CloudWatch", "AmazonCloudWatch/latest/APIReference"),
    ("IAM", "IAM/latest/APIReference"),
    ("RDS", "AmazonRDS/latest/APIReference"),
    ("SNS", "sns/latest/api"),
    ("STS", "STS/latest/APIReference"),
];

/// The operation of `method`, with a link to AWS's reference if its address is known.
pub(crate) fn operation(service: &Service, method: &Method) -> String {
    let operation = code(&method.bound.operation);
    match link(service, &method.bound.operation) {
        Some(link) => format!("[{operation}]({link})"),
        None => operation,
    }
}

fn link(service: &Service, operation: &str) -> Option<String> {
    let service = &service.bound;
    let (_, folder) = REFERENCES.iter().find(|(id, _)| *id == service.metadata.service_id)?;
    let is_name = operation.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (service.provider == "aws" && is_name)
        .then(|| format!("https://docs.aws.amazon.com/{folder}/API_{operation}.html"))
}
