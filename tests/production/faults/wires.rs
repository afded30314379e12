//! A small service in each protocol, which the feature `dynamic` calls.

use pagesmith::dynamic::{Method, Resources};
use serde_json::{Value, json};

/// A protocol, with the response of its listing.
pub(super) struct Wire {
    pub(super) name: &'static str,
    metadata: Value,
    pub(super) media_type: &'static str,
    /// The body of a listing with one device.
    pub(super) listing: Vec<u8>,
    /// The body of a response without members.
    pub(super) empty: Vec<u8>,
}

const DEVICE: &str = "<MFADevices><member><UserName>alice</UserName></member></MFADevices>";

/// All protocols.
pub(super) fn wires() -> Vec<Wire> {
    let wire = |name, metadata: Value, media_type, listing: &[u8], empty: &[u8]| Wire {
        name,
        metadata,
        media_type,
        listing: listing.to_vec(),
        empty: empty.to_vec(),
    };
    let json = br#"{"MFADevices": [{"UserName": "alice"}]}"#;
    let xml = format!("<ListMFADevicesResponse>{DEVICE}</ListMFADevicesResponse>");
    let query = format!(
        "<ListMFADevicesResponse><ListMFADevicesResult>{DEVICE}</ListMFADevicesResult></ListMFADevicesResponse>"
    );
    let cbor = [&b"\xa1\x6aMFADevices\x81\xa1\x68UserName"[..], b"\x65alice"].concat();
    let of_json = |version: &str| json!({ "protocol": "json", "jsonVersion": version, "targetPrefix": "Faults" });
    vec![
        wire(
            "query",
            json!({ "protocol": "query" }),
            "text/xml",
            query.as_bytes(),
            b"<EnableMFADeviceResponse/>",
        ),
        wire(
            "ec2",
            json!({ "protocol": "ec2" }),
            "text/xml",
            xml.as_bytes(),
            b"<EnableMFADeviceResponse/>",
        ),
        wire("json 1.0", of_json("1.0"), "application/x-amz-json-1.0", json, b"{}"),
        wire("json 1.1", of_json("1.1"), "application/x-amz-json-1.1", json, b"{}"),
        wire("rest-json", json!({ "protocol": "rest-json" }), "application/json", json, b"{}"),
        wire("rest-xml", json!({ "protocol": "rest-xml" }), "application/xml", xml.as_bytes(), b""),
        wire(
            "cbor",
            json!({ "protocol": "smithy-rpc-v2-cbor", "targetPrefix": "Faults" }),
            "application/cbor",
            &cbor,
            b"\xa0",
        ),
    ]
}

impl Wire {
    /// The method for the operation `name`.
    pub(super) fn method(&self, name: &str) -> Method {
        let operation = |name: &str, output: Option<Value>| {
            let mut operation = json!({
                "name": name, "http": { "method": "POST", "requestUri": "/" },
                "input": { "shape": "In", "locationName": "In" },
                "errors": [{ "shape": "Busy" }],
            });
            if self.metadata["protocol"].as_str().unwrap().starts_with("rest") {
                operation["http"]["requestUri"] = format!("/{name}").into();
            }
            if let Some(output) = output {
                operation["output"] = output;
            }
            operation
        };
        let list = match self.name {
            "query" => json!({ "shape": "Out", "resultWrapper": "ListMFADevicesResult" }),
            _ => json!({ "shape": "Out" }),
        };
        let mut model = json!({
            "version": "2.0",
            "metadata": {
                "apiVersion": "2026-01-01", "endpointPrefix": "faults", "serviceFullName": "Faults", "serviceId": "Faults"
            },
            "operations": {
                "ListMFADevices": operation("ListMFADevices", Some(list)),
                "EnableMFADevice": operation("EnableMFADevice", None),
            },
            "shapes": {
                "String": { "type": "string" },
                "Secret": { "type": "string", "sensitive": true },
                "Integer": { "type": "integer" },
                "Double": { "type": "double" },
                "Blob": { "type": "blob" },
                "Timestamp": { "type": "timestamp" },
                "In": { "type": "structure", "members": {
                    "UserName": { "shape": "String" }, "AuthenticationCode1": { "shape": "Secret" },
                    "AuthenticationCode2": { "shape": "Secret" }
                } },
                "Out": { "type": "structure", "members": {
                    "MFADevices": { "shape": "Devices" }, "Number": { "shape": "Integer" }, "Real": { "shape": "Double" },
                    "Bytes": { "shape": "Blob" }, "Time": { "shape": "Timestamp" }, "Tree": { "shape": "Tree" },
                    "Map": { "shape": "Map" }
                } },
                "Tree": { "type": "structure", "members": { "Tree": { "shape": "Tree" } } },
                "Map": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "String" } },
                "Devices": { "type": "list", "member": { "shape": "Device" } },
                "Device": { "type": "structure", "members": { "UserName": { "shape": "String" } } },
                "Busy": { "type": "structure", "exception": true, "error": { "httpStatusCode": 400 }, "members": {
                    "message": { "shape": "String" }, "Reason": { "shape": "String" }
                } },
            }
        });
        model["metadata"]
            .as_object_mut()
            .unwrap()
            .extend(self.metadata.as_object().unwrap().clone());
        let resources = Resources::from_model(&model.to_string(), None);
        resources.unwrap_or_else(|error| panic!("{}: {error}", self.name)).method(name).unwrap()
    }

    /// The document of a response to `action`.
    pub(super) fn document(&self, action: &str) -> &[u8] {
        if action == "ListMFADevices" { &self.listing } else { &self.empty }
    }

    /// An error with `code`, `message` and the member `Reason`, as a response.
    pub(super) fn error(&self, code: &str, message: &str) -> Vec<u8> {
        match self.media_type {
            "text/xml" | "application/xml" => format!(
                "<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message><Reason>r</Reason></Error></ErrorResponse>"
            )
            .into_bytes(),
            "application/cbor" => {
                let mut document = vec![0xa3];
                for text in ["__type", code, "message", message, "Reason", "r"] {
                    document.push(0x79);
                    document.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
                    document.extend(text.bytes());
                }
                document
            }
            _ => json!({ "__type": code, "message": message, "Reason": "r" }).to_string().into_bytes(),
        }
    }
}
