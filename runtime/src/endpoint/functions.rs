//! The functions of the rule language: all that version 1.0 has, and AWS's.
//!
//! Tables refer to a function by its constant, so that a program links those that its rule sets call. Version 1.1 adds
//! `coalesce`, `split` and `ite`, which no rule set of botocore calls.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::partitions::partition;
use super::texts::Texts;
use super::url::Url;
use super::value::{Arn, Value};

/// A function of the rule language.
pub struct Function {
    /// Its name in the rule language.
    pub name: &'static str,
    /// Returns none if number or types of the arguments are wrong.
    pub(crate) call: for<'v> fn(&[Value<'v>], &'v Texts) -> Option<Value<'v>>,
}

impl fmt::Debug for Function {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Function {
    /// The function with a name of the rule language, such as `isSet`. `getAttr` is none of them: tables have it as
    /// [`Expression::Attribute`](super::rules::Expression::Attribute).
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        [
            IS_SET,
            NOT,
            BOOLEAN_EQUALS,
            STRING_EQUALS,
            SUBSTRING,
            URI_ENCODE,
            IS_VALID_HOST_LABEL,
            PARSE_URL,
            PARTITION,
            PARSE_ARN,
            IS_VIRTUAL_HOSTABLE_S3_BUCKET,
        ]
        .into_iter()
        .find(|function| function.name == name)
    }
}

/// `isSet(value)`: whether there is a value.
pub const IS_SET: &Function = &Function {
    name: "isSet",
    call: |arguments, _| match arguments {
        [value] => Some(Value::Boolean(!matches!(value, Value::Absent))),
        _ => None,
    },
};

/// `not(boolean)`.
pub const NOT: &Function = &Function {
    name: "not",
    call: |arguments, _| match arguments {
        [Value::Boolean(value)] => Some(Value::Boolean(!value)),
        _ => None,
    },
};

/// `booleanEquals(boolean, boolean)`.
pub const BOOLEAN_EQUALS: &Function = &Function {
    name: "booleanEquals",
    call: |arguments, _| match arguments {
        [Value::Boolean(one), Value::Boolean(other)] => Some(Value::Boolean(one == other)),
        _ => None,
    },
};

/// `stringEquals(text, text)`.
pub const STRING_EQUALS: &Function = &Function {
    name: "stringEquals",
    call: |arguments, _| match arguments {
        [Value::Text(one), Value::Text(other)] => Some(Value::Boolean(one == other)),
        _ => None,
    },
};

/// `substring(text, start, stop, reverse)`: absent if the text is too short, or is not ASCII. With `reverse`, positions count
/// from the end.
pub const SUBSTRING: &Function = &Function {
    name: "substring",
    call: |arguments, _| match *arguments {
        [
            Value::Text(text),
            Value::Integer(start),
            Value::Integer(stop),
            Value::Boolean(reverse),
        ] => Some(substring(text, start, stop, reverse).map_or(Value::Absent, Value::Text)),
        _ => None,
    },
};

fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || !text.is_ascii() {
        return None;
    }
    if !reverse {
        return text.get(start..stop);
    }
    let from_end = |position: usize| text.len().checked_sub(position);
    text.get(from_end(stop)?..from_end(start)?)
}

/// `uriEncode(text)`: percent-encodes all but the unreserved characters of RFC 3986.
pub const URI_ENCODE: &Function = &Function {
    name: "uriEncode",
    call: |arguments, texts| match *arguments {
        [Value::Text(text)] => {
            texts.keep_cow(Cow::from(utf8_percent_encode(text, RESERVED))).map(Value::Text)
        }
        _ => None,
    },
};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `isValidHostLabel(text, allowSubDomains)`: whether the text is a label of a host name, or labels with dots between.
pub const IS_VALID_HOST_LABEL: &Function = &Function {
    name: "isValidHostLabel",
    call: |arguments, _| match *arguments {
        [Value::Text(text), Value::Boolean(with_dots)] => {
            Some(Value::Boolean(is_label(text, with_dots)))
        }
        _ => None,
    },
};

fn is_label(text: &str, with_dots: bool) -> bool {
    if with_dots {
        return text.split('.').all(|label| is_label(label, false));
    }
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `parseURL(text)`: absent if the text is not a URL of HTTP, or has a query.
pub const PARSE_URL: &Function = &Function {
    name: "parseURL",
    call: |arguments, _| match *arguments {
        [Value::Text(text)] => Some(Url::parse(text).map_or(Value::Absent, Value::Url)),
        _ => None,
    },
};

/// `aws.partition(region)`.
pub const PARTITION: &Function = &Function {
    name: "aws.partition",
    call: |arguments, _| match *arguments {
        [Value::Text(region)] => Some(Value::Partition(partition(region))),
        _ => None,
    },
};

/// `aws.parseArn(text)`: absent if the text is not an ARN.
pub const PARSE_ARN: &Function = &Function {
    name: "aws.parseArn",
    call: |arguments, _| match *arguments {
        [Value::Text(text)] => Some(Arn::parse(text).map_or(Value::Absent, Value::Arn)),
        _ => None,
    },
};

/// `aws.isVirtualHostableS3Bucket(text, allowSubDomains)`: whether the bucket's name can be part of a host name.
pub const IS_VIRTUAL_HOSTABLE_S3_BUCKET: &Function = &Function {
    name: "aws.isVirtualHostableS3Bucket",
    call: |arguments, _| match *arguments {
        [Value::Text(bucket), Value::Boolean(with_dots)] => {
            Some(Value::Boolean(is_virtual_hostable(bucket, with_dots)))
        }
        _ => None,
    },
};

fn is_virtual_hostable(bucket: &str, with_dots: bool) -> bool {
    bucket.len() >= 3
        && is_label(bucket, with_dots)
        && !bucket.bytes().any(|byte| byte.is_ascii_uppercase())
        && !looks_like_ipv4(bucket)
}

/// Whether `text` is four groups of up to three digits.
fn looks_like_ipv4(text: &str) -> bool {
    let is_group = |group: &str| {
        (1..=3).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('.').count() == 4 && text.split('.').all(is_group)
}

#[cfg(test)]
mod tests;
