use http::{HeaderMap, HeaderValue};

use crate::protocol::REST_XML;
use crate::schema::tests::{EVERYTHING, Everything, nothing};
use crate::schema::{
    Binding, Budget, Http, Member, Namespace, Operation, Record, Response, Service, Shape, Target,
    Value,
};

const SERVICE: Service<'static> =
    Service::new("S", REST_XML).api_version("1").endpoint_prefix("s").signing_name("s");

const SERVICE_NAMESPACE: Namespace<'static> = Namespace { prefix: None, uri: "http://service" };

/// A record of two values.
struct Pair<A, B>(A, B);

impl<A: Value, B: Value> Record for Pair<A, B> {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        [&self.0 as &dyn Value, &self.1].get(index).copied()
    }
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match index {
            0 => Some(&mut self.0),
            _ => Some(&mut self.1),
        }
    }
    fn empty() -> Self {
        Self(A::empty(), B::empty())
    }
}

/// The body of a request, and its media type.
fn body(shape: &Shape<'_>, root: Option<&str>, input: &dyn Record) -> Result<String, String> {
    let operation = Operation::new("Put", &SERVICE, shape);
    let http = Http { root, namespace: Some(SERVICE_NAMESPACE), ..Http::new("PUT", "/") };
    let operation = Operation { http, ..operation };
    let sent = REST_XML.0.encode(&operation, input, &|| String::from("token"))?;
    let has_type = sent.headers.iter().any(|(_, value)| value == "application/xml");
    assert_eq!(has_type, !sent.body.is_empty());
    Ok(String::from_utf8(sent.body.as_bytes().unwrap().to_vec()).unwrap())
}

#[test]
fn the_root_has_the_name_of_the_model_and_the_namespace_of_the_service() {
    let value = Everything { small: Some(1), ..nothing() };
    assert_eq!(
        body(&EVERYTHING, Some("PutInput"), &value).unwrap(),
        "<PutInput xmlns=\"http://service\"><Small>1</Small></PutInput>"
    );
    assert_eq!(
        body(&EVERYTHING, None, &value).unwrap(),
        "<PutRequest xmlns=\"http://service\"><Small>1</Small></PutRequest>"
    );
    assert_eq!(body(&EVERYTHING, None, &nothing()).unwrap(), "");
    let value = Everything { text: Some("\0".to_owned()), ..nothing() };
    assert_eq!(
        body(&EVERYTHING, None, &value).unwrap_err(),
        "the parameter Text cannot be sent: it contains a character that XML does not allow"
    );
}

#[test]
fn a_payload_is_its_own_root_and_is_left_out_only_if_it_is_absent() {
    const NAMESPACE: Namespace<'_> = Namespace { prefix: None, uri: "http://member" };
    let members = [
        Member::new("child", "Child", Target::Structure(&EVERYTHING))
            .binding(Binding::Payload)
            .namespace(&NAMESPACE),
        Member::scalar("name", "x-name").binding(Binding::Header),
    ];
    let shape = Shape::new("Input", &members);
    let mut pair = Pair(Some(nothing()), None::<String>);
    assert_eq!(body(&shape, None, &pair).unwrap(), "<Child xmlns=\"http://member\"></Child>");
    pair.0 = None;
    assert_eq!(body(&shape, None, &pair).unwrap(), "");
}

#[test]
fn errors_with_and_without_a_wrapper() {
    let members = [
        Member::scalar("level", "Level").required(),
        Member::scalar("header", "x-header").binding(Binding::Header).required(),
    ];
    let shape = Shape::new("Details", &members);
    let mut headers = HeaderMap::new();
    headers.insert("x-header", HeaderValue::from_static("h"));
    let content = "<Code>NoSuchKey</Code><Message>Hi</Message><Level>top</Level>";
    for body in [
        format!("<Error>{content}<RequestId>id</RequestId><HostId>host</HostId></Error>"),
        format!("<ErrorResponse><Error>{content}</Error><RequestId>id</RequestId></ErrorResponse>"),
    ] {
        let response = Response { status: 404, headers: &headers, body: body.as_bytes() };
        let error = REST_XML.0.error(&response).unwrap();
        assert_eq!(error.code.as_deref(), Some("NoSuchKey"));
        assert_eq!(error.message.as_deref(), Some("Hi"));
        assert_eq!(error.request_id.as_deref(), Some("id"));
        let mut details = Pair(String::new(), String::new());
        REST_XML
            .0
            .error_details(&response, &shape, &mut details, &mut Budget::new(1 << 20))
            .unwrap();
        assert_eq!((details.0.as_str(), details.1.as_str()), ("top", "h"));
    }
    for body in ["", "<html/>", "<Error/>", "{}"] {
        let response = Response { status: 404, headers: &headers, body: body.as_bytes() };
        assert!(REST_XML.0.error(&response).is_none(), "{body}");
    }
}

#[test]
fn an_element_does_not_fill_a_header() {
    let members = [
        Member::scalar("tag", "ETag").binding(Binding::Header),
        Member::scalar("name", "Name").required(),
    ];
    let shape = Shape::new("Output", &members);
    let operation = Operation::new("Get", &SERVICE, &EVERYTHING).output("", &shape);
    let headers = HeaderMap::new();
    let mut output = Pair(None::<String>, None::<String>);
    let mut read = |body: &str| {
        let response = Response { status: 200, headers: &headers, body: body.as_bytes() };
        let mut budget = Budget::unlimited();
        REST_XML.0.decode(&operation, &response, &mut output, &mut budget)
    };
    let missing = read("").unwrap_err().to_string();
    assert!(missing.ends_with("the required member Name is missing"), "{missing}");
    read("<Any><ETag>a</ETag><Name>b</Name></Any>").unwrap();
    assert_eq!((output.0, output.1.as_deref()), (None, Some("b")));
}

#[test]
fn a_flattened_list_without_elements_is_empty_where_it_is_required() {
    let element = Target::Scalar;
    let flattened = Target::List { name: "Rule", flattened: true, element: &element };
    let members = [
        Member::new("rules", "Rule", flattened).required(),
        Member::new("others", "Other", flattened),
    ];
    let shape = Shape::new("Output", &members);
    let operation = Operation::new("Get", &SERVICE, &EVERYTHING).output("", &shape);
    let headers = HeaderMap::new();
    let mut output = Pair(None::<Vec<String>>, None::<Vec<String>>);
    let response = Response { status: 200, headers: &headers, body: b"<Any/>" };
    REST_XML.0.decode(&operation, &response, &mut output, &mut Budget::unlimited()).unwrap();
    assert_eq!((output.0, output.1), (Some(Vec::new()), None));
}
