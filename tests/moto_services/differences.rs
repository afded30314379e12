//! Responses of moto that cannot be decoded.

const BOOLEAN: &str = "moto sends a boolean for a string";
const TIME: &str = "moto sends a time that is not in the format of the protocol";
const EVENTS: &str = "event streams are not decoded yet";
const NOT_XML: &str = "moto sends the object instead of an XML document";

/// Service and operation, each with the reason.
pub(crate) const DIFFERENCES: &[(&str, &str)] = &[
    ("directconnect CreateConnection", BOOLEAN),
    ("directconnect CreateLag", BOOLEAN),
    ("directconnect DescribeConnections", BOOLEAN),
    ("directconnect DescribeLags", BOOLEAN),
    ("kafka DescribeCluster", TIME),
    ("kafka DescribeClusterV2", TIME),
    ("kafka ListClusters", TIME),
    ("kafka ListClustersV2", TIME),
    ("logs StartLiveTail", EVENTS),
    ("ram ListPermissions", TIME),
    ("s3 GetObjectRetention", NOT_XML),
    ("s3 ListObjectAnnotations", NOT_XML),
    ("shield DescribeSubscription", TIME),
];
