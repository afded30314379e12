//! Faults that tests inject.

use std::collections::VecDeque;
use std::time::Duration;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use crate::error::Refusal;

/// A fault that affects the next requests that it matches.
///
/// Create a fault with one of the constructors. [`on`](Self::on) restricts it to one action, and
/// [`times`](Self::times) repeats it. A request is affected by at most one fault: the first in the
/// queue that matches it. With error responses, [`redirect`](Self::redirect), [`stall`](Self::stall)
/// and resets before processing, the operation does not run. With all other faults the operation
/// runs, and the response is changed or delayed.
///
/// # Example
///
/// ```
/// use local_iam::Fault;
///
/// let busy = Fault::service_unavailable().html().retry_after(2).times(3);
/// let lost_response = Fault::reset_after_processing().on("EnableMFADevice");
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) body: Body,
    pub(crate) retry_after: Option<u64>,
    action: Option<String>,
    remaining: usize,
}

/// The kind of a fault.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Refuse(Refusal),
    Redirect(String),
    Delay(Duration),
    Stall,
    ResetBeforeRead,
    ResetBeforeProcessing,
    ResetAfterProcessing,
    TruncatedBody,
    WrongContentLength,
    EndlessBody,
    MalformedXml,
    EmptyBody,
    WrongDate(i64),
    MissingRequestId,
    ExtraMembers,
}

/// The kind of body of an error response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Xml,
    Html,
    Empty,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, body: Body::Xml, retry_after: None, action: None, remaining: 1 }
    }

    /// IAM's throttling: HTTP 400 with the code `Throttling` and the message "Rate exceeded".
    #[must_use]
    pub fn throttle() -> Self {
        Self::error(400, "Throttling", "Rate exceeded")
    }

    /// HTTP 503 with the code `ServiceUnavailable`.
    #[must_use]
    pub fn service_unavailable() -> Self {
        Self::error(503, "ServiceUnavailable", "Service is unable to handle request.")
    }

    /// HTTP 500 with the code `InternalFailure`.
    #[must_use]
    pub fn internal_failure() -> Self {
        let message = "The request processing has failed because of an internal error.";
        Self::error(500, "InternalFailure", message)
    }

    /// An error response with this HTTP status, error code and message.
    #[must_use]
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Kind::Refuse(Refusal::new(status, code.into(), message)))
    }

    /// A redirect to another address: HTTP 307 without a body.
    #[must_use]
    pub fn redirect(url: impl Into<String>) -> Self {
        Self::new(Kind::Redirect(url.into()))
    }

    /// The operation runs immediately, and the response is sent after this time.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::new(Kind::Delay(by))
    }

    /// The operation does not run, and no response is sent. The connection stays open until the client closes
    /// it.
    #[must_use]
    pub fn stall() -> Self {
        Self::new(Kind::Stall)
    }

    /// The connection is reset (TCP RST) as soon as a request arrives, before any of it is read.
    ///
    /// The action of a request is known only after the request is read. With [`on`](Self::on), or
    /// if an earlier fault in the queue is for another action, the request is therefore read, and
    /// the connection is then reset without processing the request.
    #[must_use]
    pub fn reset_before_read() -> Self {
        Self::new(Kind::ResetBeforeRead)
    }

    /// The request is read but not processed, and the connection is reset (TCP RST).
    #[must_use]
    pub fn reset_before_processing() -> Self {
        Self::new(Kind::ResetBeforeProcessing)
    }

    /// The request is read and processed, and the connection is reset (TCP RST) instead of sending
    /// a response.
    #[must_use]
    pub fn reset_after_processing() -> Self {
        Self::new(Kind::ResetAfterProcessing)
    }

    /// The connection closes in the middle of the body.
    #[must_use]
    pub fn truncated_body() -> Self {
        Self::new(Kind::TruncatedBody)
    }

    /// The header `Content-Length` has half of the correct value.
    #[must_use]
    pub fn wrong_content_length() -> Self {
        Self::new(Kind::WrongContentLength)
    }

    /// The body continues until the client disconnects.
    #[must_use]
    pub fn endless_body() -> Self {
        Self::new(Kind::EndlessBody)
    }

    /// The document ends inside an element. `Content-Length` is correct.
    #[must_use]
    pub fn malformed_xml() -> Self {
        Self::new(Kind::MalformedXml)
    }

    /// The response has its status and headers, but no body.
    #[must_use]
    pub fn empty_body() -> Self {
        Self::new(Kind::EmptyBody)
    }

    /// The endpoint's clock is wrong by this number of seconds, for the header `Date` and for the
    /// check of signatures. A negative number is in the past. From 15 minutes on, a request with
    /// the correct date is refused.
    #[must_use]
    pub fn wrong_date(seconds: i64) -> Self {
        Self::new(Kind::WrongDate(seconds))
    }

    /// The response does not have the header with the request id.
    #[must_use]
    pub fn missing_request_id() -> Self {
        Self::new(Kind::MissingRequestId)
    }

    /// The structures of the response have members that are not in the service model.
    #[must_use]
    pub fn extra_members() -> Self {
        Self::new(Kind::ExtraMembers)
    }

    /// Restricts the fault to requests with this action, for example `EnableMFADevice`.
    #[must_use]
    pub fn on(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Affects this number of requests instead of one.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.remaining = times;
        self
    }

    /// Adds the header `Retry-After` with this number of seconds to the response.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sends an error response with an HTML page as the body, as a proxy does.
    #[must_use]
    pub fn html(mut self) -> Self {
        self.body = Body::Html;
        self
    }

    /// Sends an error response without a body.
    #[must_use]
    pub fn without_body(mut self) -> Self {
        self.body = Body::Empty;
        self
    }

    fn matches(&self, action: &str) -> bool {
        self.action.as_deref().is_none_or(|wanted| wanted == action)
    }

    fn resets_any_before_read(&self) -> bool {
        self.action.is_none() && matches!(self.kind, Kind::ResetBeforeRead)
    }
}

/// The decision when a request arrives, before it is read.
pub(crate) enum OnArrival {
    Reset,
    /// Read the request. The value is the random fault for this request, if there is one.
    Read(Option<Fault>),
}

/// The queued faults, and the generator of random faults.
#[derive(Default)]
pub(crate) struct Faults {
    queue: VecDeque<Fault>,
    random: Option<RandomFaults>,
}

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        if fault.remaining > 0 {
            self.queue.push_back(fault);
        }
    }

    pub(crate) fn inject_random(&mut self, seed: u64, probability: f64) {
        // The generator panics if the probability is not between 0 and 1.
        let probability = if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) };
        let generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        self.random = Some(RandomFaults { generator, probability });
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn on_arrival(&mut self) -> OnArrival {
        if self.queue.front().is_some_and(Fault::resets_any_before_read) {
            self.take(0);
            return OnArrival::Reset;
        }
        match self.random.as_mut().and_then(RandomFaults::draw) {
            Some(fault) if fault.resets_any_before_read() => OnArrival::Reset,
            drawn => OnArrival::Read(drawn),
        }
    }

    /// The first queued fault for this action.
    pub(crate) fn next(&mut self, action: &str) -> Option<Fault> {
        let index = self.queue.iter().position(|fault| fault.matches(action))?;
        self.take(index)
    }

    fn take(&mut self, index: usize) -> Option<Fault> {
        let fault = self.queue.get_mut(index)?;
        fault.remaining = fault.remaining.saturating_sub(1);
        if fault.remaining == 0 { self.queue.remove(index) } else { Some(fault.clone()) }
    }
}

/// A generator of random faults, reproducible by its seed.
struct RandomFaults {
    generator: Xoshiro256PlusPlus,
    probability: f64,
}

impl RandomFaults {
    /// Faults that end quickly, and after which a retry can succeed.
    const FAULTS: [fn() -> Fault; 7] = [
        Fault::throttle,
        Fault::service_unavailable,
        Fault::internal_failure,
        Fault::reset_before_read,
        Fault::reset_before_processing,
        Fault::reset_after_processing,
        Fault::truncated_body,
    ];

    fn draw(&mut self) -> Option<Fault> {
        if !self.generator.random_bool(self.probability) {
            return None;
        }
        let index = self.generator.random_range(0..Self::FAULTS.len());
        Self::FAULTS.get(index).map(|fault| fault())
    }
}
