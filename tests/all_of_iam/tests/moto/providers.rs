//! Identity providers.

use all_of_iam::aws::iam_api::types::Tag;

use crate::world::World;
use crate::{Done, call, rows};

pub(crate) async fn saml_providers(world: &World) -> Done {
    let first = "<EntityDescriptor a=\"1\">&amp; ü</EntityDescriptor>".repeat(40);
    let second = "<EntityDescriptor a=\"2\"/>".repeat(60);
    let created = call!(
        world,
        saml_providers.create,
        name = "corp",
        saml_metadata_document = first.as_str(),
    );
    let arn = created.saml_provider_arn.ok_or("no ARN")?;
    let arn = arn.as_str();
    let got = call!(world, saml_providers.get, saml_provider_arn = arn);
    assert_eq!(got.saml_metadata_document.as_ref(), Some(&first));
    let updated = call!(
        world,
        saml_providers.update,
        saml_provider_arn = arn,
        saml_metadata_document = second.as_str(),
    );
    assert_eq!(updated.saml_provider_arn.as_deref(), Some(arn));
    let got = call!(world, saml_providers.get, saml_provider_arn = arn);
    assert_eq!(got.saml_metadata_document.as_ref(), Some(&second));
    let listed = call!(world, saml_providers.list).saml_provider_list.unwrap_or_default();
    assert_eq!(listed.iter().map(|one| one.arn.as_deref()).collect::<Vec<_>>(), [Some(arn)]);
    call!(world, saml_providers.delete, saml_provider_arn = arn);
    let listed = call!(world, saml_providers.list).saml_provider_list.unwrap_or_default();
    assert!(listed.is_empty());
    Ok(())
}

pub(crate) async fn open_id_connect_providers(world: &World) -> Done {
    let thumbprint = "a".repeat(40);
    let created = call!(
        world,
        open_id_connect_providers.create,
        url = "https://login.example/path",
        client_id_list = ["one", "two"],
        thumbprint_list = [thumbprint.as_str()],
        tags = [Tag::new("first", "1")],
    );
    let arn = created.open_id_connect_provider_arn.ok_or("no ARN")?;
    let arn = arn.as_str();
    let got = call!(world, open_id_connect_providers.get, open_id_connect_provider_arn = arn);
    assert_eq!(got.url.as_deref(), Some("login.example/path"));
    assert_eq!(got.client_id_list, Some(vec!["one".to_owned(), "two".to_owned()]));
    assert_eq!(got.tags, Some(vec![Tag::new("first", "1")]));

    let thumbprints = ["b".repeat(40), "c".repeat(40)];
    call!(
        world,
        open_id_connect_provider_thumbprints.update,
        open_id_connect_provider_arn = arn,
        thumbprint_list = &thumbprints,
    );
    let got = call!(world, open_id_connect_providers.get, open_id_connect_provider_arn = arn);
    assert_eq!(got.thumbprint_list.as_deref(), Some(&thumbprints[..]));

    call!(
        world,
        open_id_connect_providers.tag,
        open_id_connect_provider_arn = arn,
        tags = [Tag::new("second", "2")],
    );
    call!(
        world,
        open_id_connect_providers.untag,
        open_id_connect_provider_arn = arn,
        tag_keys = ["first"],
    );
    let tags = rows!(world, open_id_connect_provider_tags.list, open_id_connect_provider_arn = arn);
    let tags: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    assert_eq!(tags, [("second", "2")]);

    let listed = call!(world, open_id_connect_providers.list).open_id_connect_provider_list;
    let listed = listed.unwrap_or_default();
    assert_eq!(listed.iter().map(|one| one.arn.as_deref()).collect::<Vec<_>>(), [Some(arn)]);
    call!(world, open_id_connect_providers.delete, open_id_connect_provider_arn = arn);
    let listed = call!(world, open_id_connect_providers.list).open_id_connect_provider_list;
    assert!(listed.unwrap_or_default().is_empty());
    Ok(())
}
