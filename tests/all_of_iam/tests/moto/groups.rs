//! Groups, their members and policies.

use crate::world::{READ, World, same_json};
use crate::{Done, call, rows};

pub(crate) async fn members(world: &World) -> Done {
    let created = call!(world, groups.create, group_name = "admins", path = "/g/").group;
    assert_eq!((created.group_name.as_str(), created.path.as_str()), ("admins", "/g/"));
    call!(world, users.create, user_name = "carol");
    call!(world, user_to_groups.add, group_name = "admins", user_name = "carol");
    let got = call!(world, groups.get, group_name = "admins");
    assert_eq!(got.group, created);
    assert_eq!(got.users.iter().map(|user| &user.user_name).collect::<Vec<_>>(), ["carol"]);
    let of_carol = rows!(world, groups_for_users.list, user_name = "carol");
    assert_eq!(of_carol.iter().map(|group| &group.arn).collect::<Vec<_>>(), [&created.arn]);

    call!(world, user_from_groups.remove, group_name = "admins", user_name = "carol");
    assert!(rows!(world, groups_for_users.list, user_name = "carol").is_empty());
    call!(world, groups.update, group_name = "admins", new_group_name = "owners");
    let listed = rows!(world, groups.list, path_prefix = "/g/");
    assert_eq!(listed.iter().map(|group| &group.group_name).collect::<Vec<_>>(), ["owners"]);
    call!(world, groups.delete, group_name = "owners");
    assert!(rows!(world, groups.list, path_prefix = "/g/").is_empty());
    call!(world, users.delete, user_name = "carol");
    Ok(())
}

pub(crate) async fn policies(world: &World) -> Done {
    call!(world, groups.create, group_name = "readers");
    call!(
        world,
        group_policies.put,
        group_name = "readers",
        policy_name = "read",
        policy_document = READ,
    );
    let names = rows!(world, group_policies.list, group_name = "readers");
    assert_eq!(names, ["read"]);
    let got = call!(world, group_policies.get, group_name = "readers", policy_name = "read");
    assert!(same_json(&got.policy_document, READ)?, "{}", got.policy_document);
    call!(world, group_policies.delete, group_name = "readers", policy_name = "read");
    assert!(rows!(world, group_policies.list, group_name = "readers").is_empty());

    let policy = call!(world, policies.create, policy_name = "shared", policy_document = READ);
    let arn = policy.policy.and_then(|policy| policy.arn).ok_or("no ARN")?;
    call!(world, group_policies.attach, group_name = "readers", policy_arn = arn.as_str());
    let attached = rows!(world, attached_group_policies.list, group_name = "readers");
    let attached: Vec<_> = attached.iter().map(|policy| policy.policy_arn.as_ref()).collect();
    assert_eq!(attached, [Some(&arn)]);
    call!(world, group_policies.detach, group_name = "readers", policy_arn = arn.as_str());
    assert!(rows!(world, attached_group_policies.list, group_name = "readers").is_empty());
    call!(world, policies.delete, policy_arn = arn.as_str());
    call!(world, groups.delete, group_name = "readers");
    Ok(())
}
