//! Signature Version 4 for requests with a form, with the key of the day cached.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

const SIGNED_HEADERS: &str = "content-type;host;x-amz-date";

/// The cached signing key, and the day for which it is valid.
#[derive(Default)]
pub(crate) struct Signer(Mutex<Option<(String, Arc<[u8]>)>>);

pub(crate) struct Signature {
    pub(crate) date: String,
    pub(crate) authorization: String,
}

impl Signer {
    #[inline(never)]
    pub(crate) fn sign(&self, host: &str, content_type: &str, body: &[u8]) -> Signature {
        let time = SystemTime::now();
        let now = OffsetDateTime::from(time);
        let (year, month, day) = now.to_calendar_date();
        let (hour, minute, second) = now.to_hms();
        let month = u8::from(month);
        let day = format!("{year:04}{month:02}{day:02}");
        let date = format!("{day}T{hour:02}{minute:02}{second:02}Z");
        let scope = format!("{day}/{}/iam/aws4_request", job::REGION);
        let mut canonical = format!(
            "POST\n/\n\ncontent-type:{content_type}\nhost:{host}\nx-amz-date:{date}\n\n{SIGNED_HEADERS}\n"
        );
        push_hash(&mut canonical, body);
        let mut to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n");
        push_hash(&mut to_sign, canonical.as_bytes());
        let signature = calculate_signature(&*self.key(day, time), to_sign.as_bytes());
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED_HEADERS}, \
             Signature={signature}",
            job::ACCESS_KEY_ID
        );
        Signature { date, authorization }
    }

    fn key(&self, day: String, time: SystemTime) -> Arc<[u8]> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some((cached_day, key)) if *cached_day == day => key.clone(),
            _ => {
                let key = generate_signing_key(job::SECRET_ACCESS_KEY, time, job::REGION, "iam");
                let key: Arc<[u8]> = key.as_ref().into();
                *cached = Some((day, key.clone()));
                key
            }
        }
    }
}

fn push_hash(out: &mut String, bytes: &[u8]) {
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
}
