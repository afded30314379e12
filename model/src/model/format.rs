//! The formats of the metadata that becomes part of a host name, a signature or a request.

/// The format of a string.
pub(super) struct Format {
    /// What messages say was expected.
    pub(super) expected: &'static str,
    pub(super) accepts: fn(&str) -> bool,
}

/// `2010-05-08`
pub(super) const API_VERSION: Format =
    Format { expected: "a date such as 2010-05-08", accepts: is_date };

/// `iam`, `api.sagemaker`
pub(super) const ENDPOINT_PREFIX: Format = Format {
    expected: "a part of a host name, such as iam: labels of lower-case letters, digits and `-`",
    accepts: is_host,
};

/// `iam.amazonaws.com`
pub(super) const HOST: Format = Format {
    expected: "a host name, such as iam.amazonaws.com: labels of lower-case letters, digits and `-`",
    accepts: is_host,
};

/// `iam`, `IoTSecuredTunneling`
pub(super) const SIGNING_NAME: Format = Format {
    expected: "the name of a service in a signature, such as iam",
    accepts: |text| consists_of(text, "-_."),
};

/// `IAM`, `Auto Scaling`
pub(super) const SERVICE_ID: Format = Format {
    expected: "the id of a service, such as IAM: letters, digits and spaces",
    accepts: |text| !text.trim().is_empty() && consists_of(text, " "),
};

/// `query`, `rest-json`, `v4`
pub(super) const WORD: Format = Format {
    expected: "a name of letters, digits and `-`",
    accepts: |text| consists_of(text, "-"),
};

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
