//! How listings continue.

use super::{Data, Found, Record, Step, Value, evaluate};

/// How to request the next page of a listing. Members are identified by their index in the input's and the output's schema.
///
/// Each marker has the input's member that takes it, and where it is in the output. Without `more_results`, the presence of a marker says
/// whether there are more pages.
#[allow(missing_docs)] // The names say it.
#[derive(Clone, Copy, Debug)]
pub enum Pagination<'a> {
    /// Markers are members of the output.
    Members { markers: &'a [(usize, usize)], more_results: Option<usize> },
    /// Markers are what expressions give for the output.
    Expressions { markers: &'a [(usize, &'a [Step<'a>])], more_results: Option<&'a [Step<'a>]> },
}

/// Where a value is in an output.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// It is a member.
    Member(usize),
    /// An expression gives it.
    Expression(&'a [Step<'a>]),
}

impl<'a> Pagination<'a> {
    /// The input's member that takes each marker, and where the marker is in the output.
    pub(crate) fn markers(&self) -> Vec<(usize, Source<'a>)> {
        match self {
            Self::Members { markers, .. } => markers
                .iter()
                .map(|(taken, returned)| (*taken, Source::Member(*returned)))
                .collect(),
            Self::Expressions { markers, .. } => {
                markers.iter().map(|(taken, steps)| (*taken, Source::Expression(steps))).collect()
            }
        }
    }

    /// Where the output says whether there are more pages, if it does.
    pub(crate) fn more_results(&self) -> Option<Source<'a>> {
        match self {
            Self::Members { more_results, .. } => more_results.map(Source::Member),
            Self::Expressions { more_results, .. } => more_results.map(Source::Expression),
        }
    }
}

impl<'a> Source<'a> {
    /// The value in `output`.
    pub(crate) fn of<'v>(&self, output: &'v dyn Record) -> Found<'v>
    where
        'a: 'v,
    {
        match self {
            Self::Member(index) => {
                Found::Data(output.member(*index).map_or(Data::Absent, Value::data))
            }
            Self::Expression(steps) => evaluate(steps, output),
        }
    }
}
