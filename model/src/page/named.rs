//! Enums whose values have names on pages.

/// Defines an enum with `ALL`, `name` and [`Display`](std::fmt::Display).
macro_rules! named_enum {
    ($(#[$doc:meta])* $Enum:ident { $($(#[$value_doc:meta])* $Value:ident = $name:literal,)* }) => {
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
    };
}

pub(crate) use named_enum;
