//! Time-based one-time codes (RFC 6238): six digits, steps of 30 seconds, SHA-1, as IAM uses them.

use totp_rs::{Builder, Totp};

use crate::random::SEED_LENGTH;

/// The length of a step in seconds.
const STEP_SECONDS: u64 = 30;

/// How many steps a code may lie before or after the clock.
const WINDOW_STEPS: u64 = 2;

/// The generator of one device and what of it is spent.
#[derive(Clone)]
pub(crate) struct CodeGenerator {
    totp: Totp,
    /// The last step of the last accepted pair. A code is accepted once (RFC 6238, 5.2).
    spent_through: Option<u64>,
    /// Steps by which this device's clock is ahead of the endpoint's, so that fresh codes are
    /// at hand without waiting.
    steps_ahead: u64,
}

impl CodeGenerator {
    pub(crate) fn new(seed: [u8; SEED_LENGTH]) -> Self {
        // Without account name and with 20 bytes there is nothing left for `build` to refuse.
        let totp = Builder::new().with_secret(seed).with_skew(0).build_noncompliant();
        Self { totp, spent_through: None, steps_ahead: 0 }
    }

    /// Two consecutive codes, valid now and not spent.
    ///
    /// When the pair lies in the future, the device's clock is moved on to it.
    pub(crate) fn next_pair(&mut self, seconds: u64) -> [String; 2] {
        let now = self.step(seconds);
        let first = self.spent_through.map_or(now, |spent| now.max(spent.saturating_add(1)));
        self.steps_ahead = self.steps_ahead.saturating_add(first - now);
        [self.code(first), self.code(first.saturating_add(1))]
    }

    /// Accepts two codes of consecutive, unspent steps near the clock, and spends them.
    pub(crate) fn accept(&mut self, first: &str, second: &str, seconds: u64) -> bool {
        let now = self.step(seconds);
        let earliest = now.saturating_sub(WINDOW_STEPS);
        let latest = now.saturating_add(WINDOW_STEPS);
        let found = (earliest..latest)
            .filter(|step| self.spent_through.is_none_or(|spent| *step > spent))
            .find(|step| self.is_code(first, *step) && self.is_code(second, step + 1));
        if let Some(step) = found {
            self.spent_through = Some(step + 1);
        }
        found.is_some()
    }

    fn step(&self, seconds: u64) -> u64 {
        (seconds / STEP_SECONDS).saturating_add(self.steps_ahead)
    }

    fn code(&self, step: u64) -> String {
        self.totp.generate(step.saturating_mul(STEP_SECONDS)).to_string()
    }

    fn is_code(&self, code: &str, step: u64) -> bool {
        // The comparison inside `check` takes constant time.
        self.totp.check(code, step.saturating_mul(STEP_SECONDS)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed and times of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_of_the_rfc() {
        let generator = CodeGenerator::new(*b"12345678901234567890");
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert_eq!(generator.code(seconds / STEP_SECONDS), code);
        }
    }

    #[test]
    fn a_pair_is_accepted_once_and_the_next_pair_too() {
        let mut generator = CodeGenerator::new(*b"12345678901234567890");
        for _ in 0..10 {
            let [first, second] = generator.next_pair(1_000_000);
            assert!(!generator.accept(&second, &first, 1_000_000));
            assert!(!generator.accept(&first, &first, 1_000_000));
            assert!(generator.accept(&first, &second, 1_000_000));
            assert!(!generator.accept(&first, &second, 1_000_000));
        }
    }

    #[test]
    fn the_window_is_two_steps_each_way() {
        for (seconds, accepted) in [(959, false), (960, true), (1079, true), (1080, false)] {
            let mut generator = CodeGenerator::new(*b"12345678901234567890");
            let [first, second] = generator.next_pair(990);
            assert_eq!(generator.accept(&first, &second, seconds), accepted, "{seconds}");
        }
    }
}
