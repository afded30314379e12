//! Listings: pages and rows are complete, in order, and fetched on demand.

use futures_util::{StreamExt as _, TryStreamExt as _};
use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::mfa_devices::MfaDevice;
use pagesmith::{Error, ErrorKind};

use crate::support::canned::{Canned, listing, ok};
use crate::support::{cancelled_at_request, client_at, devices_of, enabled_device, iam_with_alice};

const ROW: &str = "<member><UserName>alice</UserName><SerialNumber>GAHT12345678</SerialNumber>\
    <EnableDate>2026-11-24T09:30:00Z</EnableDate></member>";

/// An endpoint with the user alice, who has `count` devices, `phone-0` and so on. No requests are recorded.
async fn alice_with(count: usize) -> LocalIam {
    let iam = iam_with_alice().await;
    for number in 0..count {
        enabled_device(&iam, &format!("phone-{number}")).await;
    }
    iam.clear_requests();
    iam
}

fn names(rows: &[MfaDevice]) -> Vec<&str> {
    rows.iter().map(|row| row.serial_number.rsplit('/').next().unwrap()).collect()
}

#[tokio::test]
async fn rows_of_all_pages_are_returned_in_order() {
    let iam = alice_with(5).await;
    let list = devices_of(&iam).list().user_name("alice");
    let rows = list.max_items(2).rows().collect().await.unwrap();
    assert_eq!(names(&rows), ["phone-0", "phone-1", "phone-2", "phone-3", "phone-4"]);
    let requests = iam.requests();
    assert_eq!(requests.len(), 3);
    // All requests have the same parameters, except for the marker.
    for request in &requests {
        assert_eq!(request.parameter("UserName"), Some("alice"));
        assert_eq!(request.parameter("MaxItems"), Some("2"));
    }
    let markers: Vec<_> = requests.iter().map(|request| request.parameter("Marker")).collect();
    assert_eq!(markers[0], None);
    assert!(markers[1].is_some() && markers[2].is_some() && markers[1] != markers[2]);
}

#[tokio::test]
async fn rows_are_fetched_on_demand() {
    let iam = alice_with(4).await;
    let mut rows = devices_of(&iam).list().user_name("alice").max_items(1).rows();
    assert_eq!(iam.requests().len(), 0, "nothing is requested before the first poll");
    for taken in 1..=4 {
        assert!(rows.try_next().await.unwrap().is_some());
        let requests = iam.requests().len();
        assert!((taken..=taken + 1).contains(&requests), "{taken} rows, {requests} requests");
    }
    assert_eq!(rows.try_next().await.unwrap(), None);
    assert_eq!(rows.try_next().await.unwrap(), None);
    assert_eq!(iam.requests().len(), 4);
}

#[tokio::test]
async fn rows_and_pages_are_streams() {
    let iam = alice_with(3).await;
    let list = || devices_of(&iam).list().user_name("alice").max_items(2);
    let rows: Vec<MfaDevice> = list().rows().try_collect().await.unwrap();
    assert_eq!(names(&rows), ["phone-0", "phone-1", "phone-2"]);
    let pages: Vec<_> = list().pages().try_collect().await.unwrap();
    let sizes: Vec<_> = pages.iter().map(|page| page.mfa_devices.len()).collect();
    assert_eq!(sizes, [2, 1]);
    assert_eq!(pages[0].is_truncated, Some(true));
    assert!(pages[0].marker.is_some() && pages[1].marker.is_none());
    iam.clear_requests();
    let first: Vec<_> = list().rows().take(2).collect().await;
    assert!(first.iter().all(Result::is_ok) && first.len() == 2);
    assert_eq!(iam.requests().len(), 1, "the second page is not fetched");
}

#[tokio::test]
async fn pages_are_fetched_on_demand() {
    let iam = alice_with(2).await;
    let mut pages = devices_of(&iam).list().user_name("alice").max_items(1).pages();
    assert_eq!(iam.requests().len(), 0);
    assert_eq!(names(&pages.try_next().await.unwrap().unwrap().mfa_devices), ["phone-0"]);
    assert!(iam.requests().len() <= 2);
    assert_eq!(names(&pages.try_next().await.unwrap().unwrap().mfa_devices), ["phone-1"]);
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(iam.requests().len(), 2);
}

#[tokio::test]
async fn a_listing_can_start_at_a_marker() {
    let iam = alice_with(3).await;
    let list = || devices_of(&iam).list().user_name("alice").max_items(1);
    let first = list().send().await.unwrap();
    let rest = list().marker(first.marker.unwrap()).rows().collect().await.unwrap();
    assert_eq!(names(&rest), ["phone-1", "phone-2"]);
}

#[tokio::test]
async fn an_error_ends_a_listing_after_the_earlier_rows() {
    let iam = alice_with(3).await;
    let mut rows = devices_of(&iam).list().user_name("alice").max_items(1).rows();
    assert!(rows.try_next().await.unwrap().is_some());
    iam.inject(Fault::error(403, "AccessDenied", "Not any more.").on("ListMFADevices"));
    let error = rows.try_next().await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"));
    assert_eq!(rows.try_next().await.unwrap(), None, "the listing does not start again");
    assert_eq!(iam.requests().len(), 2);
}

#[tokio::test]
async fn a_listing_continues_after_a_cancelled_fetch() {
    let (release, released) = std::sync::mpsc::channel::<()>();
    let server = Canned::each(move |number| {
        let _ = released.recv();
        ok(&listing(&format!(
            "<IsTruncated>{}</IsTruncated><Marker>m{number}</Marker><MFADevices>{ROW}</MFADevices>",
            number < 3
        )))
    });
    let mut rows = mfa_devices(&client_at(&server.url())).list().rows();
    let mut seen = 0;
    for number in 1..=4 {
        cancelled_at_request(&server, number, rows.try_next()).await;
        release.send(()).unwrap();
        seen += usize::from(rows.try_next().await.unwrap().is_some());
    }
    assert_eq!(rows.try_next().await.unwrap(), None);
    assert_eq!(seen, 4);
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies.len(), 4);
    assert!(bodies.iter().skip(1).zip(0..).all(|(body, at)| body.ends_with(&format!("=m{at}"))));
}

/// The number of rows, the error, and the number of requests of a listing whose page number `n` contains `pages(n)`.
async fn canned(pages: impl Fn(usize) -> String + Send + 'static) -> (usize, Option<Error>, usize) {
    let server = Canned::each(move |number| ok(&listing(&pages(number))));
    let mut rows = mfa_devices(&client_at(&server.url())).list().rows();
    let mut count = 0;
    let error = loop {
        match rows.try_next().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
        assert!(count < 100, "the listing must end");
    };
    (count, error, server.requests().len())
}

#[tokio::test]
async fn a_repeated_marker_is_an_error_instead_of_an_endless_listing() {
    for repeated in [["a", "a", "a", "a"], ["a", "b", "c", "a"]] {
        let (rows, error, requests) = canned(move |number| {
            let marker = repeated[number];
            format!("<IsTruncated>true</IsTruncated><Marker>{marker}</Marker><MFADevices>{ROW}</MFADevices>")
        })
        .await;
        let error = error.expect("an error");
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert!(!error.is_retryable());
        assert_eq!(
            error.to_string(),
            "the service returned the same marker twice, so the listing would never end; use the \
             pages before this one [ListMFADevices]"
        );
        let distinct = if repeated[1] == "a" { 1 } else { 3 };
        assert_eq!(requests, distinct + 1);
        assert!(rows >= distinct, "the earlier rows are returned: {rows}");
    }
}

#[tokio::test]
async fn more_results_without_a_marker_are_an_error() {
    for marker in ["", "<Marker/>", "<Marker></Marker>"] {
        let (_, error, requests) = canned(move |_| {
            format!("<IsTruncated>true</IsTruncated>{marker}<MFADevices>{ROW}</MFADevices>")
        })
        .await;
        assert_eq!(error.expect("an error").kind(), ErrorKind::Pagination);
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn only_is_truncated_ends_a_listing() {
    // A page before the last may be empty, and the last page may have a marker.
    let (rows, error, requests) = canned(|number| match number {
        0 => "<IsTruncated>true</IsTruncated><Marker>a</Marker><MFADevices/>".to_owned(),
        1 => format!(
            "<MFADevices>{ROW}{ROW}</MFADevices><IsTruncated>true</IsTruncated><Marker>b</Marker>"
        ),
        _ => format!(
            "<IsTruncated>false</IsTruncated><Marker>c</Marker><MFADevices>{ROW}</MFADevices>"
        ),
    })
    .await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((rows, requests), (3, 3));
    // Without `IsTruncated`, there are no more pages.
    let (rows, error, requests) =
        canned(|_| format!("<Marker>a</Marker><MFADevices>{ROW}</MFADevices>")).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((rows, requests), (1, 1));
}
