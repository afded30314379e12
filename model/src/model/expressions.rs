//! The types of a service model, for the expressions of its paginators and waiters.

use super::{ServiceModel, ShapeKind};
use crate::jmespath::{Member, Types};

/// The shapes of a model. A type is the name of a shape, which may be missing: that was reported.
pub(super) struct ModelTypes<'m>(pub(super) &'m ServiceModel);

impl<'m> Types for ModelTypes<'m> {
    type Type = &'m str;

    fn member(&self, structure: &&'m str, name: &str) -> Option<Member<&'m str>> {
        let (index, _, member) = self.0.structure(structure)?.members.get_full(name)?;
        Some(Member { index, of: &member.shape, sensitive: member.sensitive })
    }

    fn element(&self, list: &&'m str) -> Option<&'m str> {
        match &self.0.shape(list)?.kind {
            ShapeKind::List { member, .. } => Some(&member.shape),
            _ => None,
        }
    }

    fn value(&self, map: &&'m str) -> Option<&'m str> {
        match &self.0.shape(map)?.kind {
            ShapeKind::Map { value, .. } => Some(&value.shape),
            _ => None,
        }
    }
}
