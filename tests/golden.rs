//! Tests of generated code: for an invented service with every kind of unusual name and shape, and for
//! a page with code injection attempts. The code is compiled and called here, and the lints of the
//! compiler and of clippy check it. `codegen/tests/emit_golden.rs` checks that the files are up to
//! date.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

mod support;

// A test has no public API, so the compiler would warn about the items that are not used here.
#[allow(dead_code, unreachable_pub, unused_imports)]
#[rustfmt::skip]
#[path = "golden/depot/mod.rs"]
mod depot;
#[allow(dead_code, unreachable_pub, unused_imports)]
#[rustfmt::skip]
#[path = "golden/hostile/mod.rs"]
mod hostile;
// Its visibility is `pub(crate)`. The compiler must not warn about unused items.
#[allow(clippy::module_inception)]
#[rustfmt::skip]
#[path = "golden/names/mod.rs"]
mod names;

use depot::acme::depot::parcels::{PackParcelOutput, Parcel, UnlockParcelOutput};
use depot::acme::depot::types::{Circle, Condition, Inner, Payment, Size, TooMany};
use depot::acme::depot::{ErrorCode, aliases, boxes, r#loop, mod2, parcels, status, types2};
use futures_util::TryStreamExt as _;
use pagesmith::time::OffsetDateTime;
use support::canned::{Canned, ok, response};
use support::client_at;

/// A client for calls that are not sent.
fn offline_client() -> pagesmith::Client {
    client_at("http://127.0.0.1:1")
}

#[test]
fn a_call_accepts_params_of_every_type() {
    let call = parcels(&offline_client())
        .pack()
        .stickers(["fragile", "heavy"])
        .parcel_id("p-1")
        .parcel("as its row")
        .string(String::from("as a type of the prelude"))
        .result(7)
        .self_("not raw")
        .r#type(Condition::Fine)
        .r#async(true)
        .send2("not the method")
        .region2("not the client's")
        .fragile(false)
        .inner(Inner::new().with_type("x").with_deeper(Inner::new()).with_new("y"))
        .attributes([("a", "b")])
        .secrets(["hidden-1"])
        .weight(0.5)
        .volume(0.25)
        .pieces(1 << 40)
        .packed(OffsetDateTime::UNIX_EPOCH)
        .label(b"bytes".as_slice())
        .seal(b"hidden-2".as_slice())
        .secret_map([("open", "hidden-3")])
        .hint("hidden-4")
        .colour(["red", "blue"])
        .sizes([("small", Size::new(3).with_unit("inch"))])
        .stops([vec!["a".to_owned()], Vec::new()])
        .foo_bar("one")
        .foo_bar2("the other")
        .add(1)
        .region("eu-west-1");
    let shown = format!("{call:?}");
    assert!(!shown.contains("hidden"), "{shown}");
    for part in [
        r#"parcel_id: "p-1""#,
        r#"type: "Fine""#,
        "async: true",
        "inner: Inner { type: \"x\", new: \"y\", deeper: Inner { type: None, ",
        r#"stickers: ["fragile", "heavy"]"#,
        "secrets: [redacted]",
        "secret_map: [redacted]",
        "hint: [redacted]",
        "label: [5 bytes]",
        "pieces: 1099511627776",
        r#"sizes: {"small": Size { width: 3, unit: "inch" }}"#,
        r#"stops: [["a"], []]"#,
        r#"foo_bar2: "the other""#,
    ] {
        assert!(shown.contains(part), "no {part} in {shown}");
    }
}

#[tokio::test]
async fn requests_use_the_wire_names() {
    let server = Canned::always(ok("<PackParcelResponse><PackParcelResult/></PackParcelResponse>"));
    let packed = parcels(&client_at(&server.url()))
        .pack()
        .parcel_id("p")
        .parcel("")
        .string("")
        .result(1)
        .self_("s")
        .r#type("no known one")
        .r#async(false)
        .send2("now")
        .region2("there")
        .fragile(true)
        .inner(Inner::new())
        .stickers(["x"])
        .attributes([("k", "v")])
        .secrets(["s"])
        .colour(["red"])
        .sizes([("small", Size::new(3))])
        .packed(OffsetDateTime::UNIX_EPOCH)
        .send()
        .await
        .unwrap();
    assert_eq!(packed.parcel, None);
    let body = server.last_body();
    for pair in [
        "Action=PackParcel",
        "Version=2020-02-02",
        "Self=s",
        "Type=no+known+one",
        "async=false",
        "send=now",
        "Region=there",
        "Stickers.Sticker.1=x",
        "Colour.1=red",
        "Attributes.entry.1.key=k",
        "Attributes.entry.1.value=v",
        "Sizes.1.Name=small",
        "Sizes.1.Size.Width=3",
        "Secrets.member.1=s",
        "Packed=1970-01-01T00%3A00%3A00Z",
    ] {
        assert!(body.split('&').any(|sent| sent == pair), "no {pair} in {body}");
    }
}

#[tokio::test]
async fn a_row_with_members_of_every_type_is_decoded() {
    let server = Canned::always(ok("<ListParcelsResponse><ListParcelsResult><Parcels><member>\
        <ParcelId>p</ParcelId><Type>t</Type><Self>s</Self><async>true</async><gen>false</gen>\
        <Foo-Bar>one</Foo-Bar><FooBar>two</FooBar><Weight>0.5</Weight><Volume>0.25</Volume>\
        <Pieces>1099511627776</Pieces><Packed>1970-01-01T00:00:01Z</Packed><Posted>2</Posted>\
        <Stamped>Thu, 01 Jan 1970 00:00:03 GMT</Stamped><Label>Ynl0ZXM=</Label>\
        <Condition>bent &quot;twice&quot;\\</Condition><Stickers><Sticker>x</Sticker></Stickers>\
        <Colour>red</Colour><Colour>blue</Colour>\
        <Attributes><entry><key>k</key><value>v</value></entry></Attributes>\
        <Sizes><Name>small</Name><Size><Width>3</Width><Unit>Unnamed</Unit></Size></Sizes>\
        <Inner><Deeper><Type>deep</Type></Deeper><Beside><member/></Beside><Nothing/>\
        <When>Thu, 01 Jan 1970 00:00:04 GMT</When></Inner>\
        <Stops><member><member>a</member></member></Stops>\
        </member></Parcels></ListParcelsResult></ListParcelsResponse>"));
    let rows = parcels(&client_at(&server.url())).list().conditions([Condition::Fine2]).rows();
    let rows: Vec<_> = rows.try_collect().await.unwrap();
    let [row] = &*rows else { panic!("{rows:?}") };
    assert_eq!(row.self_.as_deref(), Some("s"));
    assert_eq!((row.r#async, row.r#gen), (Some(true), Some(false)));
    assert_eq!((row.foo_bar.as_deref(), row.foo_bar2.as_deref()), (Some("one"), Some("two")));
    assert_eq!(row.pieces, Some(1 << 40));
    let seconds = [Some(row.packed), row.posted, row.stamped]
        .map(|time| time.map(OffsetDateTime::unix_timestamp));
    assert_eq!(seconds, [Some(1), Some(2), Some(3)]);
    assert_eq!(row.label.as_deref(), Some(b"bytes".as_slice()));
    assert_eq!(row.condition, Some(Condition::BentTwice));
    assert_eq!(row.colour.as_deref(), Some(["red".to_owned(), "blue".to_owned()].as_slice()));
    assert_eq!(row.sizes.as_ref().unwrap()["small"].width, 3);
    let inner = row.inner.as_ref().unwrap();
    assert_eq!(inner.deeper.as_ref().unwrap().r#type.as_deref(), Some("deep"));
    assert_eq!(inner.when.map(OffsetDateTime::unix_timestamp), Some(4));
    assert_eq!(row.stops.as_deref(), Some([vec!["a".to_owned()]].as_slice()));
    assert!(server.last_body().contains("Conditions.member.1=fine"), "{}", server.last_body());
}

#[tokio::test]
async fn a_listing_with_two_markers_sends_both_for_the_next_page() {
    let server = Canned::each(|number| {
        let markers = if number == 0 { "<Next>n</Next><Next2>m</Next2>" } else { "" };
        ok(&format!(
            "<ListParcelsResponse><ListParcelsResult><Parcels><member><ParcelId>{number}</ParcelId>\
             <Packed>1970-01-01T00:00:00Z</Packed><Stickers/></member></Parcels>{markers}\
             </ListParcelsResult></ListParcelsResponse>"
        ))
    });
    let rows = parcels(&client_at(&server.url())).list().rows2(1).rows().collect().await.unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row.parcel_id.as_str()).collect();
    assert_eq!(ids, ["0", "1"]);
    let body = server.last_body();
    assert!(body.contains("Token=n") && body.contains("Token2=m") && body.contains("rows=1"));
}

/// The test is that each statement compiles.
#[test]
fn outputs_have_the_types_of_the_model() {
    let client = offline_client();
    // One object in a member of the output.
    let alias = async { aliases(&client).get().alias_name("a").send().await.unwrap().alias };
    drop(async { alias.await.alias_name });
    // The output is the row.
    let status = async { status(&client).get().send().await.unwrap() };
    drop(async { status.await.state });
    // A listing with one page, a listing without a paginator, and an output with two lists.
    let _rows: pagesmith::Rows<_> = types2(&client).list().rows();
    let _pages: pagesmith::Pages<_> = mod2(&client).list().marker("m").pages();
    let boxes_list = async { boxes(&client).list().send().await.unwrap() };
    drop(async { boxes_list.await.open.into_iter().chain(None) });
    let removed = async { boxes(&client).remove().r#box("b").send().await.unwrap() };
    drop(async { removed.await.r#box });
    // No input and no output.
    let nothing = async { parcels(&client).ping().send().await.unwrap() };
    drop(async {
        let () = nothing.await;
    });
    drop(r#loop(&client).r#move().lock_id("l"));
    let circle =
        Circle::new(Inner::new(), 1, true, 2, true, false, true, ["d"]).with_e([("k", "v")]);
    assert_eq!(*circle.inner, Inner::default());
}

/// The error of a call whose response has an `Error` element with the content `inner`.
async fn error_with(inner: &str) -> pagesmith::Error {
    let body = format!("<ErrorResponse><Error>{inner}</Error></ErrorResponse>");
    let server = Canned::always(response(400, &[], &body));
    parcels(&client_at(&server.url())).ping().send().await.unwrap_err()
}

#[tokio::test]
async fn an_error_has_the_details_of_its_structure() {
    let error = error_with("<Code>2Many</Code><Message>no more</Message><Limit>7</Limit>").await;
    let details: TooMany = error.details().unwrap();
    assert_eq!((details.limit, error.message()), (7, "no more"));
    assert_eq!(ErrorCode::from(error.code().unwrap()), ErrorCode::_2many);
    let details: TooMany = error_with("<Limit>8</Limit><Code>2Many</Code><message>m</message>")
        .await
        .details()
        .unwrap();
    assert_eq!((details.limit, details.message.as_deref()), (8, Some("m")));
    for (inner, why) in [
        ("<Code>Other</Code><Limit>7</Limit>", "the code is of another error"),
        ("<Code>2Many</Code>", "the model requires the member"),
        ("<Code>2Many</Code><Limit>some</Limit>", "the limit is not a number"),
    ] {
        let error = error_with(inner).await;
        assert!(error.details::<TooMany>().is_none(), "{why}: {error}");
    }
    let unsent = parcels(&offline_client()).ping().send().await.unwrap_err();
    assert!(unsent.details::<TooMany>().is_none(), "there was no response: {unsent}");
}

#[test]
fn enums_keep_unknown_values() {
    for value in ["fine", "Fine", "*", "", "2-late", "Other", "self", "`ticked`", "unheard of"] {
        assert_eq!(Condition::from(value).as_str(), value);
        assert_eq!(ErrorCode::from(value).to_string(), value);
    }
    assert_eq!(ErrorCode::from("NotFound"), ErrorCode::NotFound);
    assert_eq!(ErrorCode::from("Not.Found"), ErrorCode::NotFound2);
    assert_eq!(ErrorCode::from("Other"), ErrorCode::Other2);
    assert_eq!(Condition::from("new"), Condition::Other("new".to_owned()));
}

#[test]
fn a_page_with_code_injection_attempts_has_the_same_calls() {
    let call = hostile::aws::iam_api::mfa_devices(&offline_client()).list().user_name("alice");
    assert_eq!(
        format!("{call:?}"),
        r#"ListMfaDevicesInput { user_name: "alice", marker: None, max_items: None }"#
    );
}

#[test]
fn resources_whose_names_are_similar_have_different_functions() {
    use names::mod2::mod2::{u_sers, users, users2};

    let client = offline_client();
    let calls = [
        format!("{:?}", users(&client).create().user_name("a")),
        format!("{:?}", users2(&client).create().user_name("a")),
        format!("{:?}", u_sers(&client).create().user_name("a")),
    ];
    assert_eq!(calls, [r#"CreateUserInput { user_name: "a", path: None }"#; 3]);
}

/// Users build such values in their tests: maps, lists, floats, secrets and optional members.
#[test]
fn values_of_every_kind_can_be_built() {
    let parcel = Parcel::builder()
        .parcel_id("p")
        .r#type("Fine")
        .weight(0.5)
        .pieces(7)
        .r#async(true)
        .stickers(["a", "b"])
        .attributes([("k", "v")])
        .sizes([("small", Size::new(3))])
        .label(b"bytes".as_slice());
    let error = parcel.build().unwrap_err();
    assert!(
        error.message().starts_with("required fields of Parcel are missing: add `."),
        "{error}"
    );
    assert!(!error.message().contains("weight") && !error.message().contains("type"), "{error}");
    let details = TooMany::builder().message("no more").limit(3).build().unwrap();
    assert_eq!(details.limit, 3);
    assert_eq!(PackParcelOutput::builder().build().unwrap().parcel, None);
    let unlocked = UnlockParcelOutput::builder().key(b"hidden".as_slice()).spare(["hidden"]);
    assert!(!format!("{unlocked:?}").contains("hidden"));
}

/// A union is an enum. Requests and responses can contain it.
#[tokio::test]
async fn a_union_is_encoded_and_decoded() {
    let server = Canned::each(|number| {
        let payment = match number {
            0 => "<Card>c-1</Card>",
            1 => "<cash>3</cash>",
            2 => "<Shared><Type>t</Type></Shared>",
            3 => "<Vouchers><member>v</member><member>w</member></Vouchers>",
            4 => "<Unknown>true</Unknown>",
            _ => "<Gold>1</Gold>",
        };
        ok(&format!(
            "<ListParcelsResponse><ListParcelsResult><Parcels><member><ParcelId>p</ParcelId>\
             <Packed>1970-01-01T00:00:00Z</Packed><Stickers/><Inner><Payment>{payment}</Payment>\
             </Inner></member></Parcels></ListParcelsResult></ListParcelsResponse>"
        ))
    });
    let client = client_at(&server.url());
    for (payment, sent) in [
        (Payment::Card("c-1".to_owned()), "Inner.Payment.Card=c-1"),
        (Payment::Cash(3), "Inner.Payment.cash=3"),
        (Payment::Shared(Box::new(Inner::new().with_type("t"))), "Inner.Payment.Shared.Type=t"),
        (Payment::Vouchers(vec!["v".into(), "w".into()]), "Inner.Payment.Vouchers.member.2=w"),
        (Payment::Unknown2(true), "Inner.Payment.Unknown=true"),
        (Payment::Unknown, "Inner.Payment"),
    ] {
        let rows: Vec<_> = parcels(&client).list().rows().try_collect().await.unwrap();
        assert_eq!(rows[0].inner.as_ref().unwrap().payment.as_deref(), Some(&payment));
        let body = body_with(&payment).await;
        let is_sent = body.split('&').any(|pair| pair == sent);
        assert_eq!(is_sent, payment != Payment::Unknown, "no {sent} in {body}");
    }
    assert_eq!(format!("{:?}", Payment::Cash(3)), "Payment { Cash: 3 }");
}

/// The body of a request with `payment`.
async fn body_with(payment: &Payment) -> String {
    let server = Canned::always(ok("<PackParcelResponse><PackParcelResult/></PackParcelResponse>"));
    let request = parcels(&client_at(&server.url())).pack().parcel_id("p").parcel("").string("");
    let request = request.result(1).self_("s").r#type("t").r#async(false).send2("n").region2("r");
    let request = request.fragile(true).stickers(["x"]).attributes([("k", "v")]).secrets(["s"]);
    let request = request.colour(["red"]).sizes([("small", Size::new(3))]);
    let request = request.packed(OffsetDateTime::UNIX_EPOCH);
    request.inner(Inner::new().with_payment(payment.clone())).send().await.unwrap();
    server.last_body()
}

/// A field may have the name of one of the builder's methods.
#[test]
fn a_field_called_build_has_a_setter_of_another_name() {
    pagesmith::codegen::structure! {
        /// A project.
        #[derive(Clone)]
        pub struct Project: ProjectBuilder {
            pub build (build2): String = value("build", String),
        }
    }

    assert_eq!(Project::builder().build2("x").build().unwrap().build, "x");
    assert!(Project::builder().build().is_err());
}
