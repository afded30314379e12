//! Timestamps in the formats of the protocols.

use std::time::{Duration, SystemTime};

use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::{Date, Month, OffsetDateTime, Time};

/// The format of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, `2026-11-24T09:30:00Z`.
    Iso8601,
    /// Seconds since 1970, with a fraction if it is not zero.
    UnixTimestamp,
    /// RFC 822 as HTTP uses it, `Tue, 24 Nov 2026 09:30:00 GMT`.
    Rfc822,
}

/// Formats `time` in UTC. Returns an empty string if RFC 3339 cannot represent the year.
pub(crate) fn format(time: OffsetDateTime, format: TimestampFormat) -> String {
    let nanoseconds = time.unix_timestamp_nanos();
    // With a negative offset, the last hours of the year 9999 are in the year 10000 of UTC.
    let Ok(time) = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds) else {
        return String::new();
    };
    match format {
        TimestampFormat::Iso8601 => rfc_3339(time),
        TimestampFormat::Rfc822 => http_date(time),
        TimestampFormat::UnixTimestamp => {
            let sign = if nanoseconds < 0 { "-" } else { "" };
            let magnitude = nanoseconds.unsigned_abs();
            let fraction = fraction(magnitude % 1_000_000_000);
            format!("{sign}{}{fraction}", magnitude / 1_000_000_000)
        }
    }
}

fn rfc_3339(utc: OffsetDateTime) -> String {
    let (year, month, day) = (utc.year(), u8::from(utc.month()), utc.day());
    let (hour, minute, second) = utc.to_hms();
    // A program may have enabled the feature of `time` for years with more digits.
    if !(0..10_000).contains(&year) {
        return String::new();
    }
    let fraction = fraction(utc.nanosecond().into());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// `.5`, or an empty string for a whole second.
fn fraction(nanoseconds: u128) -> String {
    match nanoseconds {
        0 => String::new(),
        _ => format!(".{nanoseconds:09}").trim_end_matches('0').to_owned(),
    }
}

/// Parses `text` in any of the three formats, because services do not always use the format in the model. Returns `None` if it
/// has none of them.
pub(crate) fn parse(text: &str) -> Option<OffsetDateTime> {
    if let Some(time) = second_of_utc(text) {
        return Some(time);
    }
    let text = text.trim();
    parse_rfc_3339(text).or_else(|| epoch(text)).or_else(|| parse_http_date(text))
}

/// Parses `text` by RFC 3339.
pub(crate) fn parse_rfc_3339(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

/// Parses `text` if it has the form `2026-11-24T09:30:00Z`. Nearly all responses use it, and listings have one in each row, so this
/// is faster than the general parser.
fn second_of_utc(text: &str) -> Option<OffsetDateTime> {
    let &[y1, y2, y3, y4, b'-', o1, o2, b'-', d1, d2, b'T', ref clock @ ..] = text.as_bytes()
    else {
        return None;
    };
    let &[h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = clock else { return None };
    let year = i32::from(two_digits(y1, y2)?) * 100 + i32::from(two_digits(y3, y4)?);
    let month = Month::try_from(two_digits(o1, o2)?).ok()?;
    let date = Date::from_calendar_date(year, month, two_digits(d1, d2)?).ok()?;
    let time = Time::from_hms(two_digits(h1, h2)?, two_digits(m1, m2)?, two_digits(s1, s2)?);
    Some(date.with_time(time.ok()?).assume_utc())
}

fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// Clamps `time` to the years 1970 to 9999, which a signature can represent. The service rejects a signature with a clamped time.
pub(crate) fn within_bounds(time: SystemTime) -> SystemTime {
    /// The last second of the year 9999.
    const LAST: Duration = Duration::from_secs(253_402_300_799);
    time.clamp(SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + LAST)
}

/// The seconds from 1970 to `time`, which must be [within bounds](within_bounds).
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Parses a date in the format of the `Date` header.
pub(crate) fn parse_http_date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text.trim(), &Rfc2822).ok()
}

fn http_date(utc: OffsetDateTime) -> String {
    let (weekday, month) = (utc.weekday().to_string(), utc.month().to_string());
    let (hour, minute, second) = utc.to_hms();
    format!(
        "{weekday:.3}, {:02} {month:.3} {:04} {hour:02}:{minute:02}:{second:02} GMT",
        utc.day(),
        utc.year(),
    )
}

fn epoch(text: &str) -> Option<OffsetDateTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i128 = whole.parse().ok()?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    let nanoseconds: i128 = nine.parse().ok()?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let total = seconds.checked_mul(1_000_000_000)?.checked_add(sign * nanoseconds)?;
    OffsetDateTime::from_unix_timestamp_nanos(total).ok()
}

#[cfg(test)]
mod tests;
