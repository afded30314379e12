//! The responses, in the form of IAM's.

use std::fmt::Write as _;

/// The listings: the user name in the request, and the number of rows. The last one is one megabyte.
const LISTINGS: [(&str, usize); 3] = [("list-1", 1), ("list-1000", 1000), ("list-1mb", 4973)];

const METHODS: [&str; 5] = ["Deactivate", "Enable", "Resync", "Tag", "Untag"];

/// All responses with their heads, each with the part of a request's body that selects it.
pub(crate) struct Responses {
    listings: Vec<(String, Response)>,
    others: Vec<(String, Response)>,
    unknown: Response,
}

struct Response {
    bytes: Vec<u8>,
    body: usize,
}

impl Responses {
    pub(crate) fn prepare() -> Self {
        let listings = LISTINGS
            .iter()
            .map(|(name, rows)| {
                (format!("UserName={name}"), Response::new("200 OK", &listing(*rows)))
            })
            .collect();
        let others = METHODS
            .iter()
            .map(|method| {
                let operation = format!("{method}MFADevice");
                (format!("Action={operation}"), Response::new("200 OK", &document(&operation, "")))
            })
            .collect();
        let unknown = Response::new(
            "400 Bad Request",
            "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>the server has \
             no response for this request</Message></Error></ErrorResponse>",
        );
        Self { listings, others, unknown }
    }

    pub(crate) fn to(&self, body: &[u8]) -> &[u8] {
        let has = |part: &str| {
            let starts = body.windows(part.len()).enumerate();
            starts.into_iter().any(|(at, window)| {
                let next = body.get(at + part.len()).copied();
                window == part.as_bytes() && matches!(next, None | Some(b'&'))
            })
        };
        let known = if has("Action=ListMFADevices") { &self.listings } else { &self.others };
        let found = known.iter().find(|(part, _)| has(part)).map(|(_, response)| response);
        &found.unwrap_or(&self.unknown).bytes
    }

    /// The sizes of the listings' bodies in bytes, as JSON.
    pub(crate) fn sizes(&self) -> String {
        let sizes = LISTINGS.iter().zip(&self.listings);
        let sizes: Vec<_> = sizes
            .map(|((name, _), (_, response))| format!("\"{name}\": {}", response.body))
            .collect();
        format!("{{{}}}", sizes.join(", "))
    }
}

impl Response {
    fn new(status: &str, body: &str) -> Self {
        let head = format!(
            "HTTP/1.1 {status}\r\nx-amzn-RequestId: 7a62c49f-347e-4fc4-9331-6e8eEXAMPLE\r\n\
             Content-Type: text/xml\r\nContent-Length: {}\r\n\
             Date: Tue, 24 Nov 2026 09:30:00 GMT\r\n\r\n",
            body.len()
        );
        Self { bytes: (head + body).into_bytes(), body: body.len() }
    }
}

fn listing(rows: usize) -> String {
    let mut result =
        "\n  <ListMFADevicesResult>\n    <IsTruncated>false</IsTruncated>\n    <MFADevices>\n"
            .to_owned();
    for row in 0..rows {
        // Writing to a string cannot fail.
        let _ = write!(
            result,
            "      <member>\n        <UserName>user{row:05}</UserName>\n        \
             <SerialNumber>arn:aws:iam::123456789012:mfa/user{row:05}</SerialNumber>\n        \
             <EnableDate>2024-05-{:02}T{:02}:{:02}:00Z</EnableDate>\n      </member>\n",
            row % 28 + 1,
            row % 24,
            row % 60,
        );
    }
    result.push_str("    </MFADevices>\n  </ListMFADevicesResult>");
    document("ListMFADevices", &result)
}

fn document(operation: &str, result: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">{result}\n  \
         <ResponseMetadata>\n    <RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId>\n  \
         </ResponseMetadata>\n</{operation}Response>\n"
    )
}
