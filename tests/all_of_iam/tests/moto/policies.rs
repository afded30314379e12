//! Managed policies and inline policies.

use all_of_iam::aws::iam_api::types::{EntityType, PolicyScopeType, Tag};

use crate::world::{READ, TRUST, WRITE, World, same_json};
use crate::{Done, call, rows};

pub(crate) async fn versions(world: &World) -> Done {
    let created = call!(
        world,
        policies.create,
        policy_name = "versions",
        policy_document = READ,
        path = "/p/",
        description = "Reads",
        tags = [Tag::new("one", "1")],
    );
    let arn = created.policy.and_then(|policy| policy.arn).ok_or("no ARN")?;
    let arn = arn.as_str();
    let created = call!(
        world,
        policy_versions.create,
        policy_arn = arn,
        policy_document = WRITE,
        set_as_default = false,
    );
    let second = created.policy_version.and_then(|version| version.version_id).ok_or("no id")?;
    let second = second.as_str();
    let got = call!(world, policy_versions.get, policy_arn = arn, version_id = second);
    let document = got.policy_version.and_then(|version| version.document).ok_or("no document")?;
    assert!(same_json(&document, WRITE)?, "{document}");
    let got = call!(world, policy_versions.get, policy_arn = arn, version_id = "v1");
    let document = got.policy_version.and_then(|version| version.document).ok_or("no document")?;
    assert!(same_json(&document, READ)?, "{document}");

    call!(world, default_policy_versions.set, policy_arn = arn, version_id = second);
    let got = call!(world, policies.get, policy_arn = arn).policy.ok_or("no policy")?;
    assert_eq!(got.default_version_id.as_deref(), Some(second));
    assert_eq!(got.description.as_deref(), Some("Reads"));
    call!(world, policy_versions.delete, policy_arn = arn, version_id = "v1");
    let versions = rows!(world, policy_versions.list, policy_arn = arn);
    let versions: Vec<_> = versions.iter().map(|one| one.version_id.as_deref()).collect();
    assert_eq!(versions, [Some(second)]);

    call!(world, policies.tag, policy_arn = arn, tags = [Tag::new("two", "2")]);
    call!(world, policies.untag, policy_arn = arn, tag_keys = ["one"]);
    let tags = rows!(world, policy_tags.list, policy_arn = arn);
    let tags: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    assert_eq!(tags, [("two", "2")]);

    let ours = rows!(world, policies.list, scope = PolicyScopeType::Local, path_prefix = "/p/");
    assert_eq!(ours.iter().map(|one| one.arn.as_deref()).collect::<Vec<_>>(), [Some(arn)]);
    call!(world, policies.delete, policy_arn = arn);
    let ours = rows!(world, policies.list, scope = PolicyScopeType::Local, path_prefix = "/p/");
    assert!(ours.is_empty());
    Ok(())
}

pub(crate) async fn attached_policies(world: &World) -> Done {
    let created = call!(world, policies.create, policy_name = "spread", policy_document = READ);
    let arn = created.policy.and_then(|policy| policy.arn).ok_or("no ARN")?;
    let arn = arn.as_str();
    call!(world, users.create, user_name = "dan");
    call!(world, groups.create, group_name = "dans");
    call!(world, roles.create, role_name = "danish", assume_role_policy_document = TRUST);
    call!(world, user_policies.attach, user_name = "dan", policy_arn = arn);
    call!(world, group_policies.attach, group_name = "dans", policy_arn = arn);
    call!(world, role_policies.attach, role_name = "danish", policy_arn = arn);

    let attached = rows!(world, attached_user_policies.list, user_name = "dan");
    assert_eq!(
        attached.iter().map(|one| one.policy_arn.as_deref()).collect::<Vec<_>>(),
        [Some(arn)]
    );
    let all = call!(world, entities_for_policies.list, policy_arn = arn);
    let names = (
        all.policy_users.and_then(|all| all.into_iter().next()?.user_name),
        all.policy_groups.and_then(|all| all.into_iter().next()?.group_name),
        all.policy_roles.and_then(|all| all.into_iter().next()?.role_name),
    );
    let name = |text: &str| Some(text.to_owned());
    assert_eq!(names, (name("dan"), name("dans"), name("danish")));
    let role = EntityType::Role;
    let roles = call!(world, entities_for_policies.list, policy_arn = arn, entity_filter = role);
    assert_eq!(roles.policy_roles.map(|all| all.len()), Some(1));
    assert!(roles.policy_users.unwrap_or_default().is_empty());

    call!(world, user_policies.detach, user_name = "dan", policy_arn = arn);
    assert!(rows!(world, attached_user_policies.list, user_name = "dan").is_empty());
    call!(world, group_policies.detach, group_name = "dans", policy_arn = arn);
    call!(world, role_policies.detach, role_name = "danish", policy_arn = arn);
    call!(world, policies.delete, policy_arn = arn);
    call!(world, users.delete, user_name = "dan");
    call!(world, groups.delete, group_name = "dans");
    call!(world, roles.delete, role_name = "danish");
    Ok(())
}

pub(crate) async fn inline_policies(world: &World) -> Done {
    call!(world, users.create, user_name = "eve");
    call!(world, user_policies.put, user_name = "eve", policy_name = "own", policy_document = READ,);
    assert_eq!(rows!(world, user_policies.list, user_name = "eve"), ["own"]);
    let got = call!(world, user_policies.get, user_name = "eve", policy_name = "own");
    assert_eq!((got.user_name.as_str(), got.policy_name.as_str()), ("eve", "own"));
    assert!(same_json(&got.policy_document, READ)?, "{}", got.policy_document);
    call!(world, user_policies.delete, user_name = "eve", policy_name = "own");
    assert!(rows!(world, user_policies.list, user_name = "eve").is_empty());
    call!(world, users.delete, user_name = "eve");
    Ok(())
}
