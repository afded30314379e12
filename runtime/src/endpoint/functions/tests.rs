use super::Function;
use crate::endpoint::texts::Texts;
use crate::endpoint::value::{Attribute, Value};

const ABSENT: Value<'static> = Value::Absent;
const TRUE: Value<'static> = Value::Boolean(true);
const FALSE: Value<'static> = Value::Boolean(false);

/// The result, as its debug output. None if the arguments are wrong.
fn call(name: &str, arguments: &[Value<'_>]) -> Option<String> {
    let texts = Texts::default();
    let result = (Function::named(name).unwrap().call)(arguments, &texts);
    result.map(|value| format!("{value:?}"))
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

#[track_caller]
fn assert_call(name: &str, arguments: &[Value<'_>], expected: Value<'_>) {
    assert_eq!(call(name, arguments), Some(format!("{expected:?}")), "{name}{arguments:?}");
}

/// An attribute of what a function of one argument returns.
fn attribute(name: &str, argument: &str, path: &[Attribute]) -> Option<String> {
    let texts = Texts::default();
    let value = (Function::named(name).unwrap().call)(&[text(argument)], &texts)?;
    let value =
        path.iter().try_fold(value, |value, attribute| value.attribute(*attribute, &texts))?;
    Some(format!("{value:?}"))
}

#[test]
fn logic() {
    assert_call("isSet", &[ABSENT], FALSE);
    assert_call("isSet", &[FALSE], TRUE);
    assert_call("isSet", &[text("")], TRUE);
    assert_call("not", &[FALSE], TRUE);
    assert_call("not", &[TRUE], FALSE);
    assert_call("booleanEquals", &[TRUE, TRUE], TRUE);
    assert_call("booleanEquals", &[TRUE, FALSE], FALSE);
    assert_call("stringEquals", &[text("a"), text("a")], TRUE);
    assert_call("stringEquals", &[text("a"), text("A")], FALSE);
}

#[test]
fn wrong_arguments() {
    for (name, arguments) in [
        ("isSet", &[][..]),
        ("not", &[ABSENT]),
        ("booleanEquals", &[TRUE, ABSENT]),
        ("booleanEquals", &[TRUE, text("true")]),
        ("stringEquals", &[text("a")]),
        ("stringEquals", &[text("a"), ABSENT]),
        ("substring", &[text("a"), Value::Integer(0), Value::Integer(1)]),
        ("uriEncode", &[ABSENT]),
        ("isValidHostLabel", &[text("a")]),
        ("parseURL", &[TRUE]),
        ("aws.partition", &[ABSENT]),
        ("aws.parseArn", &[ABSENT]),
        ("aws.isVirtualHostableS3Bucket", &[ABSENT, TRUE]),
    ] {
        assert_eq!(call(name, arguments), None, "{name}{arguments:?}");
    }
    assert!(Function::named("getAttr").is_none());
    assert!(Function::named("coalesce").is_none());
}

#[test]
fn substrings() {
    let substring = |input: &str, start, stop, reverse, expected: Value<'_>| {
        let (start, stop) = (Value::Integer(start), Value::Integer(stop));
        let arguments = [text(input), start, stop, Value::Boolean(reverse)];
        assert_call("substring", &arguments, expected);
    };
    substring("abcdef", 0, 4, false, text("abcd"));
    substring("abcdef", 0, 4, true, text("cdef"));
    substring("abcdef", 1, 3, true, text("de"));
    substring("abcdef", 0, 6, false, text("abcdef"));
    substring("abcdef", 0, 7, false, ABSENT);
    substring("abcdef", 0, 7, true, ABSENT);
    substring("abcdef", 2, 2, false, ABSENT);
    substring("abcdef", 3, 2, true, ABSENT);
    substring("abcdé", 0, 2, false, ABSENT);
    substring("", 0, usize::MAX, true, ABSENT);
}

#[test]
fn percent_encoding() {
    assert_call("uriEncode", &[text("aZ09-_.~")], text("aZ09-_.~"));
    let special = "/:,?#[]{}|@! $&'()*+;=%<>\"^`\\\né";
    let encoded = "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C%0A%C3%A9";
    assert_call("uriEncode", &[text(special)], text(encoded));
}

#[test]
fn host_labels() {
    let (longest, too_long) = ("a".repeat(63), "a".repeat(64));
    for (label, alone, with_dots) in [
        ("a", true, true),
        ("A-1", true, true),
        (&longest, true, true),
        ("a.b", false, true),
        ("", false, false),
        ("a..b", false, false),
        (".a", false, false),
        ("-a", false, false),
        ("a-", false, false),
        ("a.-b", false, false),
        ("a_b", false, false),
        ("é", false, false),
        ("a\n", false, false),
        (&too_long, false, false),
    ] {
        assert_call("isValidHostLabel", &[text(label), FALSE], Value::Boolean(alone));
        assert_call("isValidHostLabel", &[text(label), TRUE], Value::Boolean(with_dots));
    }
}

#[test]
fn buckets_in_hosts() {
    for (bucket, alone, with_dots) in [
        ("abc", true, true),
        ("my-bucket.1", false, true),
        ("a.b", false, true),
        ("ab", false, false),
        ("Abc", false, false),
        ("a_b", false, false),
        ("192.168.5.4", false, false),
        ("999.0.0.1", false, false),
        ("1.2.3.4.5", false, true),
        ("1920.1.1.1", false, true),
        ("a..b", false, false),
        ("evil.example/", false, false),
    ] {
        let name = "aws.isVirtualHostableS3Bucket";
        assert_call(name, &[text(bucket), FALSE], Value::Boolean(alone));
        assert_call(name, &[text(bucket), TRUE], Value::Boolean(with_dots));
    }
}

#[test]
fn arns() {
    let arn = "arn:aws:s3:us-west-2:123456789012:accesspoint:name/object//x";
    let part = |path: &[Attribute]| attribute("aws.parseArn", arn, path);
    let is = |value: Value<'_>| Some(format!("{value:?}"));
    assert_eq!(part(&[Attribute::Partition]), is(text("aws")));
    assert_eq!(part(&[Attribute::Service]), is(text("s3")));
    assert_eq!(part(&[Attribute::Region]), is(text("us-west-2")));
    assert_eq!(part(&[Attribute::AccountId]), is(text("123456789012")));
    for (index, expected) in ["accesspoint", "name", "object", "", "x"].into_iter().enumerate() {
        assert_eq!(part(&[Attribute::ResourceId, Attribute::Index(index)]), is(text(expected)));
    }
    assert_eq!(part(&[Attribute::ResourceId, Attribute::Index(5)]), is(ABSENT));
    assert_eq!(part(&[Attribute::Scheme]), None);
    assert_eq!(part(&[Attribute::Index(0)]), None);
    let bucket = "arn:aws:s3:::bucket_name";
    assert_eq!(attribute("aws.parseArn", bucket, &[Attribute::Region]), is(text("")));
    for invalid in [
        "",
        "arn:",
        "11111111-2222",
        "arn:aws:s3:::",
        "arn::s3:::b",
        "arn:aws::::b",
        "ARN:aws:s3:::b",
    ] {
        assert_call("aws.parseArn", &[text(invalid)], ABSENT);
    }
}

#[test]
fn partitions_and_urls() {
    let is = |value: Value<'_>| Some(format!("{value:?}"));
    let partition =
        |attribute_of: Attribute| attribute("aws.partition", "cn-north-1", &[attribute_of]);
    assert_eq!(partition(Attribute::Name), is(text("aws-cn")));
    assert_eq!(partition(Attribute::DnsSuffix), is(text("amazonaws.com.cn")));
    assert_eq!(partition(Attribute::DualStackDnsSuffix), is(text("api.amazonwebservices.com.cn")));
    assert_eq!(partition(Attribute::SupportsFips), is(TRUE));
    assert_eq!(partition(Attribute::SupportsDualStack), is(TRUE));
    assert_eq!(partition(Attribute::ImplicitGlobalRegion), is(text("cn-northwest-1")));
    let url = |attribute_of: Attribute| attribute("parseURL", "http://a:1/b", &[attribute_of]);
    assert_eq!(url(Attribute::Scheme), is(text("http")));
    assert_eq!(url(Attribute::Authority), is(text("a:1")));
    assert_eq!(url(Attribute::Path), is(text("/b")));
    assert_eq!(url(Attribute::NormalizedPath), is(text("/b/")));
    assert_eq!(url(Attribute::IsIp), is(FALSE));
    assert_call("parseURL", &[text("https://a?b")], ABSENT);
}

#[test]
fn names_of_attributes() {
    for name in ["name", "dnsSuffix", "supportsFIPS", "accountId", "resourceId", "normalizedPath"] {
        assert!(Attribute::named(name).is_some(), "{name}");
    }
    assert!(Attribute::named("Name").is_none());
}
