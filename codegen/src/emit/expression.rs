//! Expressions of `JMESPath`, as tables of steps. The macros of the runtime that take them have the names of steps in scope.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use pagesmith_model::jmespath::{Comparison, Step};

/// The table of `steps`.
pub(super) fn table(steps: &[Step]) -> TokenStream {
    let steps = steps.iter().map(step);
    quote! { &[#(#steps),*] }
}

/// One step.
pub(super) fn step(step: &Step) -> TokenStream {
    match step {
        Step::Member(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote! { Member(#index) }
        }
        Step::Index(index) => {
            let index = Literal::i32_unsuffixed(*index);
            quote! { Index(#index) }
        }
        Step::Flatten => quote! { Flatten },
        Step::Elements => quote! { Elements },
        Step::Values => quote! { Values },
        Step::Filter(condition) => {
            let condition = table(condition);
            quote! { Filter(#condition) }
        }
        Step::Whole => quote! { Whole },
        Step::Length => quote! { Length },
        Step::Keys => quote! { Keys },
        Step::Not => quote! { Not },
        Step::Text(text) => quote! { Text(#text) },
        Step::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote! { Integer(#value) }
        }
        Step::Boolean(value) => quote! { Boolean(#value) },
        Step::List(values) => {
            let values = values.iter().map(|steps| table(steps));
            quote! { List(&[#(#values),*]) }
        }
        Step::Or(left, right) => {
            let (left, right) = (table(left), table(right));
            quote! { Or(#left, #right) }
        }
        Step::And(left, right) => {
            let (left, right) = (table(left), table(right));
            quote! { And(#left, #right) }
        }
        Step::Compare(comparison, left, right) => {
            let (left, right) = (table(left), table(right));
            let comparison = self::comparison(*comparison);
            quote! { Compare(#comparison, #left, #right) }
        }
    }
}

fn comparison(comparison: Comparison) -> TokenStream {
    match comparison {
        Comparison::Equal => quote! { Equal },
        Comparison::NotEqual => quote! { NotEqual },
        Comparison::Less => quote! { Less },
        Comparison::LessOrEqual => quote! { LessOrEqual },
        Comparison::Greater => quote! { Greater },
        Comparison::GreaterOrEqual => quote! { GreaterOrEqual },
    }
}
