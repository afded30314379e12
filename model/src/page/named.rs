//! Enums whose values have names on pages.

use std::fmt;

/// The error for text that is not a name of the enum's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(pub(crate) String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownName {}

/// Defines an enum with `ALL`, `name`, [`Display`](std::fmt::Display) and [`FromStr`](std::str::FromStr).
macro_rules! named_enum {
    ($(#[$doc:meta])* $Enum:ident, $noun:literal {
        $($(#[$value_doc:meta])* $Value:ident = $name:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Enum {
            $($(#[$value_doc])* $Value,)*
        }

        impl $Enum {
            /// All values, in order.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$Value),*];

            /// Returns the name on pages.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Value => $name,)*
                }
            }
        }

        impl std::fmt::Display for $Enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $Enum {
            type Err = $crate::page::named::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.into_iter().find(|value| value.name() == text).ok_or_else(|| {
                    let known = $crate::words::list_of(Self::ALL.map(Self::name));
                    let message = concat!("unknown ", $noun, "; the ", $noun, "s are ").to_owned();
                    $crate::page::named::UnknownName(message + &known)
                })
            }
        }
    };
}

pub(crate) use named_enum;
