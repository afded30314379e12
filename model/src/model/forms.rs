//! The forms that the texts of a service model must have where they become part of a host's name, a
//! signature or a request.

/// What a text must look like.
pub(super) struct Form {
    /// What messages say was expected.
    pub(super) expected: &'static str,
    pub(super) accepts: fn(&str) -> bool,
}

/// `2010-05-08`
pub(super) const API_VERSION: Form =
    Form { expected: "a date such as 2010-05-08", accepts: is_date };

/// `iam`, `api.sagemaker`
pub(super) const ENDPOINT_PREFIX: Form = Form {
    expected: "a part of a host name, such as iam: labels of lower-case letters, digits and `-`",
    accepts: is_host,
};

/// `iam.amazonaws.com`
pub(super) const HOST: Form = Form {
    expected: "a host name, such as iam.amazonaws.com: labels of lower-case letters, digits and `-`",
    accepts: is_host,
};

/// `iam`, `IoTSecuredTunneling`
pub(super) const SIGNING_NAME: Form = Form {
    expected: "the name of a service in a signature, such as iam",
    accepts: is_signing_name,
};

/// `IAM`, `Auto Scaling`
pub(super) const SERVICE_ID: Form = Form {
    expected: "the id of a service, such as IAM: letters, digits and blanks",
    accepts: is_service_id,
};

/// `query`, `rest-json`, `v4`
pub(super) const WORD: Form =
    Form { expected: "a name of letters, digits and `-`", accepts: is_word };

fn is_date(text: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(*parts, [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
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

fn is_signing_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn is_service_id(text: &str) -> bool {
    !text.trim().is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
