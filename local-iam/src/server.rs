//! The listener and its tasks.

use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{self, Handle};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

use crate::clock::Clock;
use crate::connection;
use crate::error::Error;
use crate::fault::Faults;
use crate::record::Journal;
use crate::signature::Credentials;
use crate::state::State;

/// The data that the connections of an endpoint share. A lock is never held across an `.await`, and
/// the locks are taken in the order of the fields.
pub(crate) struct Shared {
    pub(crate) credentials: Credentials,
    pub(crate) clock: Clock,
    pub(crate) state: Arc<Mutex<State>>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) faults: Mutex<Faults>,
}

/// A server and its address.
pub(crate) struct Started {
    pub(crate) address: SocketAddr,
    pub(crate) server: Server,
}

/// A running server. Dropping it stops the listener and all connections.
pub(crate) enum Server {
    /// On the runtime of the caller.
    Task(JoinHandle<()>),
    /// On a separate thread with its own runtime. It stops when the sender is dropped.
    Thread { stop: Option<oneshot::Sender<()>>, thread: Option<thread::JoinHandle<()>> },
}

impl Server {
    /// Serves on the current runtime.
    pub(crate) fn spawn(shared: Arc<Shared>) -> Result<Started, Error> {
        let runtime =
            Handle::try_current().map_err(|error| Error::Start(std::io::Error::other(error)))?;
        let (address, listener) = bind()?;
        let listener = TcpListener::from_std(listener).map_err(Error::Start)?;
        let server = Self::Task(runtime.spawn(accept(listener, shared)));
        Ok(Started { address, server })
    }

    /// Serves on a separate thread.
    pub(crate) fn spawn_thread(shared: Arc<Shared>) -> Result<Started, Error> {
        let (address, listener) = bind()?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(Error::Start)?;
        let listener = {
            let _entered = runtime.enter();
            TcpListener::from_std(listener).map_err(Error::Start)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = move || {
            runtime.block_on(async move {
                let server = tokio::spawn(accept(listener, shared));
                // Both a message and a dropped sender stop the server.
                let _ = stopped.await;
                server.abort();
            });
        };
        let thread = thread::Builder::new().name("local-iam".into()).spawn(serve);
        let thread = thread.map_err(Error::Start)?;
        let server = Self::Thread { stop: Some(stop), thread: Some(thread) };
        Ok(Started { address, server })
    }

    /// Stops the server, and returns after its port is closed.
    pub(crate) async fn stop(mut self) {
        if let Self::Task(task) = &mut self {
            task.abort();
            // The task was aborted, so its result has no information.
            let _ = task.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match self {
            Self::Task(task) => task.abort(),
            Self::Thread { stop, thread } => {
                drop(stop.take());
                if let Some(thread) = thread.take() {
                    // A panic of the server thread was printed when it happened.
                    let _ = thread.join();
                }
            }
        }
    }
}

fn bind() -> Result<(SocketAddr, StdListener), Error> {
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Error::Start)?;
    listener.set_nonblocking(true).map_err(Error::Start)?;
    let address = listener.local_addr().map_err(Error::Start)?;
    Ok((address, listener))
}

/// Accepts connections until the task is aborted. The connections are aborted with it.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(connection::serve(stream, Arc::clone(&shared)));
            }
            // Probably no file descriptor is available: wait until connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}
