//! The formats of the metadata that becomes part of a host name, a signature or a request.

use super::Metadata;
use super::rules::BAD_VALUE;
use crate::json::Reader;

/// The key of a value, the value, what messages say was expected, and whether that is what it is.
type Check<'a> = (&'a str, Option<&'a String>, &'a str, fn(&str) -> bool);

/// Reports each value in `metadata` that does not have its format.
pub(super) fn check(metadata: &Metadata, reader: &mut Reader<'_>) {
    let is_word = |text: &str| consists_of(text, "-");
    let checks: [Check<'_>; 7] = [
        ("apiVersion", Some(&metadata.api_version), "a date such as 2010-05-08", is_date),
        (
            "endpointPrefix",
            Some(&metadata.endpoint_prefix),
            "a part of a host name, such as iam: labels of lower-case letters, digits and `-`",
            is_host,
        ),
        ("protocol", Some(&metadata.protocol), "a name of letters, digits and `-`", is_word),
        (
            "serviceId",
            Some(&metadata.service_id),
            "the id of a service, such as IAM: letters, digits and spaces",
            |text| !text.trim().is_empty() && consists_of(text, " "),
        ),
        (
            "globalEndpoint",
            metadata.global_endpoint.as_ref(),
            "a host name, such as iam.amazonaws.com: labels of lower-case letters, digits and `-`",
            is_host,
        ),
        (
            "signingName",
            metadata.signing_name.as_ref(),
            "the name of a service in a signature, such as iam",
            |text| consists_of(text, "-_."),
        ),
        (
            "signatureVersion",
            metadata.signature_version.as_ref(),
            "a name of letters, digits and `-`",
            is_word,
        ),
    ];
    for (key, value, expected, accepts) in checks {
        if let Some(value) = value.filter(|value| !accepts(value)) {
            let message = format!("`metadata.{key}` is {value:?}, which is not {expected}");
            reader.error(&BAD_VALUE, &["metadata", key], message);
        }
    }
}

fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [4, 2, 2] && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn is_host(text: &str) -> bool {
    /// The longest name and the longest label that DNS has.
    const LONGEST: (usize, usize) = (253, 63);
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = |label: &str| {
        (1..=LONGEST.1).contains(&label.len())
            && label.bytes().all(known)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= LONGEST.0 && text.split('.').all(is_label)
}

/// Whether `text` has ASCII letters, digits and `marks` only, and at least one of them.
fn consists_of(text: &str, marks: &str) -> bool {
    !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || marks.contains(one))
}
