//! The types of a method's messages, for expressions about them.

use super::shapes::Shapes;
use crate::jmespath::{self, Expression, Member, Problem, Types};
use crate::model::ServiceModel;
use crate::schema::{self, Target};

/// The types of the messages of a page's methods.
pub(super) struct MessageTypes<'a, 'm> {
    pub(super) model: &'m ServiceModel,
    pub(super) shapes: &'a Shapes<'m>,
    /// The members of the page's row; empty if it has none.
    pub(super) row: &'a [schema::Member],
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum MessageType<'a> {
    /// A message with these members.
    Message(&'a [schema::Member]),
    /// A value in a message.
    Value(Target),
}

impl<'a> MessageTypes<'a, '_> {
    /// Parses `text`, an expression about a message with `members`.
    ///
    /// # Errors
    /// If the expression is not supported, or names something that the message does not have.
    pub(super) fn parse(
        &self,
        text: &str,
        members: &'a [schema::Member],
    ) -> Result<Expression<MessageType<'a>>, Problem> {
        jmespath::parse(text, MessageType::Message(members), self)
    }
}

impl<'a> Types for MessageTypes<'a, '_> {
    type Type = MessageType<'a>;

    fn member(&self, structure: &MessageType<'a>, name: &str) -> Option<Member<MessageType<'a>>> {
        let members = match structure {
            MessageType::Message(members) => members,
            MessageType::Value(Target::Row) => self.row,
            MessageType::Value(Target::Structure(structure)) => {
                let (index, _, member) = self.model.structure(structure)?.members.get_full(name)?;
                let (target, sensitive) = self.shapes.nested(member);
                return Some(Member { index, of: MessageType::Value(target), sensitive });
            }
            MessageType::Value(_) => return None,
        };
        let index = members.iter().position(|member| member.name == name)?;
        let schema::Member { target, sensitive, .. } = members.get(index)?;
        Some(Member { index, of: MessageType::Value(target.clone()), sensitive: *sensitive })
    }

    fn element(&self, list: &MessageType<'a>) -> Option<MessageType<'a>> {
        match list {
            MessageType::Value(Target::List { element, .. }) => {
                Some(MessageType::Value((**element).clone()))
            }
            _ => None,
        }
    }

    fn value(&self, map: &MessageType<'a>) -> Option<MessageType<'a>> {
        match map {
            MessageType::Value(Target::Map { value, .. }) => {
                Some(MessageType::Value((**value).clone()))
            }
            _ => None,
        }
    }
}
