//! Results kept from one build to the next, as long as their input stays the same.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Results of one plain function, one for each key. An input that equals the last one of its key gives
/// the same result without a call.
///
/// The function is given as a plain `fn`, so that it can depend on nothing but its input.
#[derive(Debug)]
pub struct Memo<Key, Input, Output> {
    work: fn(&Input) -> Output,
    kept: Mutex<HashMap<Key, Kept<Input, Output>>>,
}

#[derive(Debug)]
struct Kept<Input, Output> {
    input: Input,
    output: Arc<Output>,
    is_used: bool,
}

impl<Key: Eq + Hash + Clone, Input: Eq, Output> Memo<Key, Input, Output> {
    /// Nothing is kept yet.
    pub fn new(work: fn(&Input) -> Output) -> Self {
        Self {
            work,
            kept: Mutex::default(),
        }
    }

    /// The result for an input, worked out only when the key's last input was another.
    pub fn get(&self, key: &Key, input: Input) -> Arc<Output> {
        if let Some(kept) = self.lock().get_mut(key)
            && kept.input == input
        {
            kept.is_used = true;
            return Arc::clone(&kept.output);
        }
        let output = Arc::new((self.work)(&input));
        let kept = Kept {
            input,
            output: Arc::clone(&output),
            is_used: true,
        };
        self.lock().insert(key.clone(), kept);
        output
    }

    /// Forgets what was not asked for since the last call.
    pub fn sweep(&self) {
        let mut kept = self.lock();
        kept.retain(|_, it| it.is_used);
        for it in kept.values_mut() {
            it.is_used = false;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Kept<Input, Output>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn work_is_done_once_for_an_input_and_forgotten_when_unused() {
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        let memo: Memo<u8, String, usize> = Memo::new(|input| {
            CALLS.fetch_add(1, Ordering::Relaxed);
            input.len()
        });
        assert_eq!(*memo.get(&1, "abc".into()), 3);
        assert_eq!(*memo.get(&1, "abc".into()), 3);
        assert_eq!(CALLS.load(Ordering::Relaxed), 1);
        assert_eq!(*memo.get(&1, "ab".into()), 2);
        memo.sweep();
        memo.sweep();
        assert_eq!(*memo.get(&1, "ab".into()), 2);
        assert_eq!(CALLS.load(Ordering::Relaxed), 3);
    }
}
