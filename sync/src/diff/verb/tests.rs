use super::verb;

#[test]
fn finds_the_verb() {
    assert_eq!(verb("list_mfa_devices", "mfa_devices"), "list");
    assert_eq!(verb("get_mfa_device", "mfa_devices"), "get");
    assert_eq!(verb("mfa_devices_List", "mfa_devices"), "List");
    assert_eq!(verb("List", "mfa_devices"), "List");
    assert_eq!(verb("mfa_devices", "mfa_devices"), "mfa_devices");
}
