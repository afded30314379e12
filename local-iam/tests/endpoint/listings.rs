//! Pagination of listings.

use crate::client::start;

#[tokio::test]
async fn pages_are_complete_and_sorted() {
    let (iam, client) = start().await;
    let mut expected = Vec::new();
    for number in (10..35).rev() {
        let device = iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
        expected.push(device.serial_number().to_owned());
    }
    expected.sort();
    for size in ["1", "7", "25", "1000"] {
        let mut seen = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut parameters = vec![("MaxItems", size)];
            parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
            let page = client.ok("ListVirtualMFADevices", &parameters).await;
            assert!(page.texts("SerialNumber").len() <= size.parse().unwrap());
            seen.extend(page.texts("SerialNumber").iter().map(|&serial| serial.to_owned()));
            assert_eq!(page.text("IsTruncated") == Some("true"), page.text("Marker").is_some());
            marker = page.text("Marker").map(ToOwned::to_owned);
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_page_has_100_items_by_default() {
    let (iam, client) = start().await;
    for number in 0..101 {
        iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
    }
    let page = client.ok("ListVirtualMFADevices", &[]).await;
    assert_eq!(page.texts("SerialNumber").len(), 100);
    assert_eq!(page.text("IsTruncated"), Some("true"));
}

#[tokio::test]
async fn a_marker_is_valid_for_one_listing_and_after_its_item_is_deleted() {
    let (iam, client) = start().await;
    for name in ["a", "b", "c"] {
        iam.create_virtual_mfa_device(name).unwrap();
    }
    let page = client.ok("ListVirtualMFADevices", &[("MaxItems", "1")]).await;
    let serial_number = page.text("SerialNumber").unwrap();
    let marker = page.text("Marker").unwrap();
    assert!(!marker.contains("mfa"), "{marker}");
    client.ok("DeleteVirtualMFADevice", &[("SerialNumber", serial_number)]).await;
    let rest = client.ok("ListVirtualMFADevices", &[("Marker", marker)]).await;
    assert_eq!(rest.texts("SerialNumber").len(), 2);
    for action in ["ListMFADevices", "ListVirtualMFADevices"] {
        let unassigned = ("AssignmentStatus", "Unassigned");
        let message =
            client.refused(action, &[("Marker", marker), unassigned], 400, "ValidationError").await;
        assert_eq!(message, "Invalid Marker.");
    }
}

#[tokio::test]
async fn invalid_markers_and_sizes_are_errors() {
    let (_iam, client) = start().await;
    for marker in ["invented", "äöü"] {
        let parameters = [("Marker", marker)];
        client.refused("ListMFADevices", &parameters, 400, "ValidationError").await;
    }
    for (max_items, constraint) in [
        ("0", "Member must have value greater than or equal to 1"),
        ("-1", "Member must have value greater than or equal to 1"),
        ("1001", "Member must have value less than or equal to 1000"),
        ("many", "Member must be an integer"),
    ] {
        let parameters = [("MaxItems", max_items)];
        let message = client.refused("ListMFADevices", &parameters, 400, "ValidationError").await;
        let value = format!("Value '{max_items}' at 'maxItems'");
        assert!(message.contains(&value) && message.ends_with(constraint), "{message}");
    }
}
