//! The endpoint's clock, and the formats of times in requests and responses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::format_description::{self, well_known};
use time::{OffsetDateTime, PrimitiveDateTime};

/// The format of `X-Amz-Date`: 20150830T123600Z.
const AMZ_DATE: &str = "[year][month][day]T[hour][minute][second]Z";

/// The clock that was passed to the builder, and the time that `advance` added for one-time codes.
#[derive(Clone)]
pub(crate) struct Clock {
    source: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    advanced_seconds: Arc<AtomicU64>,
}

impl Clock {
    pub(crate) fn new(source: Arc<dyn Fn() -> SystemTime + Send + Sync>) -> Self {
        Self { source, advanced_seconds: Arc::default() }
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.source)()
    }

    /// The time for one-time codes, in seconds since 1970.
    pub(crate) fn one_time_code_seconds(&self) -> u64 {
        let seconds = self.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        seconds.saturating_add(self.advanced_seconds.load(Ordering::Relaxed))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.advanced_seconds.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}

/// Moves a time by a signed number of seconds, as far as the platform can represent it.
pub(crate) fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 { time.checked_sub(by) } else { time.checked_add(by) }.unwrap_or(time)
}

/// Formats a time as RFC 3339 with seconds and `Z`, as IAM does.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    whole_seconds(time).format(&well_known::Rfc3339).unwrap_or_default()
}

/// Formats a time for the HTTP header `Date`.
pub(crate) fn http_date(time: SystemTime) -> String {
    // RFC 2822 differs from the format of HTTP only in the time zone.
    let formatted = whole_seconds(time).format(&well_known::Rfc2822).unwrap_or_default();
    formatted.replace("+0000", "GMT")
}

/// Formats a time for the header `X-Amz-Date`.
pub(crate) fn amz_date(time: SystemTime) -> String {
    format_description::parse_borrowed::<2>(AMZ_DATE)
        .ok()
        .and_then(|form| whole_seconds(time).format(&form).ok())
        .unwrap_or_default()
}

/// Parses the header `X-Amz-Date`. Returns `None` if it has another format.
pub(crate) fn parse_amz_date(text: &str) -> Option<SystemTime> {
    let form = format_description::parse_borrowed::<2>(AMZ_DATE).ok()?;
    Some(PrimitiveDateTime::parse(text, &form).ok()?.assume_utc().into())
}

fn whole_seconds(time: SystemTime) -> OffsetDateTime {
    let time = OffsetDateTime::from(time);
    time.replace_nanosecond(0).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_formatted_for_documents_and_headers() {
        let time = UNIX_EPOCH + Duration::from_millis(1_440_938_160_250);
        assert_eq!(rfc3339(time), "2015-08-30T12:36:00Z");
        assert_eq!(http_date(time), "Sun, 30 Aug 2015 12:36:00 GMT");
        assert_eq!(amz_date(time), "20150830T123600Z");
        assert_eq!(
            parse_amz_date("20150830T123600Z"),
            Some(UNIX_EPOCH + Duration::from_mins(24_015_636))
        );
        assert_eq!(parse_amz_date("2015-08-30T12:36:00Z"), None);
    }
}
