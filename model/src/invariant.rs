//! The one way in which a broken invariant of this project fails.

/// The value of an `Option`, or a panic with the place and the reason that was given why there must be a value.
///
/// It is for what no input can cause: a page, a service model or a file that is wrong gives a
/// [diagnostic](crate::diagnostic). A silent default would hide the mistake.
///
/// # Panics
/// Where the option is `None`: a mistake in the code that uses it.
///
/// # Example
/// ```
/// use pagesmith_model::invariant;
///
/// let words = ["a", "b"];
/// assert_eq!(*invariant!(words.last(), "the array has two words"), "b");
/// ```
#[macro_export]
macro_rules! invariant {
    ($option:expr, $reason:literal) => {
        match $option {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => $crate::invariant::broken($reason),
        }
    };
}

/// Fails with the place of the caller and `reason`.
#[doc(hidden)]
#[track_caller]
#[cold]
#[allow(clippy::panic)]
pub fn broken(reason: &str) -> ! {
    panic!(
        "an invariant of pagesmith is broken: {reason}. This is a bug in pagesmith; please report it"
    )
}
