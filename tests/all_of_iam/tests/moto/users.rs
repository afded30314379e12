//! Users, their tags and passwords.

use all_of_iam::aws::iam_api::types::Tag;

use crate::world::World;
use crate::{Done, call, rows};

pub(crate) async fn create_and_delete(world: &World) -> Done {
    let created = call!(
        world,
        users.create,
        user_name = "ann",
        path = "/staff/",
        tags = [Tag::new("Team", "R&D + é")],
    );
    let created = created.user.ok_or("no user")?;
    assert_eq!((created.user_name.as_str(), created.path.as_str()), ("ann", "/staff/"));
    let got = call!(world, users.get, user_name = "ann").user;
    assert_eq!(got.user_id, created.user_id);
    assert_eq!(got.create_date, created.create_date);
    assert_eq!(got.tags, Some(vec![Tag::new("Team", "R&D + é")]));

    call!(world, users.tag, user_name = "ann", tags = [Tag::new("a", "1"), Tag::new("b", "")]);
    let tags = rows!(world, user_tags.list, user_name = "ann");
    let tags: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    assert_eq!(tags, [("Team", "R&D + é"), ("a", "1"), ("b", "")]);
    call!(world, users.untag, user_name = "ann", tag_keys = ["Team", "b"]);
    let tags = rows!(world, user_tags.list, user_name = "ann");
    assert_eq!(tags.len(), 1);

    call!(world, users.update, user_name = "ann", new_user_name = "anna", new_path = "/former/");
    let listed = rows!(world, users.list, path_prefix = "/former/");
    let listed: Vec<_> = listed.iter().map(|user| user.user_name.as_str()).collect();
    assert_eq!(listed, ["anna"]);
    call!(world, users.delete, user_name = "anna");
    assert!(rows!(world, users.list, path_prefix = "/former/").is_empty());
    Ok(())
}

pub(crate) async fn passwords(world: &World) -> Done {
    call!(world, users.create, user_name = "bob");
    let password = "correct horse & battery + staple";
    let created = call!(world, login_profiles.create, user_name = "bob", password = password);
    let profile = call!(world, login_profiles.get, user_name = "bob").login_profile;
    assert_eq!(profile, created.login_profile);
    assert_eq!(profile.password_reset_required, Some(false));
    // moto treats an update without a password as the removal of the password.
    call!(
        world,
        login_profiles.update,
        user_name = "bob",
        password = "another",
        password_reset_required = true,
    );
    let profile = call!(world, login_profiles.get, user_name = "bob").login_profile;
    assert_eq!(profile.password_reset_required, Some(true));
    call!(world, login_profiles.delete, user_name = "bob");
    let profiles = all_of_iam::aws::iam_api::login_profiles(&world.client);
    assert!(profiles.get().user_name("bob").send().await.is_err());

    call!(world, users.delete, user_name = "bob");
    Ok(())
}
