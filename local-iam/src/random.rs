//! The generator of identifiers and seeds.

use data_encoding::{BASE32_NOPAD, BASE64};
use rand::rngs::{SysRng, Xoshiro256PlusPlus};
use rand::{Rng, SeedableRng};

use crate::error::Error;

/// The length of a TOTP seed in bytes: the 160 bits that RFC 4226 recommends.
pub(crate) const SEED_LENGTH: usize = 20;

/// A generator seeded by the operating system. It is not cryptographically secure, because its output
/// protects only test data.
pub(crate) struct Random(Xoshiro256PlusPlus);

impl Random {
    pub(crate) fn from_system() -> Result<Self, Error> {
        Xoshiro256PlusPlus::try_from_rng(&mut SysRng).map(Self).map_err(|_| Error::Randomness)
    }

    pub(crate) fn seed(&mut self) -> [u8; SEED_LENGTH] {
        let mut seed = [0; SEED_LENGTH];
        self.0.fill_bytes(&mut seed);
        seed
    }

    /// An identifier in the form of AWS: a prefix and 16 characters of base32.
    pub(crate) fn identifier(&mut self, prefix: &str) -> String {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        format!("{prefix}{}", BASE32_NOPAD.encode(&bytes))
    }

    /// A secret access key in the form of AWS: 40 characters of base64.
    pub(crate) fn secret_access_key(&mut self) -> String {
        let mut bytes = [0; 30];
        self.0.fill_bytes(&mut bytes);
        BASE64.encode(&bytes)
    }

    /// A random UUID (version 4).
    pub(crate) fn request_id(&mut self) -> String {
        // The fixed bits are the version (4) and the variant (binary 10).
        let high = (self.0.next_u64() & !0xF000) | 0x4000;
        let low = (self.0.next_u64() & (u64::MAX >> 2)) | (1 << 63);
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF,
        )
    }
}
