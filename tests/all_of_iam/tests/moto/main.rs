//! Calls the SDK with moto, an independent server, at `$PAGESMITH_MOTO_ENDPOINT`.
//!
//! Methods that moto does not implement, and methods whose responses in moto lack required members, are
//! not called. After each change, another method reads the result.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs
)]

mod account;
mod groups;
mod keys;
mod policies;
mod providers;
mod roles;
mod users;
mod world;

use all_of_iam::aws::iam_api::types::PolicyScopeType;

use self::world::World;

type Done = Result<(), Box<dyn std::error::Error>>;

#[tokio::test]
async fn changes_through_methods_of_moto_can_be_read_back() -> Done {
    let Some(world) = World::new()? else { return Ok(()) };
    users::create_and_delete(&world).await?;
    users::passwords(&world).await?;
    groups::members(&world).await?;
    groups::policies(&world).await?;
    roles::create_and_delete(&world).await?;
    roles::policies(&world).await?;
    roles::instance_profiles(&world).await?;
    roles::service_linked_roles(&world).await?;
    policies::versions(&world).await?;
    policies::attached_policies(&world).await?;
    policies::inline_policies(&world).await?;
    keys::access_keys(&world).await?;
    keys::ssh_keys(&world).await?;
    keys::signing_certificates(&world).await?;
    keys::server_certificates(&world).await?;
    keys::mfa_devices(&world).await?;
    providers::saml_providers(&world).await?;
    providers::open_id_connect_providers(&world).await?;
    account::alias(&world).await?;
    account::password_policy(&world).await?;
    account::reports(&world).await?;

    let called = world.called();
    println!("{} methods of 156: {}", called.len(), called.join(" "));
    assert!(called.len() >= 60, "only {} methods", called.len());
    Ok(())
}

/// The rows of a listing with several pages.
#[tokio::test]
async fn a_listing_returns_the_rows_of_all_pages() -> Done {
    let Some(world) = World::new()? else { return Ok(()) };
    let mut arns = Vec::new();
    for name in ["page-1", "page-2", "page-3", "page-4", "page-5"] {
        let document = world::READ;
        let created = call!(
            world,
            policies.create,
            policy_name = name,
            policy_document = document,
            path = "/pages/",
        );
        arns.push(created.policy.and_then(|policy| policy.arn).ok_or("no ARN")?);
    }
    let policies = all_of_iam::aws::iam_api::policies(&world.client);
    let list = || policies.list().path_prefix("/pages/").scope(PolicyScopeType::Local).max_items(2);
    let mut pages = list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.policies.unwrap_or_default().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let mut rows = list().rows();
    let mut found = Vec::new();
    while let Some(policy) = rows.try_next().await? {
        found.extend(policy.arn);
    }
    assert_eq!(found, arns);
    for arn in &arns {
        call!(world, policies.delete, policy_arn = arn);
    }
    Ok(())
}

/// Errors of the service have codes that the SDK knows.
#[tokio::test]
async fn errors_have_known_codes() -> Done {
    use all_of_iam::aws::iam_api::ErrorCode;
    let Some(world) = World::new()? else { return Ok(()) };
    let users = all_of_iam::aws::iam_api::users(&world.client);
    let error =
        users.get().user_name("nobody").send().await.err().ok_or("the user must not exist")?;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::NoSuchEntity));
    users.create().user_name("twice").send().await?;
    let error = users
        .create()
        .user_name("twice")
        .send()
        .await
        .err()
        .ok_or("the user must not be created twice")?;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::EntityAlreadyExists));
    users.delete().user_name("twice").send().await?;
    Ok(())
}
