//! A REST-XML and a REST-JSON service that store objects, as generated code has them.

use pagesmith_runtime::codegen::{Binding, Http, REST_XML, Service, shape, start};
use pagesmith_runtime::{ByteStream, Client, Given};

/// Defines the module of a service. Its operations are signed as `$scheme` says.
macro_rules! service {
    ($module:ident, $protocol:expr, $id:literal) => {
        #[allow(dead_code)] // Not each test needs each method.
        pub(crate) mod $module {
            use super::*;

            static SERVICE: Service<'static> = Service::new($id, $protocol)
                .api_version("2026-01-01")
                .endpoint_prefix("objects")
                .signing_name("objects");

            /// The resource.
            pub(crate) mod objects {
                use super::*;

                pagesmith_runtime::codegen::required! {
                    KeyIsGiven: "`Key` is missing", "add `.key(…)`", "it is required";
                }

                pagesmith_runtime::codegen::request! {
                    /// Stores an object.
                    pub struct PutObject<K>: PutObjectInput = "PutObject"
                        .http(Http::new("PUT", "/objects/{Key+}")).unsigned()
                    {
                        key: String = "Key".binding(Binding::Label),
                        kind: Option<String> = "x-kind".binding(Binding::Header),
                        body: ByteStream = "Body".binding(Binding::Payload),
                    }
                }

                impl<K> PutObject<K> {
                    pub fn key(self, value: impl Into<String>) -> PutObject<Given> {
                        self.call.set(|input| input.key = value.into())
                    }

                    pub fn body(self, value: impl Into<ByteStream>) -> Self {
                        self.call.set(|input| input.body = value.into())
                    }

                    pub fn send(self) -> pagesmith_runtime::Sending<()>
                    where
                        K: required::KeyIsGiven,
                    {
                        self.call.output()
                    }
                }

                pagesmith_runtime::codegen::request_methods!(PutObject<K>, PutObjectInput);

                pagesmith_runtime::codegen::request! {
                    /// Stores an object, with a signature.
                    pub struct PutSigned: PutSignedInput = "PutSigned"
                        .http(Http::new("PUT", "/signed"))
                    {
                        body: ByteStream = "Body".binding(Binding::Payload),
                    }
                }

                impl PutSigned {
                    pub fn body(self, value: impl Into<ByteStream>) -> Self {
                        self.call.set(|input| input.body = value.into())
                    }

                    pub fn send(self) -> pagesmith_runtime::Sending<()> {
                        self.call.output()
                    }
                }

                pagesmith_runtime::codegen::request_methods!(PutSigned, PutSignedInput);

                pagesmith_runtime::codegen::request! {
                    /// Gets an object.
                    pub struct GetObject: GetObjectInput = "GetObject"
                        .http(Http::new("GET", "/object")).read_only() -> GetObjectOutput
                    {
                        version: Option<String> = "version".binding(Binding::Query),
                    }
                }

                impl GetObject {
                    pub fn send(self) -> pagesmith_runtime::Sending<GetObjectOutput> {
                        self.call.output()
                    }
                }

                pagesmith_runtime::codegen::request_methods!(GetObject, GetObjectInput);

                pagesmith_runtime::codegen::structure! {
                    /// The output of [`GetObject`].
                    #[derive(Clone)]
                    pub struct GetObjectOutput: GetObjectOutputBuilder {
                        pub kind: Option<String> = value("x-kind", String).binding(Binding::Header),
                        pub body: ByteStream = value("Body", ByteStream),
                    }
                }

                pagesmith_runtime::codegen::request! {
                    /// Deletes an object.
                    pub struct DeleteObject: DeleteObjectInput = "DeleteObject"
                        .http(Http::new("DELETE", "/object"))
                    {
                        version: Option<String> = "version".binding(Binding::Query),
                    }
                }

                impl DeleteObject {
                    pub fn send(self) -> pagesmith_runtime::Sending<()> {
                        self.call.output()
                    }
                }

                pagesmith_runtime::codegen::request_methods!(DeleteObject, DeleteObjectInput);
            }

            pub(crate) fn put(
                client: &Client,
                body: impl Into<ByteStream>,
            ) -> objects::PutObject<Given> {
                start::<objects::PutObject>(client).key("a/b").body(body)
            }

            pub(crate) fn put_signed(
                client: &Client,
                body: impl Into<ByteStream>,
            ) -> objects::PutSigned {
                start::<objects::PutSigned>(client).body(body)
            }

            pub(crate) fn get(client: &Client) -> objects::GetObject {
                start::<objects::GetObject>(client)
            }

            pub(crate) fn delete(client: &Client) -> objects::DeleteObject {
                start::<objects::DeleteObject>(client)
            }
        }
    };
}

service!(xml, REST_XML, "Xml Objects");
#[cfg(feature = "json")]
service!(json, pagesmith_runtime::codegen::REST_JSON_1, "Json Objects");

/// The payload of a streaming member needs no binding of its own.
#[test]
fn a_stream_is_the_payload() {
    let member = shape::<xml::objects::GetObjectOutput>().members[1];
    assert_eq!(member.binding, Binding::Payload);
}
