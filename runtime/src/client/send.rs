//! Typed calls: sends a record, and reads the response into another record.
//!
//! These functions and the code that they call are compiled with this crate, and not with each crate that makes calls.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Client;
use super::request::RequestOptions;
use crate::auth::presigned::Presigned;
use crate::error::Error;
use crate::schema::{Budget, Operation, Record, Response, put_stream, sensitive_texts};

/// A call that has been started.
pub(crate) type Pending<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Sends `input` to `operation`, and reads the response into `output`.
pub(crate) fn send(
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    output: Arc<Mutex<dyn Record>>,
) -> Pending<'static> {
    Box::pin(async move { receive(&client, operation, &options, &*input, output).await })
}

/// The same with borrowed parts, which a listing keeps for its next request.
pub(crate) fn send_borrowed<'a>(
    client: &'a Client,
    operation: &'static Operation<'static>,
    options: &'a RequestOptions,
    input: &'a dyn Record,
    output: Arc<Mutex<dyn Record>>,
) -> Pending<'a> {
    Box::pin(receive(client, operation, options, input, output))
}

/// Presigns the request of `input` to `operation`.
pub(crate) fn presign(
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    expires_in: Duration,
) -> Pin<Box<dyn Future<Output = Result<Presigned, Error>> + Send>> {
    Box::pin(async move {
        let encoded = client.encode(operation, &*input)?;
        let secrets = || sensitive_texts(operation.input, &*input);
        client.presign(operation, &options, encoded, &secrets, expires_in).await
    })
}

/// Takes the output out of the mutex that the call shared with the decoder.
pub(crate) fn take_output<Output: Record>(output: &Mutex<Output>) -> Output {
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut *output, Output::empty())
}

/// The output is shared because a large response is decoded on another thread.
async fn receive(
    client: &Client,
    operation: &'static Operation<'static>,
    options: &RequestOptions,
    input: &dyn Record,
    output: Arc<Mutex<dyn Record>>,
) -> Result<(), Error> {
    let encoded = client.encode(operation, input)?;
    let secrets = || sensitive_texts(operation.input, input);
    let decoded = output.clone();
    let decode = move |response: &Response<'_>, budget: &mut Budget| {
        let mut output = decoded.lock().unwrap_or_else(PoisonError::into_inner);
        operation.service.protocol.0.decode(operation, response, &mut *output, budget)
    };
    let ((), stream) = client.execute(operation, options, encoded, &secrets, decode).await?;
    if let Some(stream) = stream {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        put_stream(operation.output_shape(), &mut *output, stream);
    }
    Ok(())
}
