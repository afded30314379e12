use super::Url;

#[test]
fn parts_of_urls() {
    for (text, scheme, authority, path, normalized_path, is_ip) in [
        ("https://example.com", "https", "example.com", "", "/", false),
        ("https://example.com/", "https", "example.com", "/", "/", false),
        ("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false),
        ("https://127.0.0.1", "https", "127.0.0.1", "", "/", true),
        ("https://127.0.0.1:8443/a/", "https", "127.0.0.1:8443", "/a/", "/a/", true),
        ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
        ("http://[::1]:8000/x", "http", "[::1]:8000", "/x", "/x/", true),
        ("HTTP://Local_Host.", "http", "Local_Host.", "", "/", false),
        ("https://1.2.3.4.example", "https", "1.2.3.4.example", "", "/", false),
    ] {
        let url = Url::parse(text).unwrap();
        assert_eq!(url.scheme(), Some(scheme), "{text}");
        assert_eq!(url.authority(), Some(authority), "{text}");
        assert_eq!(url.path(), Some(path), "{text}");
        assert_eq!(url.normalized_path().as_deref(), Some(normalized_path), "{text}");
        assert_eq!(url.is_ip(), Some(is_ip), "{text}");
    }
}

#[test]
fn what_is_not_a_url_of_an_endpoint() {
    let long_label = format!("https://{}.example", "a".repeat(64));
    let long_host = format!("https://{}example", "abc.".repeat(63));
    for text in [
        "",
        "example.com",
        "https:/example.com",
        "ftp://example.com",
        "https://",
        "https:///path",
        "https://example.com:8443?foo=bar&faz=baz",
        "https://example.com/?",
        "https://example.com#fragment",
        "https://example.com/a b",
        "https://example.com/\\b",
        "https://user@example.com",
        "https://user:secret@example.com",
        "https://example.com:",
        "https://example.com:port",
        "https://example.com:+80",
        "https://example.com:65536",
        "https://example.com:80:80",
        "https://[::1",
        "https://[::1]x",
        "https://[example.com]",
        "https://::1",
        "https://a..b",
        "https://.a",
        "https://a..",
        "https://-a.example",
        "https://a-.example",
        "https://exämple.com",
        "https://example.com\\@evil.example",
        "https://example.com\n",
        " https://example.com",
        "https://example.com/a/../b",
        "https://example.com/%2e%2E/b",
        "https://example.com/.",
        &long_label,
        &long_host,
    ] {
        assert!(Url::parse(text).is_none(), "{text:?}");
    }
}
