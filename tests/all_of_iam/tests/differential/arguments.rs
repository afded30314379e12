//! Random arguments, the same for the same seed.

use pagesmith_model::schema::{Member, Resource, Schema, Service, Target};
use serde_json::{Map, Value};

/// A random number generator (xorshift).
pub(crate) struct Random(u64);

/// Characters that are escaped, that are not escaped, and that have more than one byte.
const LETTERS: [char; 24] = [
    'a', 'Z', '0', '-', '_', '.', '~', ' ', '+', '&', '=', '%', '/', ':', '*', '"', '<', '\'',
    '\n', '{', 'é', '\u{0}', '漢', '🦀',
];

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Values for all required members, and for some of the others.
    pub(crate) fn arguments(
        &mut self,
        service: &Service,
        resource: &Resource,
        members: &[Member],
    ) -> Map<String, Value> {
        let mut arguments = Map::new();
        for member in members {
            if member.required || self.below(2) == 0 {
                let value = self.value(service, resource, &member.target);
                arguments.insert(member.name.clone(), value);
            }
        }
        arguments
    }

    fn value(&mut self, service: &Service, resource: &Resource, target: &Target) -> Value {
        match target {
            Target::String | Target::Known(_) => self.text().into(),
            Target::Boolean => (self.below(2) == 0).into(),
            Target::Integer => self.integer().into(),
            Target::Enum(name) => self.one_of(service, name).into(),
            Target::Structure(name) => {
                if let Schema::Union(members) = &service.schemas[name] {
                    // A union has exactly one of its members.
                    let member = &members[self.below(members.len())];
                    let value = self.value(service, resource, &member.target);
                    return Map::from_iter([(member.name.clone(), value)]).into();
                }
                self.arguments(service, resource, service.structure(name).unwrap()).into()
            }
            Target::List { element, .. } => {
                let count = self.below(4);
                (0..count).map(|_| self.value(service, resource, element)).collect()
            }
            other => panic!("params of type {other:?} are not supported by this test"),
        }
    }

    fn text(&mut self) -> String {
        let length = self.below(12);
        (0..length).map(|_| LETTERS[self.below(LETTERS.len())]).collect()
    }

    fn integer(&mut self) -> i32 {
        match self.below(4) {
            0 => i32::MIN,
            1 => i32::MAX,
            _ => i32::try_from(self.below(2000)).unwrap() - 1000,
        }
    }

    /// A value of an enum, sometimes an unknown one.
    fn one_of(&mut self, service: &Service, name: &str) -> String {
        match &service.schemas[name] {
            Schema::Enum(values) if self.below(4) > 0 => values[self.below(values.len())].clone(),
            _ => self.text(),
        }
    }
}
