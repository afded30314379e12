//! Names of the wire as names of Rust.
#![allow(missing_docs, clippy::unwrap_used)]

use pagesmith_codegen::names::{RustName, Scope, WireName};
use pagesmith_model::words::singular;

/// On the wire; as a field, a type, a static.
const NAMES: &[(&str, &str, &str)] = &[
    ("MFADevices", "mfa_devices", "MfaDevices"),
    ("AuthenticationCode1", "authentication_code1", "AuthenticationCode1"),
    ("SAMLProviderArn", "saml_provider_arn", "SamlProviderArn"),
    ("OpenIDConnectProviderArn", "open_id_connect_provider_arn", "OpenIdConnectProviderArn"),
    ("SSHPublicKeyId", "ssh_public_key_id", "SshPublicKeyId"),
    ("ClientIDList", "client_id_list", "ClientIdList"),
    ("access_key_last_useds", "access_key_last_useds", "AccessKeyLastUseds"),
    ("X-Amz-Target", "x_amz_target", "XAmzTarget"),
    ("projects.sites", "projects_sites", "ProjectsSites"),
    ("_links", "links", "Links"),
    ("$filter", "filter", "Filter"),
    // Keywords, of every edition.
    ("Type", "r#type", "Type"),
    ("Ref", "r#ref", "Ref"),
    ("async", "r#async", "Async"),
    ("gen", "r#gen", "Gen"),
    ("try", "r#try", "Try"),
    ("box", "r#box", "Box"),
    // Keywords that cannot be raw.
    ("self", "self_", "Self_"),
    ("Self", "self_", "Self_"),
    ("super", "super_", "Super"),
    ("Crate", "crate_", "Crate"),
    // Digits first.
    ("2FA", "_2fa", "_2fa"),
    ("3-2-1", "_3_2_1", "_321"),
    // What leaves nothing, or not all.
    ("", "unnamed", "Unnamed"),
    ("*", "unnamed", "Unnamed"),
    ("_", "unnamed", "Unnamed"),
    ("\"; }", "unnamed", "Unnamed"),
    ("Café", "caf", "Caf"),
    ("設定", "unnamed", "Unnamed"),
    ("a\u{202E}b", "a_b", "AB"),
];

#[test]
fn wire_names_become_rust_names() {
    for (wire, snake, camel) in NAMES {
        let wire = WireName(wire);
        let given = [wire.to_snake(), wire.to_camel()];
        let given = given.map(|name| name.to_string());
        assert_eq!(given, [*snake, *camel], "of {wire:?}");
    }
}

/// Asked of the parser that formats the emitted code, in a place where only a name can stand.
#[test]
fn every_name_is_an_identifier() {
    for (wire, ..) in NAMES {
        for name in [WireName(wire).to_snake(), WireName(wire).to_camel()] {
            let ident = name.ident();
            assert_eq!(ident.to_string(), name.to_string());
            syn::parse_str::<syn::ItemFn>(&format!("fn {ident}() {{}}")).unwrap();
        }
    }
}

#[test]
fn a_scope_gives_each_name_once() {
    let mut scope = Scope::with(["send", "type"]);
    let mut take = |wire: &str| scope.take(WireName(wire).to_snake()).to_string();
    assert_eq!(take("Foo-Bar"), "foo_bar");
    assert_eq!(take("FooBar"), "foo_bar2");
    assert_eq!(take("fooBar"), "foo_bar3");
    assert_eq!(take("foo_bar2"), "foo_bar22");
    assert_eq!(take("send"), "send2");
    // A raw name and its plain form are one name.
    assert_eq!(take("type"), "type2");
    assert_eq!(take("self"), "self_");
    assert_eq!(take("self_"), "self_2");
}

/// The list of keywords is the crate's own; syn's, which is what tokens go by, is in it.
#[test]
fn a_keyword_is_raw_and_anything_else_is_not() {
    let words = "Self abstract as async await become box break const continue crate do dyn else enum extern \
                 false final fn for gen if impl in let loop macro match mod move mut override priv pub ref \
                 return self static struct super trait true try type typeof unsafe unsized use virtual where \
                 while yield union auto default dyn raw macro_rules safe alice";
    for word in words.split_whitespace() {
        let name = WireName(word).to_snake();
        let is_keyword = word != "gen" && syn::parse_str::<syn::Ident>(name.plain()).is_err();
        let is_raw = name.to_string().starts_with("r#");
        assert_eq!(is_raw, is_keyword || word == "gen", "{word}");
        assert_eq!(name.ident().to_string(), name.to_string());
    }
}

#[test]
fn a_suffix_makes_a_keyword_a_name() {
    let name: RustName = WireName("type").to_snake();
    assert_eq!(name.with_suffix("2").to_string(), "type2");
    assert_eq!(name.plain(), "type");
}

#[test]
fn plurals_have_singulars() {
    for (plural, one) in [
        ("mfa_devices", "mfa_device"),
        ("policies", "policy"),
        ("aliases", "alias"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("details", "detail"),
        ("access_key_last_useds", "access_key_last_used"),
        ("analyses", "analysis"),
        ("bases", "base"),
        ("indices", "index"),
        ("vertices", "vertex"),
        ("matrices", "matrix"),
        ("devices", "device"),
        ("services", "service"),
        ("prices", "price"),
        ("series", "series"),
        ("boxes", "box"),
        ("axes", "axis"),
        ("batches", "batch"),
        ("caches", "cache"),
        ("hashes", "hash"),
        ("databases", "database"),
        ("responses", "response"),
        ("licenses", "license"),
        ("processes", "process"),
        ("accesses", "access"),
        ("classes", "class"),
        ("buses", "bus"),
        ("keys", "key"),
        ("queries", "query"),
        ("movies", "movie"),
        ("cookies", "cookie"),
        ("zones", "zone"),
        ("gateways", "gateway"),
        ("buckets", "bucket"),
        ("quizzes", "quiz"),
        // No plural to begin with.
        ("status", "status"),
        ("alias", "alias"),
        ("news", "news"),
        ("access", "access"),
        ("analysis", "analysis"),
        ("dns", "dns"),
        ("kms", "kms"),
        ("user", "user"),
        ("metadata", "metadata"),
        ("s", "s"),
        ("", ""),
    ] {
        assert_eq!(singular(plural), one, "of {plural}");
    }
}

/// A singular is one already, whatever the name.
#[test]
fn a_singular_stays_one() {
    for name in ["mfa_device", "policy", "alias", "address", "index", "analysis", "response"] {
        assert_eq!(singular(name), name);
    }
}
