//! The XML documents of the AWS Query protocol.

use quick_xml::escape::escape;

use crate::error::Refusal;

/// The namespace of IAM's documents.
const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

/// Members that a client of an older API version does not know and must ignore.
const UNKNOWN_MEMBER: &str =
    "<UnknownMember><Inner kind=\"new\">1</Inner><!-- a comment --></UnknownMember>";

/// One member of a response.
pub(crate) enum Node {
    Text(&'static str, String),
    Structure(&'static str, Vec<Node>),
    /// A list: each item is a structure inside `<member>`.
    List(&'static str, Vec<Vec<Node>>),
}

impl Node {
    pub(crate) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self::Text(name, text.into())
    }
}

/// The document of a successful response. `result` is `None` for operations that return nothing.
pub(crate) fn success(
    action: &str,
    result: Option<&[Node]>,
    request_id: &str,
    unknown_members: bool,
) -> String {
    let text = format!("<{action}Response xmlns=\"{NAMESPACE}\">");
    let mut xml = Xml { text, unknown_members };
    if let Some(members) = result {
        xml.structure(&format!("{action}Result"), members);
    }
    let metadata = [Node::text("RequestId", request_id)];
    xml.structure("ResponseMetadata", &metadata);
    xml.close(&format!("{action}Response"));
    xml.text
}

/// The document of an error response. `Type` is `Receiver` for statuses of 500 and above, otherwise `Sender`.
pub(crate) fn error(refusal: &Refusal, request_id: &str, unknown_members: bool) -> String {
    let text = format!("<ErrorResponse xmlns=\"{NAMESPACE}\">");
    let mut xml = Xml { text, unknown_members };
    let error_type = if refusal.status() < 500 { "Sender" } else { "Receiver" };
    let members = [
        Node::text("Type", error_type),
        Node::text("Code", refusal.code()),
        Node::text("Message", refusal.message()),
    ];
    xml.structure("Error", &members);
    xml.node(&Node::text("RequestId", request_id));
    xml.close("ErrorResponse");
    xml.text
}

struct Xml {
    text: String,
    unknown_members: bool,
}

impl Xml {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(name, text) => {
                self.open(name);
                self.text.push_str(&escape(representable(text)));
                self.close(name);
            }
            Node::Structure(name, members) => self.structure(name, members),
            Node::List(name, items) => {
                self.open(name);
                for item in items {
                    self.structure("member", item);
                }
                self.close(name);
            }
        }
    }

    fn structure(&mut self, name: &str, members: &[Node]) {
        self.open(name);
        if self.unknown_members {
            self.text.push_str(UNKNOWN_MEMBER);
        }
        for member in members {
            self.node(member);
        }
        self.close(name);
    }

    fn open(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }
}

/// Replaces the characters that XML 1.0 does not allow, not even escaped.
fn representable(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        _ => c >= ' ',
    };
    text.chars().map(|c| if allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_representable() {
        let refusal = Refusal::validation("a<b>&\"c'\r\u{1}");
        let document = error(&refusal, "id", false);
        assert!(document.contains("<Message>a&lt;b&gt;&amp;&quot;c&apos;&#13;\u{FFFD}</Message>"));
    }
}
