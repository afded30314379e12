//! The runtime's steps of expressions, from those of a schema.

use pagesmith_model::jmespath;
use typed_arena::Arena;

use crate::schema::{Comparison, Step};

/// The memory of steps.
#[derive(Default)]
pub(super) struct Programs<'a> {
    steps: Arena<Step<'a>>,
    lists: Arena<&'a [Step<'a>]>,
}

impl<'a> Programs<'a> {
    /// The steps of an expression.
    pub(super) fn steps(&'a self, steps: &'a [jmespath::Step]) -> &'a [Step<'a>] {
        // The inner steps are allocated before the outer ones.
        let steps: Vec<Step<'a>> = steps.iter().map(|step| self.step(step)).collect();
        self.steps.alloc_extend(steps)
    }

    pub(super) fn step(&'a self, step: &'a jmespath::Step) -> Step<'a> {
        match step {
            jmespath::Step::Member(index) => Step::Member(*index),
            jmespath::Step::Index(index) => Step::Index(*index),
            jmespath::Step::Flatten => Step::Flatten,
            jmespath::Step::Elements => Step::Elements,
            jmespath::Step::Values => Step::Values,
            jmespath::Step::Filter(condition) => Step::Filter(self.steps(condition)),
            jmespath::Step::Whole => Step::Whole,
            jmespath::Step::Length => Step::Length,
            jmespath::Step::Keys => Step::Keys,
            jmespath::Step::Not => Step::Not,
            jmespath::Step::Text(text) => Step::Text(text),
            jmespath::Step::Integer(value) => Step::Integer(*value),
            jmespath::Step::Boolean(value) => Step::Boolean(*value),
            jmespath::Step::List(values) => {
                let values: Vec<_> = values.iter().map(|steps| self.steps(steps)).collect();
                Step::List(self.lists.alloc_extend(values))
            }
            jmespath::Step::Or(left, right) => Step::Or(self.steps(left), self.steps(right)),
            jmespath::Step::And(left, right) => Step::And(self.steps(left), self.steps(right)),
            jmespath::Step::Compare(comparison, left, right) => {
                Step::Compare(self::comparison(*comparison), self.steps(left), self.steps(right))
            }
        }
    }
}

fn comparison(comparison: jmespath::Comparison) -> Comparison {
    match comparison {
        jmespath::Comparison::Equal => Comparison::Equal,
        jmespath::Comparison::NotEqual => Comparison::NotEqual,
        jmespath::Comparison::Less => Comparison::Less,
        jmespath::Comparison::LessOrEqual => Comparison::LessOrEqual,
        jmespath::Comparison::Greater => Comparison::Greater,
        jmespath::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}
