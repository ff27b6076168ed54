//! The crew: several threads print documents side by side, and the result does not show how many.

use std::any::Any;
use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::pdf::{Press, PrintFault, Printed};
use crate::documents::Pages;

/// How many documents a memoised result of Typst outlives its last use.
const KEPT: usize = 0;

/// Room for deeply nested layouts, in bytes.
const STACK: usize = 16 << 20;

/// The work of one call of [`print_all`].
struct Shift<'s> {
    press: &'s Press<'s>,
    pages: &'s [&'s Pages],
    /// Indices into `pages`, the largest documents first.
    order: Vec<usize>,
    next: AtomicUsize,
    /// One slot for each document, in the order of `pages`.
    printed: Vec<OnceLock<Result<Printed, PrintFault>>>,
    done: &'s (dyn Fn(usize) + Sync),
}

/// Prints all documents on `jobs` threads; the results stand in the order of `pages`.
///
/// `done` is called with the index of each document as soon as it is finished, from the thread
/// that printed it and in no particular order. A document that fails, or on which the program
/// itself stumbles, has its fault in its own place and harms no other.
pub fn print_all(
    press: &Press<'_>,
    jobs: NonZeroUsize,
    pages: &[&Pages],
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Result<Printed, PrintFault>> {
    let shift = Shift {
        press,
        pages,
        order: largest_first(pages),
        next: AtomicUsize::new(0),
        printed: pages.iter().map(|_| OnceLock::new()).collect(),
        done,
    };
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(pages.len()) {
            // A thread that the system refuses leaves its work to the others.
            let _ = thread::Builder::new().spawn_scoped(scope, || shift.work());
        }
    });
    let idle = || Err(PrintFault::Layout(vec!["无法启动排版线程：内存或线程数不足".to_owned()]));
    shift.printed.into_iter().map(|slot| slot.into_inner().unwrap_or_else(idle)).collect()
}

impl Shift<'_> {
    /// Takes documents until none is left. Typst works in parallel itself; in a pool of one thread
    /// its tasks cannot spread over ours, which would stack up unfinished documents.
    fn work(&self) {
        let Ok(pool) = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() else {
            return;
        };
        while let Some(&index) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let printed = self.print(&pool, index);
            if let Some(slot) = self.printed.get(index) {
                let _ = slot.set(printed);
            }
            typst::comemo::evict(KEPT);
            (self.done)(index);
        }
    }

    fn print(&self, pool: &ThreadPool, index: usize) -> Result<Printed, PrintFault> {
        let pages = self.pages[index];
        panic::catch_unwind(AssertUnwindSafe(|| pool.install(|| self.press.pdf(pages)))).unwrap_or_else(
            |payload| {
                let fault = format!("{}：排版程序内部出错：{}", pages.layout, cause(payload.as_ref()));
                Err(PrintFault::Layout(vec![fault]))
            },
        )
    }
}

/// The print set takes as long as all its forms together: begun last, it would keep one thread busy
/// while the others have nothing left.
fn largest_first(pages: &[&Pages]) -> Vec<usize> {
    let size = |index: &usize| serde_json::to_vec(&pages[*index].data).map_or(0, |json| json.len());
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_cached_key(|index| Reverse(size(index)));
    order
}

fn cause(payload: &(dyn Any + Send)) -> &str {
    match payload.downcast_ref::<String>() {
        Some(text) => text,
        None => payload.downcast_ref::<&str>().copied().unwrap_or("原因不明"),
    }
}
