use http::HeaderMap;

use crate::protocol::EC2_QUERY;
use crate::schema::tests::{EVERYTHING, Everything, nothing};
use crate::schema::{Budget, Operation, Response, Service};

const SERVICE: Service<'static> =
    Service::new("S", EC2_QUERY).api_version("1").endpoint_prefix("s").signing_name("s");

#[test]
fn lists_have_no_wrapper_and_empty_ones_are_left_out() {
    let operation = Operation::new("Act", &SERVICE, &EVERYTHING);
    let child = Everything { list: Some(vec!["b".to_owned()]), ..nothing() };
    let value = Everything {
        list: Some(vec!["a".to_owned()]),
        items: Some(Vec::new()),
        children: Some(vec![child]),
        ..nothing()
    };
    let sent = EC2_QUERY.0.encode(&operation, &value, &|| String::from("token")).unwrap();
    assert_eq!(
        std::str::from_utf8(sent.body.as_bytes().unwrap()).unwrap(),
        "Action=Act&Version=1&List.1=a&Children.1.List.1=b"
    );
}

#[test]
fn the_output_is_directly_in_the_response() {
    let operation = Operation::new("Act", &SERVICE, &EVERYTHING).output("", &EVERYTHING);
    let headers = HeaderMap::new();
    let read = |body: &str| {
        let mut output = nothing();
        let response = Response { status: 200, headers: &headers, body: body.as_bytes() };
        let read = EC2_QUERY.0.decode(&operation, &response, &mut output, &mut Budget::unlimited());
        read.map(|()| output).map_err(|error| error.to_string())
    };
    let body = "<ActResponse><requestId>id</requestId><Small>1</Small></ActResponse>";
    assert_eq!(read(body).unwrap(), Everything { small: Some(1), ..nothing() });
    assert_eq!(
        read("<OtherResponse/>").unwrap_err(),
        "at the start: the document is <OtherResponse>, not <ActResponse>"
    );
    assert!(read("<Response/>").unwrap_err().contains("the document is an error"));
}
