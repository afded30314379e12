//! Faults on demand.

use std::collections::VecDeque;
use std::time::Duration;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use crate::error::Refusal;

/// Something that goes wrong with the next requests that it matches.
///
/// Made by one of its constructors, narrowed by [`on`](Self::on) and repeated by
/// [`times`](Self::times). Each request meets at most one fault: the first in the queue that
/// matches it. Faults that replace the answer wholesale (the refusals, [`redirect`](Self::redirect),
/// [`stall`](Self::stall) and the resets before processing) leave the account as it was; the others
/// spoil or delay the answer to an operation that did run.
///
/// # Example
///
/// ```
/// use local_iam::Fault;
///
/// let busy = Fault::service_unavailable().html().retry_after(2).times(3);
/// let lost_answer = Fault::reset_after_processing().on("EnableMFADevice");
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) body: Body,
    pub(crate) retry_after: Option<u64>,
    action: Option<String>,
    remaining: usize,
}

/// What goes wrong.
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

/// The form of a refusal's body.
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

    /// A refusal with this HTTP status, error code and message.
    #[must_use]
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Kind::Refuse(Refusal::new(status, code.into(), message)))
    }

    /// HTTP 307 to another address. The body is empty.
    #[must_use]
    pub fn redirect(url: impl Into<String>) -> Self {
        Self::new(Kind::Redirect(url.into()))
    }

    /// The operation runs at once, and the answer comes after this time.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::new(Kind::Delay(by))
    }

    /// Nothing runs and no answer ever comes; the connection stays open until the client leaves.
    #[must_use]
    pub fn stall() -> Self {
        Self::new(Kind::Stall)
    }

    /// The connection is reset (TCP RST) as soon as a request arrives, before any of it is read.
    ///
    /// The action of an unread request is unknown. With [`on`](Self::on), or behind another fault
    /// that waits for another action, the request is therefore read, and then reset without being
    /// processed.
    #[must_use]
    pub fn reset_before_read() -> Self {
        Self::new(Kind::ResetBeforeRead)
    }

    /// The request is read and not processed, and the connection is reset (TCP RST).
    #[must_use]
    pub fn reset_before_processing() -> Self {
        Self::new(Kind::ResetBeforeProcessing)
    }

    /// The request is read and processed, and the connection is reset (TCP RST) in place of the
    /// answer.
    #[must_use]
    pub fn reset_after_processing() -> Self {
        Self::new(Kind::ResetAfterProcessing)
    }

    /// The connection closes in the middle of the body.
    #[must_use]
    pub fn truncated_body() -> Self {
        Self::new(Kind::TruncatedBody)
    }

    /// The header `Content-Length` tells half of the true length.
    #[must_use]
    pub fn wrong_content_length() -> Self {
        Self::new(Kind::WrongContentLength)
    }

    /// The body goes on until the client hangs up.
    #[must_use]
    pub fn endless_body() -> Self {
        Self::new(Kind::EndlessBody)
    }

    /// The document breaks off inside an element, with a right `Content-Length`.
    #[must_use]
    pub fn malformed_xml() -> Self {
        Self::new(Kind::MalformedXml)
    }

    /// The answer has its status and headers, and no body.
    #[must_use]
    pub fn empty_body() -> Self {
        Self::new(Kind::EmptyBody)
    }

    /// The endpoint's clock is off by this many seconds, negative for the past: for the header
    /// `Date` and for the check of signatures, so that from 15 minutes on a request with the right
    /// date is refused.
    #[must_use]
    pub fn wrong_date(seconds: i64) -> Self {
        Self::new(Kind::WrongDate(seconds))
    }

    /// The answer lacks the header with the identifier of the request.
    #[must_use]
    pub fn missing_request_id() -> Self {
        Self::new(Kind::MissingRequestId)
    }

    /// The structures of the answer have members that no service model knows.
    #[must_use]
    pub fn extra_members() -> Self {
        Self::new(Kind::ExtraMembers)
    }

    /// Strikes only requests with this action, for example `EnableMFADevice`.
    #[must_use]
    pub fn on(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Strikes this many requests instead of one.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.remaining = times;
        self
    }

    /// Adds the header `Retry-After` with this many seconds, to whatever answer there is.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Gives a refusal a page of HTML in place of the document, as a proxy would.
    #[must_use]
    pub fn html(mut self) -> Self {
        self.body = Body::Html;
        self
    }

    /// Gives a refusal no body.
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

/// What is decided when a request arrives and nothing of it is read yet.
pub(crate) enum OnArrival {
    Reset,
    /// Read on; the fault drawn by chance for this request, if any.
    Read(Option<Fault>),
}

/// The faults that wait for their requests.
#[derive(Default)]
pub(crate) struct Faults {
    queue: VecDeque<Fault>,
    chance: Option<Chance>,
}

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) {
        if fault.remaining > 0 {
            self.queue.push_back(fault);
        }
    }

    pub(crate) fn inject_random(&mut self, seed: u64, probability: f64) {
        // A probability that is none would make the generator panic.
        let probability = if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) };
        let generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        self.chance = Some(Chance { generator, probability });
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn on_arrival(&mut self) -> OnArrival {
        if self.queue.front().is_some_and(Fault::resets_any_before_read) {
            self.take(0);
            return OnArrival::Reset;
        }
        match self.chance.as_mut().and_then(Chance::draw) {
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

/// Faults by chance, the same for the same seed and order of requests.
struct Chance {
    generator: Xoshiro256PlusPlus,
    probability: f64,
}

impl Chance {
    /// The faults that a client which retries can survive, and that pass quickly.
    const MENU: [fn() -> Fault; 7] = [
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
        let index = self.generator.random_range(0..Self::MENU.len());
        Self::MENU.get(index).map(|fault| fault())
    }
}
