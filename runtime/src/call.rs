//! The core of every generated request builder, and the future that sends it.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::auth::presigned::Presigned;
use crate::client::{Client, Pending, RequestOptions, presign, send, take_output};
use crate::error::Error;
use crate::listing::Pages;
use crate::schema::{Operation, Record, debug};

/// The state of a required parameter that has been set: a type argument of request builders.
///
/// Name it in a function that takes a complete request. `send` compiles if all required parameters are `Given`.
///
/// ```
/// use pagesmith::aws::iam_api::mfa_devices::DeactivateMfaDevice;
/// use pagesmith::{Error, Given};
///
/// async fn send(request: DeactivateMfaDevice<Given, Given>) -> Result<(), Error> {
///     request.send().await
/// }
/// ```
#[derive(Debug)]
pub struct Given(());

/// The state of a required parameter that has not been set: the default type argument of request builders.
#[derive(Debug)]
pub struct Missing(());

/// A client, an operation, and its input. `State` has a type for each required parameter.
pub struct Call<Input, State = ()> {
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    /// The input.
    pub input: Input,
    state: PhantomData<fn() -> State>,
}

impl<Input: Record + 'static, State> Call<Input, State> {
    /// Creates a call of `operation` without parameters.
    #[must_use]
    pub fn new(client: &Client, operation: &'static Operation<'static>) -> Self {
        Self {
            client: client.clone(),
            operation,
            options: RequestOptions::default(),
            input: Input::empty(),
            state: PhantomData,
        }
    }

    /// Changes the input, and the state to that of `Request`.
    #[must_use]
    pub fn set<Request: From<Call<Input, Other>>, Other>(
        self,
        set: impl FnOnce(&mut Input),
    ) -> Request {
        let Self { client, operation, options, mut input, state: _ } = self;
        set(&mut input);
        Call { client, operation, options, input, state: PhantomData }.into()
    }

    /// The settings of this call.
    pub fn options_mut(&mut self) -> &mut RequestOptions {
        &mut self.options
    }

    /// Sends the call. The output of an operation without output is `()`.
    pub fn output<Output: Record + 'static>(self) -> Sending<Output> {
        let Self { client, operation, options, input, state: _ } = self;
        let output = Arc::new(Mutex::new(Output::empty()));
        let call = send(client, operation, options, Box::new(input), output.clone());
        Sending { call, output, operation }
    }

    /// Presigns the call; see [`Presigned`].
    pub fn presign(self, expires_in: Duration) -> Presigning {
        let Self { client, operation, options, input, state: _ } = self;
        Presigning(presign(client, operation, options, Box::new(input), expires_in))
    }

    /// The pages of the listing that begins with this call.
    pub fn pages<Output: Record + 'static>(self) -> Pages<Output> {
        let Self { client, operation, options, input, state: _ } = self;
        Pages::new(client, operation, options, Box::new(input))
    }
}

/// The future that `presign` of a request builder returns. It resolves to a [`Presigned`] request or an error.
///
/// It sends nothing but what a provider of credentials sends.
#[must_use = "a request is not presigned before this future is polled: add `.await`"]
pub struct Presigning(Pin<Box<dyn Future<Output = Result<Presigned, Error>> + Send>>);

impl Future for Presigning {
    type Output = Result<Presigned, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for Presigning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Presigning")
    }
}

/// The bound of `presign` for each required parameter.
#[diagnostic::on_unimplemented(
    message = "a required parameter is not set",
    label = "set all required parameters before this call",
    note = "the error of `send()` says which parameter it is"
)]
pub trait IsGiven {}
#[diagnostic::do_not_recommend]
impl IsGiven for Given {}

impl<Input: Clone, State> Clone for Call<Input, State> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            operation: self.operation,
            options: self.options.clone(),
            input: self.input.clone(),
            state: PhantomData,
        }
    }
}

impl<Input: Record, State> fmt::Debug for Call<Input, State> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self.operation.input, &self.input, f)
    }
}

/// The future that `send` of a request builder returns. It resolves to the output or an error.
///
/// Nothing is sent before the future is polled. It can be spawned, stored and named.
///
/// ```
/// use pagesmith::{Client, Sending, aws::iam_api::mfa_devices};
///
/// fn deactivate_all(client: &Client, serials: &[String]) -> Vec<Sending<()>> {
///     let devices = mfa_devices(client);
///     let request = devices.deactivate().user_name("alice");
///     serials.iter().map(|serial| request.clone().serial_number(serial).send()).collect()
/// }
/// ```
#[must_use = "a request is not sent before this future is polled: add `.await`"]
pub struct Sending<Output> {
    call: Pending<'static>,
    output: Arc<Mutex<Output>>,
    operation: &'static Operation<'static>,
}

impl<Output: Record> Future for Sending<Output> {
    type Output = Result<Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(self.call.as_mut().poll(context))?;
        Poll::Ready(Ok(take_output(&self.output)))
    }
}

impl<Output> fmt::Debug for Sending<Output> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sending({})", self.operation.name)
    }
}
