//! Listings that continue by expressions, and waiters, of the generated code of an invented service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

mod support;

// A test has no public API, so the compiler would warn about the items that are not used here.
#[allow(dead_code, unreachable_pub, unused_imports)]
#[rustfmt::skip]
#[path = "golden/fleet/mod.rs"]
mod fleet;

use std::time::Duration;

use fleet::acme::fleet::instances;
use fleet::acme::fleet::types::KeyPart;
use futures_util::TryStreamExt as _;
use pagesmith::{Error, ErrorKind};
use support::canned::{Canned, ok, response};
use support::client_at;

fn page(items: &str, rest: &str) -> Vec<u8> {
    ok(&format!(
        "<ListInstancesResponse><ListInstancesResult><InstanceList><Items>{items}</Items>{rest}</InstanceList>\
         </ListInstancesResult></ListInstancesResponse>"
    ))
}

fn item(name: &str) -> String {
    format!("<member><Name>{name}</Name></member>")
}

fn instance(content: &str) -> Vec<u8> {
    ok(&format!(
        "<GetInstanceResponse><GetInstanceResult><Instance>{content}</Instance></GetInstanceResult></GetInstanceResponse>"
    ))
}

fn state(state: &str) -> Vec<u8> {
    instance(&format!("<State>{state}</State>"))
}

fn disks(states: &[&str]) -> Vec<u8> {
    let disks =
        states.iter().map(|state| format!("<member><State>{state}</State><Size>1</Size></member>"));
    instance(&format!("<Disks>{}</Disks>", disks.collect::<String>()))
}

fn error(status: u16, code: &str) -> Vec<u8> {
    let body = format!(
        "<ErrorResponse><Error><Code>{code}</Code><Message>why</Message></Error></ErrorResponse>"
    );
    response(status, &[], &body)
}

/// A server that sends these responses, the last of them again and again.
fn server(responses: Vec<Vec<u8>>) -> Canned {
    Canned::each(move |at| responses[at.min(responses.len() - 1)].clone())
}

/// A request of the instance with a fake server.
fn get(server: &Canned) -> fleet::acme::fleet::instances::GetInstance<pagesmith::Given> {
    instances(&client_at(&server.url())).get().name("one")
}

#[tokio::test]
async fn markers_of_any_type_are_sent_back() {
    let key = |entries: &str| format!("<IsTruncated>true</IsTruncated><Next>{entries}</Next>");
    let entry =
        |key: &str, value: &str| format!("<entry><key>{key}</key><value>{value}</value></entry>");
    let first = entry("id", "<Text>a&amp;b</Text>") + &entry("sort", "<Number>7</Number>");
    let server = server(vec![
        page(&(item("a") + &item("b")), &key(&first)),
        page(&item("c"), &(key(&entry("id", "<Text>c</Text>")) + "<NextName>named</NextName>")),
        page("", "<IsTruncated>true</IsTruncated><NextName>last</NextName>"),
        page(&item("d"), "<IsTruncated>false</IsTruncated><NextName>none</NextName>"),
    ]);
    let list = instances(&client_at(&server.url())).list().size(2);
    let list = list.start([("begin", KeyPart::Text("here".to_owned()))]).after("z");
    let rows: Vec<_> = list.rows().try_collect().await.unwrap();
    let names: Vec<_> = rows.iter().map(|row| row.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    let body = |markers: &str| format!("Action=ListInstances&Version=2026-01-01{markers}&Size=2");
    let expected = [
        "&Start.entry.1.key=begin&Start.entry.1.value.Text=here&After=z",
        "&Start.entry.1.key=id&Start.entry.1.value.Text=a%26b&Start.entry.2.key=sort&Start.entry.2.value.Number=7&After=b",
        "&Start.entry.1.key=id&Start.entry.1.value.Text=c&After=named",
        // A marker that is absent is not sent, and its old value neither.
        "&After=last",
    ];
    assert_eq!(bodies, expected.map(body));
}

#[tokio::test]
async fn a_repeated_marker_ends_a_listing_with_an_error() {
    let server = server(vec![page(&item("a"), "<IsTruncated>true</IsTruncated>")]);
    let mut rows = instances(&client_at(&server.url())).list().rows();
    assert!(rows.try_next().await.unwrap().is_some());
    assert!(rows.try_next().await.unwrap().is_some());
    assert_eq!(rows.try_next().await.unwrap_err().kind(), ErrorKind::Pagination);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_waiter_calls_until_the_state_is_reached() {
    let server = server(vec![error(404, "NoSuchInstance"), state("starting"), state("running")]);
    let waiting = get(&server).wait_until_instance_running().delay(Duration::ZERO);
    assert_eq!(format!("{waiting:?}"), "Waiting(InstanceRunning of GetInstance)");
    let output = waiting.await.unwrap().unwrap();
    assert_eq!(output.instance.unwrap().state.unwrap(), "running");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_waiter_can_wait_for_an_error_and_for_any_outcome() {
    let gone = server(vec![state("running"), error(404, "NoSuchInstance")]);
    let output = get(&gone).wait_until_instance_deleted().delay(Duration::ZERO).await.unwrap();
    assert!(output.is_none());
    let stopped = server(vec![error(409, "Busy"), ok("<StopInstanceResponse/>")]);
    let stop = instances(&client_at(&stopped.url())).stop().name("one");
    let output = stop.wait_until_instance_stopped().delay(Duration::ZERO).await.unwrap();
    assert_eq!(output, Some(()));
}

#[tokio::test]
async fn a_waiter_compares_all_or_any_elements() {
    async fn outcome(responses: &[&[&str]]) -> Result<usize, Error> {
        let server = server(responses.iter().map(|states| disks(states)).collect());
        get(&server).wait_until_disks_attached().delay(Duration::ZERO).await?;
        Ok(server.requests().len())
    }
    let all = outcome(&[&[], &["attached", "new"], &["attached", "attached"]]).await;
    assert_eq!(all.unwrap(), 3);
    let any = outcome(&[&["new"], &["new", "broken"]]).await.unwrap_err();
    assert_eq!(any.kind(), ErrorKind::Waiter);
    let message = any.to_string();
    assert!(message.contains("DisksAttached cannot succeed any more, after 2 calls"), "{message}");
    assert!(message.contains("Instance.Disks[].State is [new, broken]"), "{message}");
    assert_eq!(outcome(&[&["lost", "lost"]]).await.unwrap_err().kind(), ErrorKind::Waiter);
}

#[tokio::test]
async fn a_waiter_that_gives_up_says_what_it_saw() {
    let waiting = server(vec![state("starting")]);
    let wait = get(&waiting).wait_until_instance_running().delay(Duration::ZERO).max_attempts(2);
    let found = wait.await.unwrap_err();
    assert_eq!(found.kind(), ErrorKind::Timeout);
    assert_eq!(
        found.to_string(),
        "the waiter InstanceRunning did not succeed, after 2 calls; wait longer with max_attempts(…), or \
         for_up_to(…); last seen: Instance.State is starting [GetInstance]"
    );
    assert_eq!(waiting.requests().len(), 2);
    let limit = Duration::from_millis(30);
    let wait = get(&waiting).wait_until_instance_running().delay(Duration::from_millis(10));
    let found = wait.for_up_to(limit).await.unwrap_err();
    assert_eq!(found.kind(), ErrorKind::Timeout);
    assert!(found.to_string().contains("did not succeed within 30ms, after "), "{found}");
    // The number of calls of the service model holds if nothing else is set.
    let deleted = server(vec![state("running")]);
    get(&deleted).wait_until_instance_deleted().delay(Duration::ZERO).await.unwrap_err();
    assert_eq!(deleted.requests().len(), 3);
}

#[tokio::test]
async fn an_error_that_a_waiter_does_not_expect_ends_it() {
    let server = server(vec![error(403, "AccessDenied")]);
    let found = get(&server).wait_until_instance_running().await.unwrap_err();
    assert_eq!((found.kind(), found.code()), (ErrorKind::Service, Some("AccessDenied")));
    assert_eq!(server.requests().len(), 1);
    let refused = instances(&client_at("http://127.0.0.1:1")).get().name("one");
    let found = refused.wait_until_instance_deleted().await.unwrap_err();
    assert_eq!(found.kind(), ErrorKind::Connection);
}

#[test]
fn a_waiter_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    let client = client_at("http://127.0.0.1:1");
    is_send(&instances(&client).get().name("one").wait_until_instance_running().into_future());
}

#[cfg(feature = "blocking")]
#[test]
fn a_waiter_can_block() {
    let server = server(vec![state("starting"), state("running")]);
    let waiting = get(&server).wait_until_instance_running().delay(Duration::ZERO);
    assert!(waiting.wait_blocking().unwrap().is_some());
}
