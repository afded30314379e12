//! The evaluation of `JMESPath` expressions over records. The generator makes the steps; `pagesmith_model::jmespath` says which expressions
//! are supported.

use super::{Data, Record, Value};

/// One step of the evaluation of an expression, which makes another value of the value so far.
///
/// The steps after a projection ([`Flatten`](Self::Flatten), [`Elements`](Self::Elements), [`Values`](Self::Values),
/// [`Filter`](Self::Filter)) apply to each element, up to the next [`Flatten`](Self::Flatten) or [`Whole`](Self::Whole). Elements that
/// become absent are dropped.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// The member of a structure at this index.
    Member(usize),
    /// The element of a list at this index; from the end if it is negative.
    Index(i32),
    /// The elements of a list, and those of lists in it.
    Flatten,
    /// The elements of a list.
    Elements,
    /// The values of a map.
    Values,
    /// The elements of a list for which the steps give a value that is neither absent, false nor empty.
    Filter(&'a [Step<'a>]),
    /// The list of a projection as one value.
    Whole,
    /// The number of characters of a string, or of elements of a list or a map; 0 if it is absent.
    Length,
    /// The keys of a map.
    Keys,
    /// True if the value is absent, false or empty.
    Not,
    /// A string.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// A list of what each of these gives.
    List(&'a [&'a [Step<'a>]]),
    /// What the first gives, or what the second gives if that is absent, false or empty.
    Or(&'a [Step<'a>], &'a [Step<'a>]),
    /// What the first gives if that is absent, false or empty, or what the second gives.
    And(&'a [Step<'a>], &'a [Step<'a>]),
    /// Whether what both give compares like this.
    Compare(Comparison, &'a [Step<'a>], &'a [Step<'a>]),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What an expression gives.
#[derive(Clone)]
pub(crate) enum Found<'a> {
    /// A value of the record, or a literal.
    Data(Data<'a>),
    /// The elements of a projection.
    List(Vec<Self>),
}

/// What `steps` give for `record`.
pub(crate) fn evaluate<'a>(steps: &[Step<'a>], record: &'a dyn Record) -> Found<'a> {
    run(steps, Found::Data(Data::Record(record)))
}

fn run<'a>(steps: &[Step<'a>], mut value: Found<'a>) -> Found<'a> {
    let mut steps = steps;
    while let Some((step, rest)) = steps.split_first() {
        steps = rest;
        let Some(elements) = value.project(step) else {
            value = value.step(step);
            continue;
        };
        let is_end = |step: &Step<'_>| matches!(step, Step::Flatten | Step::Whole);
        let end = rest.iter().position(is_end).unwrap_or(rest.len());
        let (each, rest) = rest.split_at(end);
        steps = rest;
        let elements = elements.into_iter().map(|element| run(each, element));
        value = Found::List(elements.filter(|element| !element.is_absent()).collect());
    }
    value
}

impl<'a> Found<'a> {
    const ABSENT: Self = Self::Data(Data::Absent);

    /// The elements of the projection `step`; `None` if it is another step, or the value is not a list or a map.
    fn project(&self, step: &Step<'a>) -> Option<Vec<Self>> {
        let elements = match step {
            Step::Elements => self.elements()?,
            Step::Values => self.entries(|_, value| Self::Data(value.data()))?,
            Step::Filter(condition) => {
                let mut elements = self.elements()?;
                elements.retain(|element| run(condition, element.clone()).is_truthy());
                elements
            }
            Step::Flatten => {
                let elements = self.elements()?;
                let inner =
                    elements.into_iter().map(|it| it.elements().unwrap_or_else(|| vec![it]));
                inner.flatten().collect()
            }
            _ => return None,
        };
        Some(elements)
    }

    /// The value after a `step` that is not a projection.
    fn step(self, step: &Step<'a>) -> Self {
        match *step {
            Step::Member(index) => match self {
                Self::Data(Data::Record(record)) => record.member(index).map(Value::data),
                _ => None,
            }
            .map_or(Self::ABSENT, Self::Data),
            Step::Index(index) => self.at(index).unwrap_or(Self::ABSENT),
            Step::Length => Self::integer(self.length()),
            Step::Keys => {
                self.entries(|key, _| Self::Data(Data::Text(key))).map_or(Self::ABSENT, Self::List)
            }
            Step::Not => Self::boolean(!self.is_truthy()),
            Step::Text(text) => Self::Data(Data::Text(text)),
            Step::Integer(value) => Self::Data(Data::Integer(value)),
            Step::Boolean(value) => Self::boolean(value),
            Step::List(_) if self.is_absent() => self,
            Step::List(values) => {
                Self::List(values.iter().map(|steps| run(steps, self.clone())).collect())
            }
            Step::Or(left, right) => {
                let left = run(left, self.clone());
                if left.is_truthy() { left } else { run(right, self) }
            }
            Step::And(left, right) => {
                let left = run(left, self.clone());
                if left.is_truthy() { run(right, self) } else { left }
            }
            Step::Compare(comparison, left, right) => {
                run(left, self.clone()).compare(comparison, &run(right, self))
            }
            Step::Whole => self,
            // A projection of a value that is not a list or a map.
            Step::Flatten | Step::Elements | Step::Values | Step::Filter(_) => Self::ABSENT,
        }
    }

    fn boolean(value: bool) -> Self {
        Self::Data(Data::Boolean(value))
    }

    fn integer(value: usize) -> Self {
        Self::Data(Data::Integer(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn compare(&self, comparison: Comparison, other: &Self) -> Self {
        let is_less = |left: &Self, right: &Self| match (left, right) {
            (Self::Data(Data::Integer(left)), Self::Data(Data::Integer(right))) => {
                Some(left < right)
            }
            _ => None,
        };
        let ordered = |found: Option<bool>, is: bool| {
            found.map_or(Self::ABSENT, |found| Self::boolean(found == is))
        };
        match comparison {
            Comparison::Equal => Self::boolean(self.equals(other)),
            Comparison::NotEqual => Self::boolean(!self.equals(other)),
            Comparison::Less => ordered(is_less(self, other), true),
            Comparison::GreaterOrEqual => ordered(is_less(self, other), false),
            Comparison::Greater => ordered(is_less(other, self), true),
            Comparison::LessOrEqual => ordered(is_less(other, self), false),
        }
    }

    /// Whether both are the same string, boolean or integer, or both are absent.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Data(left), Self::Data(right)) => match (left, right) {
                (Data::Absent, Data::Absent) => true,
                (Data::Text(left), Data::Text(right)) => left == right,
                (Data::Boolean(left), Data::Boolean(right)) => left == right,
                (Data::Integer(left), Data::Integer(right)) => left == right,
                _ => false,
            },
            _ => false,
        }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Data(Data::Absent))
    }

    /// Whether the value is neither absent, false nor empty.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Data(Data::Absent) => false,
            Self::Data(Data::Boolean(value)) => *value,
            Self::Data(Data::Text(_) | Data::List(_) | Data::Map(_)) | Self::List(_) => {
                self.length() > 0
            }
            Self::Data(_) => true,
        }
    }

    /// The elements of a list; `None` if it is not a list.
    pub(crate) fn elements(&self) -> Option<Vec<Self>> {
        match self {
            Self::List(elements) => Some(elements.clone()),
            Self::Data(Data::List(list)) => {
                Some((0..).map_while(|at| list.at(at)).map(|it| Self::Data(it.data())).collect())
            }
            Self::Data(_) => None,
        }
    }

    fn at(&self, index: i32) -> Option<Self> {
        let from_end = usize::try_from(index.unsigned_abs()).ok()?;
        let index = if index < 0 { self.length().checked_sub(from_end)? } else { from_end };
        match self {
            Self::List(elements) => elements.get(index).cloned(),
            Self::Data(Data::List(list)) => list.at(index).map(|it| Self::Data(it.data())),
            Self::Data(_) => None,
        }
    }

    /// What `take` makes of each entry of a map; `None` if it is not a map.
    fn entries(&self, take: impl Fn(&'a str, &'a dyn Value) -> Self) -> Option<Vec<Self>> {
        let Self::Data(Data::Map(map)) = self else { return None };
        let mut all = Vec::new();
        map.each(&mut |key, value| {
            all.push(take(key, value));
            true
        });
        Some(all)
    }

    fn length(&self) -> usize {
        match self {
            Self::List(elements) => elements.len(),
            Self::Data(Data::Text(text)) => text.chars().count(),
            Self::Data(Data::List(list)) => {
                (0..).map_while(|at| list.at(at)).fold(0, |length, _| length + 1)
            }
            Self::Data(Data::Map(map)) => {
                let mut length = 0;
                map.each(&mut |_, _| {
                    length += 1;
                    true
                });
                length
            }
            Self::Data(_) => 0,
        }
    }
}
