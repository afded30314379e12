//! `CreateUser` and `GetUser`.

use super::parameters::{
    NEW_USER_NAME, PATH, TAG_KEY, TAG_VALUE, USER_NAME, check_name, check_path,
};
use super::tags;
use crate::clock::{Clock, rfc3339};
use crate::error::Refusal;
use crate::form::{Form, Input};
use crate::state::{State, Tags, User, UserKey};
use crate::xml::Node;

pub(super) fn create(form: &Form, state: &mut State, clock: &Clock) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let name = input.required(&NEW_USER_NAME);
    let path = input.optional(&PATH).unwrap_or("/");
    let pairs = input.tags(&TAG_KEY, &TAG_VALUE, false);
    input.finish()?;
    check_name(NEW_USER_NAME.member, name)?;
    check_path(path)?;
    let mut new_tags = Tags::default();
    tags::apply(&mut new_tags, &pairs)?;
    let key = UserKey::of(name);
    if state.users.contains_key(&key) {
        return Err(Refusal::already_exists(format!("User with name {name} already exists.")));
    }
    let user = User {
        user_name: name.to_owned(),
        path: path.to_owned(),
        user_id: state.random.identifier("AIDA"),
        arn: state.arn("user", path, name),
        create_date: clock.now(),
        tags: new_tags.to_vec(),
    };
    let members = vec![Node::Structure("User", members(&user))];
    state.users.insert(key, user);
    Ok(members)
}

pub(super) fn get(form: &Form, state: &State) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let name = input.optional(&USER_NAME);
    input.finish()?;
    name.map_or(Ok(()), |name| check_name(USER_NAME.member, name))?;
    let (_, user) = state.user(name)?;
    Ok(vec![Node::Structure("User", members(user))])
}

pub(super) fn members(user: &User) -> Vec<Node> {
    let mut members = vec![
        Node::text("Path", &user.path),
        Node::text("UserName", &user.user_name),
        Node::text("UserId", &user.user_id),
        Node::text("Arn", &user.arn),
        Node::text("CreateDate", rfc3339(user.create_date)),
    ];
    if !user.tags.is_empty() {
        members.push(tags::node(&user.tags));
    }
    members
}
