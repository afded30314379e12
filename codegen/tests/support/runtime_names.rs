//! The names of `pagesmith` that emitted code speaks of, and nothing behind them; see `emit_docs.rs`.

pub struct Client;
pub struct Error;
pub enum ErrorKind {
    Configuration,
}
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
pub mod runtime {
    pub struct Call<Input>(Input);
    pub struct Given;
    pub struct Missing;
    pub struct Service<'a> {
        pub id: &'a str,
        pub endpoint_prefix: &'a str,
        pub signing_name: &'a str,
        pub api_version: &'a str,
    }
    pub struct Operation<'a>(&'a str);
    pub struct Output<'a>(&'a str);
    pub struct Pagination<'a>(&'a str);
    pub struct Shape<'a>(&'a str);
    pub struct Member<'a>(&'a str);
    pub enum Target<'a> {
        Scalar,
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
    pub trait Record {
        fn member(&self, index: usize) -> Option<&dyn Value>;
        fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
        fn empty() -> Self
        where
            Self: Sized;
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
    pub fn debug() {}
    pub fn block_on() {}
}
