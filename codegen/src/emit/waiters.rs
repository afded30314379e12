//! The waiters of a request: a method for each.
//!
//! ```text
//! runtime::codegen::waiters! {
//!     GetUser<U: UserNameIsGiven> -> GetUserOutput;
//!     /// Waits until …
//!     wait_until_user_exists = "UserExists", 1, 20, &[Success(Status(200)), Retry(Error("NoSuchEntity"))];
//! }
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Doc;
use super::expression;
use crate::lower::Method;
use pagesmith_model::model::{MatcherKind, WaiterState};
use pagesmith_model::schema::{Matcher, Waiter};

/// The methods for the waiters of `method`, whose request has this `signature`.
pub(super) fn methods(method: &Method, signature: &TokenStream) -> Option<TokenStream> {
    let waiters = method.bound.waiters.iter().zip(&method.waiters).map(|(waiter, name)| {
        let doc = doc(waiter);
        let Waiter { name: waiter, delay, max_attempts, acceptors } = waiter;
        let [delay, max_attempts] = [*delay, *max_attempts].map(Literal::u32_unsuffixed);
        let acceptors = acceptors.iter().map(|(state, matcher)| acceptor(*state, matcher));
        quote! {
            #doc
            #name = #waiter, #delay, #max_attempts, &[#(#acceptors),*];
        }
    });
    let waiters: Vec<TokenStream> = waiters.collect();
    (!waiters.is_empty()).then(|| {
        quote! { runtime::codegen::waiters! { #signature; #(#waiters)* } }
    })
}

fn doc(waiter: &Waiter) -> Doc {
    let Waiter { name, delay, max_attempts, .. } = waiter;
    let pause = if *delay == 1 { "second".to_owned() } else { format!("{delay} seconds") };
    Doc::wrapped(&format!(
        "Waits by the waiter `{name}`: repeats the request every {pause}, at most {max_attempts} times, unless \
         [`Waiting`](runtime::Waiting) is told otherwise."
    ))
}

fn acceptor(state: WaiterState, matcher: &Matcher) -> TokenStream {
    let matcher = self::matcher(matcher);
    match state {
        WaiterState::Success => quote! { Success(#matcher) },
        WaiterState::Retry => quote! { Retry(#matcher) },
        WaiterState::Failure => quote! { Failure(#matcher) },
    }
}

fn matcher(matcher: &Matcher) -> TokenStream {
    match matcher {
        Matcher::Status(status) => {
            let status = Literal::u16_unsuffixed(*status);
            quote! { Status(#status) }
        }
        Matcher::Error(code) => quote! { Error(#code) },
        Matcher::AnyError(expected) => quote! { AnyError(#expected) },
        Matcher::Path(path) => {
            // A secret is not shown.
            let text = if path.sensitive { "" } else { path.expression.as_str() };
            let (steps, expected) =
                (expression::table(&path.steps), expression::step(&path.expected));
            let arguments = quote! { (#text, #steps, #expected) };
            match path.kind {
                MatcherKind::PathAll => quote! { PathAll #arguments },
                MatcherKind::PathAny => quote! { PathAny #arguments },
                _ => quote! { Path #arguments },
            }
        }
    }
}
