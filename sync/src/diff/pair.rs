//! The old and the new page of a resource, with their methods matched.

use std::collections::BTreeSet;

use super::change::Subject;
use super::matching::{Matches, RenameBudget};
use super::similarity::{Description, SAME, near, shared};
use super::view::{MethodView, PageView};
use pagesmith_model::page::Method;

/// The least similarity of a removed and an added method that are one renamed method.
const RENAMED: usize = 650;

/// The old and the new page of a resource.
#[derive(Debug)]
pub(super) struct PagePair<'a> {
    pub(super) old: &'a PageView<'a>,
    pub(super) new: &'a PageView<'a>,
    pub(super) methods: Matches<&'a MethodView<'a>>,
    /// The page, by its old name.
    pub(super) subject: Subject,
}

impl<'a> PagePair<'a> {
    /// Matches the methods by name, then by operation, then by similarity.
    pub(super) fn new(
        old: &'a PageView<'a>,
        new: &'a PageView<'a>,
        budget: &mut RenameBudget,
    ) -> Self {
        let mut methods = Matches::keyed(&old.methods, &new.methods, MethodView::full_name);
        let name = |view: &'a MethodView<'a>| [view.method.name.as_str()];
        methods.by_keys(name, name);
        methods.by_keys(|view| &view.keys, |view| &view.keys);
        let profile = |view: &'a MethodView<'a>| (view, Description::new(&view.method.description));
        methods.by_similarity((budget, "methods"), RENAMED, profile, |(old, was), (new, is)| {
            // Methods with two known operations are two methods.
            match (old.operation, new.operation) {
                (Some(_), Some(_)) => 0,
                _ => signature_similarity(old.method, new.method) + was.shared(is) * 7 / 20,
            }
        });
        Self { old, new, methods, subject: Subject::whole(&old.id().value) }
    }

    /// Whether the dialects of both pages list params.
    pub(super) fn lists_params(&self) -> bool {
        self.old.lists_params() && self.new.lists_params()
    }

    /// A method as the subject of a change.
    pub(super) fn method(&self, method: &MethodView<'_>) -> Subject {
        self.subject.method(&method.method.name)
    }
}

fn signature_similarity(old: &Method, new: &Method) -> usize {
    let params = |method: &Method| -> BTreeSet<String> {
        method.required_params.iter().map(|param| param.value.clone()).collect()
    };
    let (olds, news) = (params(old), params(new));
    let by_params = if olds == news { SAME } else { shared(&olds, &news) } / 4;
    let by_access = if *old.access == *new.access { 200 } else { 0 };
    let by_name = if near(&old.name, &new.name) { 200 } else { 0 };
    by_params + by_access + by_name
}
