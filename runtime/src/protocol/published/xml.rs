//! XML documents in a form that can be compared.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// An element, or text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element { name: String, attributes: Vec<(String, String)>, children: Vec<Node> },
    Text(String),
}

/// The tree of `document`, with sorted attributes and without white space between elements; `None` if it is not well-formed.
pub(super) fn parse(document: &str) -> Option<Vec<Node>> {
    let mut reader = Reader::from_str(document);
    let mut open = vec![element(&BytesStart::new("document"))?];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                children(open.last_mut()?).push(element);
            }
            Event::End(_) => {
                let closed = without_white_space(open.pop()?);
                children(open.last_mut()?).push(closed);
            }
            Event::Text(text) => append(open.last_mut()?, &text),
            Event::GeneralRef(reference) => {
                let text = unescape(&format!("&{};", &*reference)).ok()?.into_owned();
                append(open.last_mut()?, &text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match without_white_space(open.pop()?) {
        Node::Element { children, .. } => open.is_empty().then_some(children),
        Node::Text(_) => None,
    }
}

fn element(start: &BytesStart<'_>) -> Option<Node> {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some((attribute.key.into_inner().to_owned(), value.into_owned()))
    };
    let attributes = start.attributes().map(|read| read.ok().and_then(attribute));
    let mut attributes = attributes.collect::<Option<Vec<_>>>()?;
    attributes.sort();
    let name = start.name().into_inner().to_owned();
    Some(Node::Element { name, attributes, children: Vec::new() })
}

fn children(node: &mut Node) -> &mut Vec<Node> {
    match node {
        Node::Element { children, .. } => children,
        Node::Text(_) => panic!("text has no children"),
    }
}

fn append(node: &mut Node, text: &str) {
    match children(node).last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => children(node).push(Node::Text(text.to_owned())),
    }
}

fn without_white_space(mut node: Node) -> Node {
    let all = children(&mut node);
    if all.iter().any(|child| matches!(child, Node::Element { .. })) {
        all.retain(|child| !matches!(child, Node::Text(text) if text.trim().is_empty()));
    }
    node
}
