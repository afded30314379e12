//! Calls without `async`, for feature `blocking`.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::error::{Error, ErrorKind};
use crate::pagination::{Listing, Rows};

/// Runs `call` to its end on this thread. Connections live on one thread that all such calls of the
/// process share, so that a client may be used from many.
///
/// Beside threads without a runtime, tokio's own places for blocking code may call this:
/// `spawn_blocking`, `block_in_place`, and a thread that has entered a runtime but runs no task.
/// A task, or the future of a runtime's `block_on`, must not: that would stop every other task of its thread.
/// A task is known by its budget of operations, so that what has none is not refused, and its thread is blocked:
/// a task in `tokio::task::unconstrained`, and the future of `block_on` between a `block_in_place` and its next `await`.
///
/// # Errors
/// The call's own; [`ErrorKind::Configuration`] where this is called from `async` code, whose
/// thread must not be blocked, or where no thread could be started.
pub fn block_on<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if is_async() {
        return Err(Error::new(
            ErrorKind::Configuration,
            "a blocking call was made from async code; use .send().await there, or make it in \
             tokio::task::spawn_blocking",
        ));
    }
    let _entered = runtime()?.enter();
    let signal = Arc::new(Signal::default());
    let waker = Waker::from(signal.clone());
    let mut context = Context::from_waker(&waker);
    let mut call = pin!(call);
    loop {
        // A runtime's own `block_on` would panic in a task, should one be taken for a blocking thread.
        match call.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => signal.wait(),
        }
    }
}

/// Whether tokio is polling a future on this thread. It then allows the future a number of operations before
/// it has to yield, while blocking code may have as many as it likes. So they are used up, and given back.
fn is_async() -> bool {
    /// Several times what tokio allows.
    const OPERATIONS: usize = 1024;
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    // When it is dropped, the budget is again what it was before.
    let Poll::Ready(_restored) = poll_proceed(&mut context) else { return true };
    (0..OPERATIONS).any(|_| match poll_proceed(&mut context) {
        Poll::Ready(operation) => {
            operation.made_progress();
            false
        }
        Poll::Pending => true,
    })
}

/// Wakes the thread that waits for a call.
#[derive(Default)]
struct Signal {
    woken: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    fn wait(&self) {
        let woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_while(woken, |woken| !*woken);
        *waited.unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        *self.woken.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_one();
    }
}

fn runtime() -> Result<&'static Runtime, Error> {
    static SHARED: OnceLock<Result<Runtime, std::io::Error>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("pagesmith-blocking")
            .enable_all()
            .build()
    });
    shared.as_ref().map_err(|error| {
        let message = format!("no thread could be started for blocking calls: {error}");
        Error::new(ErrorKind::Configuration, message)
    })
}

/// The rows of a listing, an `Iterator` over all its pages. It ends after an error.
#[must_use = "a listing fetches nothing until it is asked for a row"]
#[derive(Debug)]
pub struct BlockingRows<Output: Listing>(Rows<Output>);

impl<Output: Listing> BlockingRows<Output> {
    /// The rows of `rows`.
    pub fn new(rows: Rows<Output>) -> Self {
        Self(rows)
    }
}

impl<Output: Listing> Iterator for BlockingRows<Output> {
    type Item = Result<Output::Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.try_next()).transpose()
    }
}
