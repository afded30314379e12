//! Calls without `async`, for the feature `blocking`.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;
use tokio::task::yield_now;

use crate::error::{Error, ErrorKind};
use crate::listing::{Listing, Rows};

/// Runs `call` to completion on this thread. All blocking calls of the process share one thread for their connections, so that a client
/// can be used from several threads.
///
/// This may be called from a thread without a runtime, and from code that tokio allows to block: a closure in `spawn_blocking` or
/// `block_in_place`, and a thread that has entered a runtime with `Handle::enter`. Calling it from a task or from the future of a
/// runtime's `block_on` is an error, because no other task of that thread could run. That is also detected in
/// `tokio::task::unconstrained`, with one exception: the future of a multi-threaded runtime's `block_on`, in `unconstrained` and after a
/// `block_in_place`, looks like blocking code. The call then blocks the thread of `block_on`, which runs no other task.
///
/// # Errors
/// The error of the call; [`ErrorKind::Configuration`] if this is called from `async` code, or if no thread could be started.
pub fn block_on<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if is_async() {
        return Err(Error::new(
            ErrorKind::Configuration,
            "a blocking call was made from async code; use .send().await instead, or make the call in \
             tokio::task::spawn_blocking",
        ));
    }
    let _entered = runtime()?.enter();
    let signal = Arc::new(Signal::default());
    let waker = Waker::from(signal.clone());
    let mut context = Context::from_waker(&waker);
    let mut call = pin!(call);
    loop {
        // `Runtime::block_on` would panic in the one case of async code that is not detected.
        match call.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => signal.wait(),
        }
    }
}

/// Whether tokio is polling a future on this thread.
fn is_async() -> bool {
    Handle::try_current().is_ok() && (has_limited_budget() || is_scheduled())
}

/// Whether this code has a limited number of operations before it must yield. tokio gives such a budget to each future that it polls,
/// unless it is in `unconstrained`. Blocking code has no budget. The budget is restored afterwards.
fn has_limited_budget() -> bool {
    /// Several times the budget that tokio gives, which is 128 operations.
    const OPERATIONS: usize = 1024;
    let mut context = Context::from_waker(Waker::noop());
    // When this is dropped, it restores the budget that was there before it.
    let Poll::Ready(_restore) = poll_proceed(&mut context) else { return true };
    (0..OPERATIONS).any(|_| match poll_proceed(&mut context) {
        Poll::Ready(operation) => {
            operation.made_progress();
            false
        }
        Poll::Pending => true,
    })
}

/// Whether a scheduler runs on this thread. A scheduler wakes a future that yields after the other tasks; without one, the future is
/// woken at once.
fn is_scheduled() -> bool {
    let signal = Arc::new(Signal::default());
    let waker = Waker::from(signal.clone());
    let yielded = pin!(yield_now()).poll(&mut Context::from_waker(&waker));
    yielded.is_pending() && !signal.is_set()
}

/// Signals a thread that its call can make progress.
#[derive(Default)]
struct Signal {
    set: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    fn is_set(&self) -> bool {
        *self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the signal is set, and resets it.
    fn wait(&self) {
        let set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_while(set, |set| !*set);
        *waited.unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        *self.set.lock().unwrap_or_else(PoisonError::into_inner) = true;
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
        let message = format!("could not start the thread for blocking calls: {error}; check that this process may start threads");
        Error::new(ErrorKind::Configuration, message)
    })
}

/// The rows of a listing: an `Iterator` over all its pages. It ends after an error.
#[must_use = "a listing fetches nothing before it is iterated"]
#[derive(Debug)]
pub struct BlockingRows<Output: Listing>(Rows<Output>);

impl<Output: Listing> BlockingRows<Output> {
    /// Creates an iterator over `rows`.
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
