#[cfg(feature = "dynamic")]
mod published;
mod tables;
