use super::{path, visibility};

#[test]
fn paths() {
    for good in
        ["Hash", "my_crate::MyTrait", "::serde::Serialize", "crate::A", "a::r#type", "a::Größe"]
    {
        assert!(path(good).is_ok(), "{good}");
    }
    let bad =
        ["", "::", "a::", "a b", "x; y", "a: :b", "a::<b>", "a::b!()", "fn", "Fn(a)", "a)(", "'a"];
    for bad in bad {
        assert!(path(bad).is_err(), "{bad}");
    }
}

#[test]
fn visibilities() {
    for good in ["pub", "pub(crate)", "pub(super)", "pub(in crate::sdk)"] {
        assert!(visibility(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "public",
        "pub pub",
        "pub(sdk)",
        "pub(in)",
        "pub(in a b)",
        "pub[crate]",
        "pub(crate) fn",
    ] {
        assert!(visibility(bad).is_err(), "{bad}");
    }
}
