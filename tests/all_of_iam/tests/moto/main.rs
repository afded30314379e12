//! The SDK against other people's server: moto, at `$PAGESMITH_MOTO_ENDPOINT`.
//!
//! Methods that moto has not, and those in whose answers it leaves out what the model promises, are not
//! called. What was done is read back by another method.

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
async fn everything_that_moto_has_can_be_done_and_read_back() -> Done {
    let Some(world) = World::new()? else { return Ok(()) };
    users::come_and_go(&world).await?;
    users::have_passwords(&world).await?;
    groups::have_members(&world).await?;
    groups::have_policies(&world).await?;
    roles::come_and_go(&world).await?;
    roles::have_policies(&world).await?;
    roles::are_in_instance_profiles(&world).await?;
    roles::are_linked_to_services(&world).await?;
    policies::have_versions(&world).await?;
    policies::are_attached(&world).await?;
    policies::are_inline(&world).await?;
    keys::of_access(&world).await?;
    keys::of_ssh(&world).await?;
    keys::sign(&world).await?;
    keys::of_servers(&world).await?;
    keys::are_devices(&world).await?;
    providers::of_saml(&world).await?;
    providers::of_open_id_connect(&world).await?;
    account::has_an_alias(&world).await?;
    account::has_a_password_policy(&world).await?;
    account::is_reported(&world).await?;

    let called = world.called();
    println!("{} methods of 156: {}", called.len(), called.join(" "));
    assert!(called.len() >= 60, "{} methods only", called.len());
    Ok(())
}

/// What a listing of several pages gives, one row at a time.
#[tokio::test]
async fn listings_go_over_pages() -> Done {
    let Some(world) = World::new()? else { return Ok(()) };
    let mut arns = Vec::new();
    for name in ["page-1", "page-2", "page-3", "page-4", "page-5"] {
        let document = world::READ;
        let made = call!(
            world,
            policies.create,
            policy_name = name,
            policy_document = document,
            path = "/pages/",
        );
        arns.push(made.policy.and_then(|policy| policy.arn).ok_or("no ARN")?);
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

/// An error of the service has a code that the SDK knows.
#[tokio::test]
async fn errors_have_codes() -> Done {
    use all_of_iam::aws::iam_api::ErrorCode;
    let Some(world) = World::new()? else { return Ok(()) };
    let users = all_of_iam::aws::iam_api::users(&world.client);
    let error = users.get().user_name("nobody").send().await.err().ok_or("there is nobody")?;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::NoSuchEntity));
    users.create().user_name("twice").send().await?;
    let error = users.create().user_name("twice").send().await.err().ok_or("made twice")?;
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::EntityAlreadyExists));
    users.delete().user_name("twice").send().await?;
    Ok(())
}
