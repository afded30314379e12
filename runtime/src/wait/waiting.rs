//! Waiters of typed requests.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::polling::{Polling, Seen, Settings};
use crate::client::{Client, RequestOptions, send_borrowed, take_output};
use crate::error::Error;
use crate::redact::Sanitizer;
use crate::schema::{Operation, Record, Waiter, sensitive_texts};

/// A waiter: calls an operation until its response says that a resource is in some state. It starts when it is awaited.
///
/// The pause between two calls, and the number of calls after which it gives up, are those of the service model unless they are set
/// here. Each call has its own retries and time limits. The result is the output of the last call; `None` if the last call failed with
/// the error for which the waiter waits, such as that a resource does not exist.
///
/// # Errors
/// - [`ErrorKind::Waiter`](crate::ErrorKind::Waiter) if the resource is in a state from which it cannot reach the other;
/// - [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) if it gives up;
/// - the error of a call that the waiter does not expect.
///
/// The message says what was last seen.
///
/// ```ignore
/// let user = users(&client).get().user_name("alice").wait_until_user_exists().await?;
/// ```
#[must_use = "a waiter does nothing until it is awaited"]
pub struct Waiting<Output> {
    client: Client,
    operation: &'static Operation<'static>,
    waiter: &'static Waiter<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    settings: Settings,
    output: std::marker::PhantomData<fn() -> Output>,
}

impl<Output: Record + 'static> Waiting<Output> {
    pub(crate) fn new(
        client: Client,
        operation: &'static Operation<'static>,
        waiter: &'static Waiter<'static>,
        options: RequestOptions,
        input: Box<dyn Record>,
    ) -> Self {
        let (settings, output) = (Settings::default(), std::marker::PhantomData);
        Self { client, operation, waiter, options, input, settings, output }
    }

    /// Sets the pause between two calls.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.settings.delay = Some(delay);
        self
    }

    /// Sets the number of calls after which it gives up.
    pub fn max_attempts(mut self, calls: u32) -> Self {
        self.settings.max_attempts = Some(calls);
        self
    }

    /// Gives up after `limit` instead of a number of calls. The last call is made at the limit.
    pub fn for_up_to(mut self, limit: Duration) -> Self {
        self.settings.limit = Some(limit);
        self
    }

    /// Waits without `async`: it blocks this thread.
    ///
    /// # Errors
    /// Those of the waiter, and [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if it is called in `async` code.
    #[cfg(feature = "blocking")]
    pub fn wait_blocking(self) -> Result<Option<Output>, Error> {
        crate::blocking::block_on(self.into_future())
    }

    async fn run(self) -> Result<Option<Output>, Error> {
        let Self { client, operation, waiter, options, input, settings, .. } = self;
        let mut polling = Polling::new(waiter, operation.name, settings);
        loop {
            let output = Arc::new(Mutex::new(Output::empty()));
            let call = send_borrowed(&client, operation, &options, &*input, output.clone());
            let (seen, output) = match polling.within(call).await? {
                Ok(status) => {
                    let output = take_output(&output);
                    let sanitizer = Sanitizer::new(sensitive_texts(operation.input, &*input), None);
                    (Seen::output(waiter, (status, &output), &sanitizer), Some(output))
                }
                Err(error) => (Seen::error(waiter, error), None),
            };
            if polling.after(seen).await? {
                return Ok(output);
            }
        }
    }
}

impl<Output: Record + 'static> IntoFuture for Waiting<Output> {
    type Output = Result<Option<Output>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<Output> fmt::Debug for Waiting<Output> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Waiting({} of {})", self.waiter.name, self.operation.name)
    }
}
