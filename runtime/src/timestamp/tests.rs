use proptest::prelude::*;
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::TimestampFormat::{Iso8601, Rfc822, UnixTimestamp};
use super::{format, parse, parse_http_date, second_of_utc};
use crate::schema::tests::at;

/// The start of the first year that HTTP dates can represent.
const SINCE_1900: i64 = -2_208_988_800;

#[test]
fn a_time_is_formatted_in_each_format() {
    let time = at(1_398_796_238, 0);
    assert_eq!(format(time, Iso8601), "2014-04-29T18:30:38Z");
    assert_eq!(format(time, UnixTimestamp), "1398796238");
    assert_eq!(format(time, Rfc822), "Tue, 29 Apr 2014 18:30:38 GMT");
}

#[test]
fn fractions_of_seconds_are_formatted_and_parsed() {
    for (seconds, nanoseconds, text) in [
        (0, 500_000_000, "0.5"),
        (1, 1, "1.000000001"),
        (1_398_796_238, 123_000_000, "1398796238.123"),
        (-1, 500_000_000, "-0.5"),
        (-2, 750_000_000, "-1.25"),
        (-2, 0, "-2"),
    ] {
        let time = at(seconds, nanoseconds);
        assert_eq!(format(time, UnixTimestamp), text);
        assert_eq!(parse(text), Some(time), "{text}");
    }
    let time = at(1_398_796_238, 120_000_000);
    assert_eq!(format(time, Iso8601), "2014-04-29T18:30:38.12Z");
    // HTTP dates have no fractions.
    assert_eq!(format(time, Rfc822), "Tue, 29 Apr 2014 18:30:38 GMT");
}

#[test]
fn times_with_an_offset_are_formatted_in_utc() {
    let zone = UtcOffset::from_hms(-8, 0, 0).unwrap();
    let time = at(1_398_796_238, 0).to_offset(zone);
    assert_eq!(format(time, Iso8601), "2014-04-29T18:30:38Z");
    assert_eq!(format(time, Rfc822), "Tue, 29 Apr 2014 18:30:38 GMT");
    assert_eq!(format(time, UnixTimestamp), "1398796238");
}

#[test]
fn formats_that_services_use_are_parsed() {
    let time = at(1_398_796_238, 0);
    assert_eq!(second_of_utc("2014-04-29T18:30:38Z"), Some(time));
    for text in [
        "2014-04-29T18:30:38Z",
        "2014-04-29T18:30:38+00:00",
        "2014-04-29T20:30:38+02:00",
        "2014-04-29T18:30:38.000Z",
        "1398796238",
        "1398796238.0",
        "1398796238.",
        "Tue, 29 Apr 2014 18:30:38 GMT",
        "Tue, 29 Apr 2014 18:30:38 +0000",
        "\n 2014-04-29T18:30:38Z ",
    ] {
        assert_eq!(parse(text), Some(time), "{text}");
    }
    assert_eq!(parse_http_date(" Tue, 29 Apr 2014 18:30:38 GMT "), Some(time));
    assert_eq!(parse_http_date("1398796238"), None, "a Date header has only one format");
}

#[test]
fn invalid_times_are_not_parsed() {
    for text in [
        "",
        " ",
        ".",
        "-",
        "+",
        ".5",
        "-.5",
        "1.2.3",
        "1.-2",
        "1,5",
        "1e9",
        "0x10",
        "NaN",
        "Infinity",
        "yesterday",
        "2014-04-29",
        "2014-13-29T18:30:38Z",
        "2014-04-31T18:30:38Z",
        "2014-04-29T18:30:38",
        "2014-04-29T25:30:38Z",
        "Tue, 31 Feb 2014 18:30:38 GMT",
        "1398796238 1398796238",
        "99999999999999999999999999999999999999999999",
        "-99999999999999999999",
        "253402300800",
        "170141183460469231731687303715884105727",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}

#[test]
fn the_first_and_the_last_second_are_formatted_and_parsed() {
    let last = at(253_402_300_799, 0);
    assert_eq!(format(last, Iso8601), "9999-12-31T23:59:59Z");
    assert_eq!(format(last, Rfc822), "Fri, 31 Dec 9999 23:59:59 GMT");
    let first = Date::from_calendar_date(1, Month::January, 1).unwrap().midnight().assume_utc();
    assert_eq!(format(first, Iso8601), "0001-01-01T00:00:00Z");
    assert_eq!(format(first, Rfc822), "Mon, 01 Jan 0001 00:00:00 GMT");
    for time in [first, last] {
        for format_of in [Iso8601, UnixTimestamp] {
            assert_eq!(parse(&format(time, format_of)), Some(time), "{format_of:?}");
        }
    }
    // RFC 2822 has no years before 1900.
    assert_eq!(parse(&format(first, Rfc822)), None);
    let first = at(SINCE_1900, 0);
    assert_eq!(format(first, Rfc822), "Mon, 01 Jan 1900 00:00:00 GMT");
    assert_eq!(parse(&format(first, Rfc822)), Some(first));
}

/// Times whose year in UTC is before the first or after the last, which is possible only with an offset.
#[test]
fn times_outside_the_range_of_utc_do_not_panic() {
    let (east, west) =
        (UtcOffset::from_hms(1, 0, 0).unwrap(), UtcOffset::from_hms(-1, 0, 0).unwrap());
    let beyond = PrimitiveDateTime::new(Date::MAX, Time::MAX).assume_offset(west);
    let before = PrimitiveDateTime::new(Date::MIN, Time::MIDNIGHT).assume_offset(east);
    for time in [beyond, before] {
        for format_of in [Iso8601, UnixTimestamp, Rfc822] {
            let _ = format(time, format_of);
        }
        assert_eq!(format(time, Iso8601), "");
    }
    // A response can contain such a time.
    let parsed = parse("9999-12-31T23:59:59-01:00").unwrap();
    let _ = format(parsed, Iso8601);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatted_times_are_parsed_unchanged(
        seconds in -62_135_596_800_i64..=253_402_300_799,
        nanoseconds in 0_u32..1_000_000_000,
    ) {
        let time = at(seconds, nanoseconds);
        prop_assert_eq!(format(time, Iso8601), time.format(&Rfc3339).unwrap());
        prop_assert_eq!(parse(&format(time, Iso8601)), Some(time));
        prop_assert_eq!(parse(&format(time, UnixTimestamp)), Some(time));
        let whole: OffsetDateTime = at(seconds, 0);
        if seconds >= SINCE_1900 {
            prop_assert_eq!(parse(&format(time, Rfc822)), Some(whole));
        }
    }

    /// The fast parser returns the same time as the general one, or none.
    #[test]
    fn the_fast_parser_agrees_with_the_general_one(
        near in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z",
        odd in "[0-9:]{4}-[0-9/]{2}-[0-9 ]{2}[Tt ][0-9+]{2}:[0-9]{2}[:.][0-9]{2}[Zz]",
    ) {
        for text in [near, odd] {
            let expected = OffsetDateTime::parse(&text, &Rfc3339).ok();
            if let Some(time) = second_of_utc(&text) {
                prop_assert_eq!(Some(time), expected, "{}", text);
            }
        }
    }

    #[test]
    fn parsing_and_formatting_do_not_panic(text in any::<String>(), odd in "[-+0-9.eTZ:, GMTuedan]{0,40}") {
        for text in [text, odd] {
            if let Some(time) = parse(&text) {
                let _ = (format(time, Iso8601), format(time, UnixTimestamp), format(time, Rfc822));
            }
        }
    }
}
