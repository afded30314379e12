//! Distributes work among threads.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

/// The results of `one` and `other`, which run at the same time if there is more than one core.
pub fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    std::thread::scope(|scope| {
        let beside = (cores() > 1).then(|| Builder::new().spawn_scoped(scope, &other));
        let one = one();
        match beside {
            Some(Ok(thread)) => (one, thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            // If spawning fails, this thread does it.
            Some(Err(_)) | None => (one, other()),
        }
    })
}

/// The results of `work` for `items`, in their order. Many items are distributed among as many threads as there are cores.
pub fn map<T, R>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    /// Below this a thread costs more than it saves.
    const ITEMS_A_THREAD: usize = 8;
    let threads = cores().min(items.len() / ITEMS_A_THREAD);
    let (next, work) = (&AtomicUsize::new(0), &work);
    // Each takes the next item when it is done with one: some take much longer than others.
    let share = move || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        // If spawning fails, the other threads do more.
        let workers: Vec<_> =
            (1..threads).filter_map(|_| Builder::new().spawn_scoped(scope, share).ok()).collect();
        let mut done = share();
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 7, 8, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    fn both_are_done() {
        assert_eq!(both(|| 1, || 2), (1, 2));
    }
}
