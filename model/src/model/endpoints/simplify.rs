//! Removes what does not change the result of a rule set, such as trees without conditions. So rule sets that differ only in
//! this are equal.

use super::{Condition, Expression, Outcome, Rule};

/// The same rules in their simplest form.
pub(super) fn rules(rules: Vec<Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.into_iter().map(rule).collect();
    // The rules of a last tree without conditions follow those before it.
    while let Some(Rule { conditions, outcome: Outcome::Tree(last) }) = rules.last_mut()
        && conditions.is_empty()
    {
        let last = std::mem::take(last);
        rules.pop();
        rules.extend(last);
    }
    rules
}

fn rule(rule: Rule) -> Rule {
    let mut conditions: Vec<Condition> = rule.conditions.into_iter().map(condition).collect();
    let outcome = match rule.outcome {
        Outcome::Tree(inner) => {
            let mut inner = rules(inner);
            match inner.pop() {
                Some(only) if inner.is_empty() && always_hold(&only.conditions) => {
                    conditions.extend(only.conditions);
                    only.outcome
                }
                last => {
                    inner.extend(last);
                    Outcome::Tree(inner)
                }
            }
        }
        outcome => outcome,
    };
    Rule { conditions, outcome }
}

/// Whether the conditions hold for any values: every region has a partition.
fn always_hold(conditions: &[Condition]) -> bool {
    let mut conditions = conditions.iter();
    conditions.all(|condition| matches!(condition.value, Expression::Call("aws.partition", _)))
}

/// `condition` with constants after other arguments.
fn condition(mut condition: Condition) -> Condition {
    if let Expression::Call("booleanEquals", arguments) = &mut condition.value
        && let [one @ Expression::Boolean(_), other] = arguments.as_mut_slice()
    {
        std::mem::swap(one, other);
    }
    condition
}
