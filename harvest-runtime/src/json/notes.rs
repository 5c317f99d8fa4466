//! Notes taken while an answer is decoded, beside its value.

use std::cell::Cell;

/// What happened while something was read.
#[derive(Clone, Copy, Default)]
pub(crate) struct Notes {
    /// A number came where something else is described, and may have had more digits. `serde_json` hands a number out as
    /// 64 bits, and its text is gone by then. This is rare enough for reading the answer a second time, by
    /// [`careful`](super::careful).
    pub rounded: bool,
    /// How often something came other than described.
    pub unexpected: u32,
}

thread_local! {
    static NOTES: Cell<Notes> = const { Cell::new(Notes { rounded: false, unexpected: 0 }) };
}

fn change(change: impl FnOnce(&mut Notes)) {
    let mut notes = NOTES.get();
    change(&mut notes);
    NOTES.set(notes);
}

/// A number of which only 64 bits are known was taken for something else.
pub(crate) fn rounded() {
    change(|notes| notes.rounded = true);
}

/// Something was not as described.
pub(crate) fn unexpected() {
    change(|notes| notes.unexpected = notes.unexpected.saturating_add(1));
}

/// Runs a function, and returns what was noted meanwhile.
pub(crate) fn watch<T>(run: impl FnOnce() -> T) -> (T, Notes) {
    let before = NOTES.take();
    let value = run();
    let notes = NOTES.replace(before);
    change(|all| all.unexpected = all.unexpected.saturating_add(notes.unexpected));
    (value, notes)
}

/// Runs a function, and counts how often something that was read meanwhile was not as described. For tests, which would
/// otherwise not notice that a model is not what the service sends: every JSON is taken.
#[doc(hidden)]
pub fn count_unexpected<T>(run: impl FnOnce() -> T) -> (T, u32) {
    let (value, notes) = watch(run);
    (value, notes.unexpected)
}
