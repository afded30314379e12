//! Time-based one-time codes (RFC 6238): six digits, steps of 30 seconds, SHA-1, as IAM uses them.

use totp_rs::{Builder, Totp};

use crate::random::SEED_LENGTH;

/// The length of a step in seconds.
const STEP_SECONDS: u64 = 30;

/// The maximum number of steps between a code and the clock.
const WINDOW_STEPS: u64 = 2;

/// The code generator of a device, and the last used step.
#[derive(Clone)]
pub(crate) struct CodeGenerator {
    totp: Totp,
    /// The last step of the last accepted pair. A code is accepted only once (RFC 6238, 5.2).
    spent_through: Option<u64>,
    /// The number of steps by which the clock of this device is ahead of the endpoint's, so that
    /// new codes are available without waiting.
    steps_ahead: u64,
}

impl CodeGenerator {
    pub(crate) fn new(seed: [u8; SEED_LENGTH]) -> Self {
        // `build` fails only for a short seed or an invalid account name.
        let totp = Builder::new().with_secret(seed).with_skew(0).build_noncompliant();
        Self { totp, spent_through: None, steps_ahead: 0 }
    }

    /// Two consecutive codes that are valid now and have not been used.
    ///
    /// If the pair is in the future, the clock of the device is advanced to it.
    pub(crate) fn next_pair(&mut self, seconds: u64) -> [String; 2] {
        let now = self.step(seconds);
        let first = self.spent_through.map_or(now, |spent| now.max(spent.saturating_add(1)));
        self.steps_ahead = self.steps_ahead.saturating_add(first - now);
        [self.code(first), self.code(first.saturating_add(1))]
    }

    /// Accepts two codes of consecutive, unused steps near the clock, and marks them as used.
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

    /// The seed and times of RFC 6238, appendix B, with six digits.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        let generator = CodeGenerator::new(*b"12345678901234567890");
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert_eq!(generator.code(seconds / STEP_SECONDS), code);
        }
    }

    #[test]
    fn each_pair_is_accepted_once() {
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
    fn codes_are_accepted_two_steps_before_and_after() {
        for (seconds, accepted) in [(959, false), (960, true), (1079, true), (1080, false)] {
            let mut generator = CodeGenerator::new(*b"12345678901234567890");
            let [first, second] = generator.next_pair(990);
            assert_eq!(generator.accept(&first, &second, seconds), accepted, "{seconds}");
        }
    }
}
