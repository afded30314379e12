//! The XML documents of the AWS Query protocol.

use quick_xml::escape::escape;

use crate::error::Refusal;

/// The namespace of IAM's documents.
const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

/// What a client that was written for an older service must skip.
const UNKNOWN_MEMBER: &str =
    "<UnknownMember><Inner kind=\"new\">1</Inner><!-- a comment --></UnknownMember>";

/// One member of an answer.
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

/// The document of a success. `result` is `None` for the operations that return nothing.
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

/// The document of a refusal. IAM blames itself (`Receiver`) for statuses from 500.
pub(crate) fn error(refusal: &Refusal, request_id: &str, unknown_members: bool) -> String {
    let text = format!("<ErrorResponse xmlns=\"{NAMESPACE}\">");
    let mut xml = Xml { text, unknown_members };
    let blamed = if refusal.status() < 500 { "Sender" } else { "Receiver" };
    let members = [
        Node::text("Type", blamed),
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

/// Replaces the characters that no XML 1.0 document can hold, even escaped.
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
