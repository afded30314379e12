//! Roles, their policies, instance profiles, and service-linked roles.

use all_of_iam::aws::iam_api::types::{DeletionTaskStatusType, Tag};

use crate::world::{READ, TRUST, TRUST_LAMBDA, World, same_json};
use crate::{Done, call, rows};

pub(crate) async fn create_and_delete(world: &World) -> Done {
    let created = call!(
        world,
        roles.create,
        role_name = "worker",
        path = "/r/",
        assume_role_policy_document = TRUST,
        description = "Works <hard> & long",
        max_session_duration = 7200,
        tags = [Tag::new("Stage", "test")],
    );
    let got = call!(world, roles.get, role_name = "worker").role;
    assert_eq!(got.role_id, created.role.role_id);
    assert_eq!(got.description.as_deref(), Some("Works <hard> & long"));
    assert_eq!(got.max_session_duration, Some(7200));
    assert!(same_json(&got.assume_role_policy_document.unwrap_or_default(), TRUST)?);

    call!(world, roles.update, role_name = "worker", description = "", max_session_duration = 3600);
    let got = call!(world, roles.get, role_name = "worker").role;
    assert_eq!(got.max_session_duration, Some(3600));
    call!(world, role_descriptions.update, role_name = "worker", description = "Rests");
    let got = call!(world, roles.get, role_name = "worker").role;
    assert_eq!(got.description.as_deref(), Some("Rests"));
    call!(world, assume_role_policies.update, role_name = "worker", policy_document = TRUST_LAMBDA,);
    let got = call!(world, roles.get, role_name = "worker").role;
    assert!(same_json(&got.assume_role_policy_document.unwrap_or_default(), TRUST_LAMBDA)?);

    call!(world, roles.tag, role_name = "worker", tags = [Tag::new("Cost", "1")]);
    let tags = rows!(world, role_tags.list, role_name = "worker");
    let mut tags: Vec<_> = tags.iter().map(|tag| tag.key.as_str()).collect();
    tags.sort_unstable();
    assert_eq!(tags, ["Cost", "Stage"]);
    call!(world, roles.untag, role_name = "worker", tag_keys = ["Stage"]);
    assert_eq!(rows!(world, role_tags.list, role_name = "worker").len(), 1);

    let listed = rows!(world, roles.list, path_prefix = "/r/");
    assert_eq!(listed.iter().map(|role| &role.role_name).collect::<Vec<_>>(), ["worker"]);
    call!(world, roles.delete, role_name = "worker");
    assert!(rows!(world, roles.list, path_prefix = "/r/").is_empty());
    Ok(())
}

pub(crate) async fn policies(world: &World) -> Done {
    let trust = TRUST;
    call!(world, roles.create, role_name = "bound", assume_role_policy_document = trust);
    call!(
        world,
        role_policies.put,
        role_name = "bound",
        policy_name = "own",
        policy_document = READ,
    );
    assert_eq!(rows!(world, role_policies.list, role_name = "bound"), ["own"]);
    let got = call!(world, role_policies.get, role_name = "bound", policy_name = "own");
    assert!(same_json(&got.policy_document, READ)?, "{}", got.policy_document);
    call!(world, role_policies.delete, role_name = "bound", policy_name = "own");
    assert!(rows!(world, role_policies.list, role_name = "bound").is_empty());

    let policy = call!(world, policies.create, policy_name = "for-roles", policy_document = READ);
    let arn = policy.policy.and_then(|policy| policy.arn).ok_or("no ARN")?;
    call!(world, role_policies.attach, role_name = "bound", policy_arn = arn.as_str());
    let attached = rows!(world, attached_role_policies.list, role_name = "bound");
    assert_eq!(attached[0].policy_name.as_deref(), Some("for-roles"));
    call!(world, role_policies.detach, role_name = "bound", policy_arn = arn.as_str());
    assert!(rows!(world, attached_role_policies.list, role_name = "bound").is_empty());

    call!(
        world,
        role_permissions_boundaries.put,
        role_name = "bound",
        permissions_boundary = arn.as_str(),
    );
    let role = call!(world, roles.get, role_name = "bound").role;
    let boundary = role.permissions_boundary.and_then(|edge| edge.permissions_boundary_arn);
    assert_eq!(boundary.as_ref(), Some(&arn));
    call!(world, role_permissions_boundaries.delete, role_name = "bound");
    let role = call!(world, roles.get, role_name = "bound").role;
    assert_eq!(role.permissions_boundary.and_then(|edge| edge.permissions_boundary_arn), None);
    call!(world, policies.delete, policy_arn = arn.as_str());
    call!(world, roles.delete, role_name = "bound");
    Ok(())
}

pub(crate) async fn instance_profiles(world: &World) -> Done {
    let created = call!(
        world,
        instance_profiles.create,
        instance_profile_name = "box",
        path = "/i/",
        tags = [Tag::new("x", "y")],
    );
    call!(world, roles.create, role_name = "in-box", assume_role_policy_document = TRUST);
    call!(
        world,
        role_to_instance_profiles.add,
        instance_profile_name = "box",
        role_name = "in-box",
    );
    let got = call!(world, instance_profiles.get, instance_profile_name = "box").instance_profile;
    assert_eq!(got.arn, created.instance_profile.arn);
    assert_eq!(got.roles.iter().map(|role| &role.role_name).collect::<Vec<_>>(), ["in-box"]);
    let document = got.roles[0].assume_role_policy_document.clone().unwrap_or_default();
    assert!(same_json(&document, TRUST)?, "{document}");
    let of_role = rows!(world, instance_profiles_for_roles.list, role_name = "in-box");
    assert_eq!(of_role.iter().map(|one| &one.arn).collect::<Vec<_>>(), [&got.arn]);

    let tags = [Tag::new("k", "v")];
    call!(world, instance_profiles.tag, instance_profile_name = "box", tags = tags);
    call!(world, instance_profiles.untag, instance_profile_name = "box", tag_keys = ["x"]);
    let got = call!(world, instance_profiles.get, instance_profile_name = "box").instance_profile;
    assert_eq!(got.tags, Some(vec![Tag::new("k", "v")]));

    call!(
        world,
        role_from_instance_profiles.remove,
        instance_profile_name = "box",
        role_name = "in-box",
    );
    let listed = rows!(world, instance_profiles.list, path_prefix = "/i/");
    assert_eq!(listed.len(), 1);
    assert!(listed[0].roles.is_empty());
    call!(world, instance_profiles.delete, instance_profile_name = "box");
    assert!(rows!(world, instance_profiles.list, path_prefix = "/i/").is_empty());
    call!(world, roles.delete, role_name = "in-box");
    Ok(())
}

pub(crate) async fn service_linked_roles(world: &World) -> Done {
    let created = call!(
        world,
        service_linked_roles.create,
        aws_service_name = "autoscaling.amazonaws.com",
        custom_suffix = "mine",
        description = "Of a service",
    );
    let name = created.role.ok_or("no role")?.role_name;
    let got = call!(world, roles.get, role_name = name.as_str()).role;
    assert_eq!(got.description.as_deref(), Some("Of a service"));
    let task = call!(world, service_linked_roles.delete, role_name = name.as_str());
    let id = task.deletion_task_id;
    let status = call!(world, service_linked_role_deletion_status.get, deletion_task_id = id);
    assert_eq!(status.status, DeletionTaskStatusType::Succeeded);
    Ok(())
}
