//! The names of `pagesmith` that emitted code speaks of, and nothing behind them; see `emit_docs.rs`.

pub struct Client;
pub struct Error;
impl Error {
    pub fn details() {}
}
pub enum ErrorKind {
    Configuration,
}
pub struct Given;
pub struct Missing;
pub struct Sending<Output>(Output);
pub struct Pages<Output>(Output);
pub struct Rows<Output>(Output);
pub struct BlockingRows<Output>(Output);
pub struct Sensitive<T>(T);
pub struct SerialNumber;
pub trait Listing {
    type Row;
    fn into_rows(self) -> Vec<Self::Row>;
}
pub mod time {
    pub struct OffsetDateTime;
}
/// The macro gives nothing that is documented.
#[macro_export]
macro_rules! __nothing {
    ($($any:tt)*) => {};
}
pub trait ErrorDetails {
    const CODE: &'static str;
    fn shape() -> &'static runtime::Shape<'static>;
}
pub mod runtime {
    pub use crate::__nothing as builder;
    pub use crate::__nothing as open_enum;
    pub use crate::__nothing as record;
    pub use crate::__nothing as request;
    pub use crate::__nothing as serde_by_table;
    pub struct Call<Input, State = ()>(Input, State);
    pub struct Service<'a> {
        pub id: &'a str,
        pub endpoint_prefix: &'a str,
        pub signing_name: &'a str,
        pub api_version: &'a str,
    }
    pub struct Operation<'a>(&'a str);
    pub struct Shape<'a>(&'a str);
    pub struct Member<'a>(&'a str);
    pub enum Target<'a> {
        Scalar,
        PercentEncoded,
        Timestamp(TimestampFormat),
        Structure(&'a Shape<'a>),
    }
    pub enum TimestampFormat {
        Iso8601,
        UnixTimestamp,
        Rfc822,
    }
    pub enum Data<'a> {
        Text(&'a str),
    }
    pub enum Slot<'a> {
        Text(&'a mut dyn Text),
    }
    pub trait Value {
        fn data(&self) -> Data<'_>;
        fn slot(&mut self) -> Slot<'_>;
        fn empty() -> Self
        where
            Self: Sized;
    }
    pub trait Text {
        fn set(&mut self, text: &str);
    }
    pub fn block_on() {}
}
