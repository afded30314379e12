//! The record of requests and of executed operations.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use crate::form::Form;
use crate::http::find_header;

/// The maximum number of stored requests. Older requests are removed.
const MAX_REQUESTS: usize = 10_000;

/// The replacement in `Debug` for a value that must not be shown.
const REDACTED: &str = "** redacted **";

/// A request that the endpoint read, and the status of its response.
///
/// `Debug` does not show one-time codes, signatures and session tokens. The accessors return all
/// values as they were received.
#[derive(Clone)]
pub struct RecordedRequest {
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) status: Option<u16>,
    pub(crate) error_code: Option<String>,
}

impl RecordedRequest {
    /// The parameter `Action`, if there was one.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.parameter("Action")
    }

    /// The first value of a parameter of the query or the form, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All parameters, decoded, in the order in which they were received.
    #[must_use]
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// The first value of a header. The name is compared ignoring case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }

    /// All headers in the order in which they were received.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The HTTP status of the response; `None` if a fault prevented the response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The error code of the response, if it was an error of the endpoint or of a fault.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.error_code.as_deref()
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("parameters", &Pairs(&self.parameters))
            .field("headers", &Pairs(&self.headers))
            .field("status", &self.status)
            .field("error_code", &self.error_code)
            .finish()
    }
}

/// Shows pairs without the values that are secret.
struct Pairs<'a>(&'a [(String, String)]);

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(name, value)| {
                (name, if is_secret(name) { REDACTED } else { value.as_str() })
            }))
            .finish()
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("authenticationcode")
        || ["authorization", "x-amz-security-token", "x-amz-signature"].contains(&name.as_str())
}

/// How often an operation ran with one subject and, for Enable and Resync, with one pair of codes.
///
/// A request is executed if its signature is correct and no fault prevents it. Executions are
/// counted whether the operation succeeds or fails. Executions with different codes are counted
/// separately, but the codes are never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    subject: String,
    times: usize,
    succeeded: usize,
}

impl Execution {
    /// The subject of the request: its serial number, or else its user name or device name.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// How often the operation ran.
    #[must_use]
    pub fn times(&self) -> usize {
        self.times
    }

    /// How often the operation succeeded.
    #[must_use]
    pub fn succeeded(&self) -> usize {
        self.succeeded
    }
}

/// The action, the subject and the pair of codes.
type ExecutionKey = (String, String, [String; 2]);

#[derive(Default)]
pub(crate) struct Journal {
    requests: VecDeque<RecordedRequest>,
    executions: BTreeMap<ExecutionKey, (usize, usize)>,
}

impl Journal {
    pub(crate) fn record(&mut self, request: RecordedRequest) {
        if self.requests.len() == MAX_REQUESTS {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn clear_requests(&mut self) {
        self.requests.clear();
    }

    pub(crate) fn executed(&mut self, form: &Form, succeeded: bool) {
        let value = |name: &str| form.get(name).unwrap_or_default().to_owned();
        let subject = ["SerialNumber", "UserName", "VirtualMFADeviceName"]
            .iter()
            .find_map(|name| form.get(name))
            .unwrap_or_default();
        let codes = [value("AuthenticationCode1"), value("AuthenticationCode2")];
        let key = (value("Action"), subject.to_owned(), codes);
        let (times, successes) = self.executions.entry(key).or_default();
        *times += 1;
        *successes += usize::from(succeeded);
    }

    pub(crate) fn execution_count(&self, action: &str, subject: &str) -> usize {
        let first = (action.to_owned(), subject.to_owned(), <[String; 2]>::default());
        let same = |(known, about, _): &ExecutionKey| known == action && about == subject;
        self.executions
            .range(first..)
            .take_while(|(key, _)| same(key))
            .map(|(_, (times, _))| times)
            .sum()
    }

    pub(crate) fn executions(&self, action: &str) -> Vec<Execution> {
        let of_action = self.executions.iter().filter(|((known, ..), _)| known == action);
        let executions = of_action.map(|((_, subject, _), (times, succeeded))| Execution {
            subject: subject.clone(),
            times: *times,
            succeeded: *succeeded,
        });
        executions.collect()
    }
}
