//! Authentication schemes. Signature Version 4 is the only one so far.

pub(crate) mod sigv4;
