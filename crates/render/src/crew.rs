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
use documents::Pages;

/// How many finished documents, for each thread, a memoised result of Typst outlives its last use:
/// enough for what the layouts share, while the results of a single document soon leave.
/// Measured on 84 forms of 15 to 20 pages: a third faster than 0, and 130 MB where 30 took 320 MB.
const KEPT: usize = 2;

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
    kept: usize,
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
        kept: KEPT * jobs.get(),
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
            typst::comemo::evict(self.kept);
            (self.done)(index);
        }
    }

    fn print(&self, pool: &ThreadPool, index: usize) -> Result<Printed, PrintFault> {
        let pages = self.pages[index];
        guarded(&pages.layout, || pool.install(|| self.press.pdf(pages)))
    }
}

/// A panic inside Typst costs the one document.
fn guarded<T>(layout: &str, print: impl FnOnce() -> Result<T, PrintFault>) -> Result<T, PrintFault> {
    // What a panic leaves behind is dropped here; the press holds only complete results.
    panic::catch_unwind(AssertUnwindSafe(print)).unwrap_or_else(|payload| {
        let fault = format!("{layout}：排版程序内部出错：{}", cause(payload.as_ref()));
        Err(PrintFault::Layout(vec![fault]))
    })
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::pdf::proofs;

    fn jobs(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).unwrap()
    }

    #[test]
    fn the_bytes_do_not_show_how_many_threads_there_were() {
        let (templates, fonts) = proofs::desk();
        let press = Press::new(&templates, &fonts);
        let pages: Vec<Pages> =
            (1..=9).map(|at| proofs::pages("sound", &"机械工程学院".repeat(at * 40))).collect();
        let pages: Vec<&Pages> = pages.iter().collect();
        let done = Mutex::new(Vec::new());
        let printed = print_all(&press, jobs(1), &pages, &|at| done.lock().unwrap().push(at));
        assert_eq!(done.into_inner().unwrap(), [8, 7, 6, 5, 4, 3, 2, 1, 0], "the largest comes first");
        assert!(printed.iter().all(Result::is_ok));
        assert_eq!(printed[4], press.pdf(pages[4]), "results stand in the order of the documents");
        assert_eq!(printed, print_all(&press, jobs(3), &pages, &|_| ()));
        assert_eq!(printed, print_all(&press, jobs(20), &pages, &|_| ()));
    }

    #[test]
    fn a_document_at_fault_harms_no_other() {
        let (templates, fonts) = proofs::desk();
        let press = Press::new(&templates, &fonts);
        let pages =
            [proofs::pages("sound", "甲"), proofs::pages("family", "乙"), proofs::pages("sound", "丙")];
        let printed = print_all(&press, jobs(2), &pages.each_ref(), &|_| ());
        let sound: Vec<bool> = printed.iter().map(Result::is_ok).collect();
        assert_eq!(sound, [true, false, true]);
    }

    #[test]
    fn a_panic_is_the_fault_of_its_document() {
        let fault =
            guarded::<()>("forms/x/layout.typ", || std::panic::resume_unwind(Box::new("溢出"))).unwrap_err();
        let message = "forms/x/layout.typ：排版程序内部出错：溢出".to_owned();
        assert_eq!(fault, PrintFault::Layout(vec![message]));
    }
}
