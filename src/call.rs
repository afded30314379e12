//! A request and its response: what every generated request builder holds, and what sends it.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::client::{Answer, Client};
use crate::error::Error;
use crate::operation::Operation;
use crate::pagination::Pages;
use crate::request::RequestOptions;
use crate::shape::{Record, debug, sensitive_texts};
use crate::xml::{self, DecodeError};

/// The state of a required parameter that has been given: a type argument of request builders.
///
/// A function that takes a complete request names it. `send` of a request with all its required
/// parameters `Given` compiles.
///
#[cfg_attr(feature = "pages", doc = "```")]
#[cfg_attr(not(feature = "pages"), doc = "```ignore")]
/// use pagesmith::aws::iam_api::mfa_devices::DeactivateMfaDevice;
/// use pagesmith::{Error, Given};
///
/// async fn send(request: DeactivateMfaDevice<Given, Given>) -> Result<(), Error> {
///     request.send().await
/// }
/// ```
#[derive(Debug)]
pub struct Given(());

/// The state of a required parameter that has not been given yet: a type argument of request builders,
/// and their default.
#[derive(Debug)]
pub struct Missing(());

/// A client, an operation, and the input so far. `State` holds a type for each required parameter.
pub struct Call<Input, State = ()> {
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    /// What is sent.
    pub input: Input,
    state: PhantomData<fn() -> State>,
}

impl<Input: Record + 'static, State> Call<Input, State> {
    /// A call of `operation` with nothing given yet.
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

    /// The same call, in the state `Other`.
    #[must_use]
    pub fn retype<Other>(self) -> Call<Input, Other> {
        let Self { client, operation, options, input, state: _ } = self;
        Call { client, operation, options, input, state: PhantomData }
    }

    /// What this call sets differently from its client.
    pub fn options_mut(&mut self) -> &mut RequestOptions {
        &mut self.options
    }

    /// Sends the call to an operation that answers nothing but success.
    pub fn send(self) -> Sending<()> {
        self.sending(|operation, body| decode(operation, body, &mut Nothing))
    }

    /// Sends the call and reads its output.
    pub fn output<Output: Record>(self) -> Sending<Output> {
        self.sending(|operation, body| {
            let mut output = Output::empty();
            decode(operation, body, &mut output)?;
            Ok(output)
        })
    }

    fn sending<Output>(
        self,
        read: fn(&Operation<'_>, &[u8]) -> Result<Output, DecodeError>,
    ) -> Sending<Output> {
        let Self { client, operation, options, input, state: _ } = self;
        Sending { exchange: exchange(client, operation, options, Box::new(input)), operation, read }
    }

    /// The listing that begins with this call, page by page.
    pub fn pages<Output: Record + 'static>(self) -> Pages<Output> {
        let Self { client, operation, options, input, state: _ } = self;
        Pages::new(client, operation, options, Box::new(input))
    }
}

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

/// A request that is being sent: the future that `send` of a request builder returns. It gives the
/// output, or why there is none.
///
/// Nothing is sent before it is polled. It can be spawned, stored and named.
///
#[cfg_attr(feature = "pages", doc = "```")]
#[cfg_attr(not(feature = "pages"), doc = "```ignore")]
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
    exchange: Pin<Box<dyn Future<Output = Result<Exchanged, Error>> + Send>>,
    operation: &'static Operation<'static>,
    read: fn(&Operation<'_>, &[u8]) -> Result<Output, DecodeError>,
}

/// A response, and the input of its request, which an error of the response must not show.
struct Exchanged {
    answer: Answer,
    input: Box<dyn Record>,
}

impl<Output> Future for Sending<Output> {
    type Output = Result<Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Exchanged { answer, input } = ready!(self.exchange.as_mut().poll(context))?;
        let operation = self.operation;
        let read = (self.read)(operation, &answer.body);
        Poll::Ready(read.map_err(|problem| not_understood(&answer, operation, &*input, problem)))
    }
}

impl<Output> fmt::Debug for Sending<Output> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sending({})", self.operation.name)
    }
}

/// Sends `input` to `operation`. All of a call stands behind this pointer, so that it is compiled with this
/// crate, and not with each crate that makes calls.
fn exchange(
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
) -> Pin<Box<dyn Future<Output = Result<Exchanged, Error>> + Send>> {
    Box::pin(async move {
        let answer = answer(&client, operation, &options, &*input).await?;
        Ok(Exchanged { answer, input })
    })
}

/// Sends `input` to `operation` and reads into `output` what comes back, behind one pointer too.
pub(crate) fn receive<'a>(
    client: &'a Client,
    operation: &'a Operation<'a>,
    options: &'a RequestOptions,
    input: &'a dyn Record,
    output: &'a mut dyn Record,
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
    Box::pin(async move {
        let answer = answer(client, operation, options, input).await?;
        decode(operation, &answer.body, output)
            .map_err(|problem| not_understood(&answer, operation, input, problem))
    })
}

async fn answer(
    client: &Client,
    operation: &Operation<'_>,
    options: &RequestOptions,
    input: &dyn Record,
) -> Result<Answer, Error> {
    let encoded = client.encode(operation, input)?;
    let secrets = || sensitive_texts(operation.input, input);
    client.execute(operation, options, encoded, &secrets).await
}

fn not_understood(
    answer: &Answer,
    operation: &Operation<'_>,
    input: &dyn Record,
    problem: DecodeError,
) -> Error {
    answer.not_understood(operation.name, problem, &|| sensitive_texts(operation.input, input))
}

/// Reads into `output` what the answer `body` to `operation` says.
pub(crate) fn decode(
    operation: &Operation<'_>,
    body: &[u8],
    output: &mut dyn Record,
) -> Result<(), DecodeError> {
    let (wrapper, shape) = match &operation.output {
        Some(expected) => (Some(expected.wrapper), expected.shape),
        None => (None, NOTHING),
    };
    xml::decode(body, wrapper, shape, output).map(|_| ())
}

/// The output of an operation that has none.
struct Nothing;

/// Its table.
pub(crate) const NOTHING: &crate::shape::Shape<'static> = &crate::shape::Shape::new("Nothing", &[]);

impl Record for Nothing {
    fn member(&self, _: usize) -> Option<&dyn crate::shape::Value> {
        None
    }
    fn member_mut(&mut self, _: usize) -> Option<&mut dyn crate::shape::Value> {
        None
    }
    fn empty() -> Self {
        Self
    }
}
