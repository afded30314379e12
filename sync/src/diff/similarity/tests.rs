use super::*;

#[test]
fn markup_does_not_count() {
    assert!(same_prose("<p>Lists <i>users</i>.</p> <note>Slowly.</note>", "Lists users. Slowly."));
    assert!(same_prose("a  b\n", "a b"));
    assert!(!same_prose("Lists users.", "Lists groups."));
}

#[test]
fn near_names_are_near() {
    assert!(near("UserName", "userName") && near("UserName", "UserNames"));
    assert!(near("user_name", "UserName") && !near("UserName", "Marker"));
}
