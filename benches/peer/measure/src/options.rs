//! The arguments of the command.

use crate::Problem;
use crate::programs::{FLOOR, Program};

pub(crate) const USAGE: &str = "\
usage: measure [PART] [--quick] [--judged] [--rounds N] [--only PROGRAM]… [--profile debug|release] [--fresh]
       measure (plots|ratios) [--quick]
       measure readme [--check|--quick]
       measure budget (--check|--update)

parts:
build         times and sizes of clean builds, debug and release, and of rebuilds
run           CPU time, latency, calls per second and memory of the programs
instructions  instructions and allocations per call, counted by valgrind
generate      the time of each stage of the generator
methods       how many bytes a method adds to a program
features      crates, build time and bytes that each feature of pagesmith adds
all           all of these (default)

Each part adds to existing results of the same commit and machine until each program has N rounds, so that
an interrupted measurement can be continued. Then it draws plots, writes tables, and compares with the targets.

plots         draws plots of existing results, and compares them with the targets
ratios        compares existing results with the targets
readme        writes the section \"What it costs\" of the project's README; with --quick, prints it
budget        fails if a figure of benches/budget.json grew by more than 3 %; --update writes the file

--quick       makes few calls and one round, as a trial run; writes below target/, not to benches/results/
--judged      only the programs with a target, and the one written by hand with hyper
--rounds N    how often each program is measured (default 5; 1 with --quick)
--only        only these programs; for features, only these sets of features
--profile     only clean builds of this profile
--fresh       replaces existing results of the selected programs";

/// The options of the command.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) fresh: bool,
    pub(crate) rounds: usize,
    judged: bool,
    only: Vec<String>,
    profile: Option<&'static str>,
}

impl Options {
    /// The options, and the arguments that are not options.
    pub(crate) fn parse(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<(Self, Vec<String>), Problem> {
        let (mut options, mut words) = (Self::default(), Vec::new());
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--fresh" => options.fresh = true,
                "--judged" => options.judged = true,
                "--rounds" => options.rounds = arguments.next().ok_or(USAGE)?.parse()?,
                "--only" => options.only.push(arguments.next().ok_or(USAGE)?),
                "--profile" => {
                    options.profile = Some(match arguments.next().as_deref() {
                        Some("debug") => "debug",
                        Some("release") => "release",
                        _ => return Err(USAGE.into()),
                    });
                }
                _ => words.push(argument),
            }
        }
        if options.rounds == 0 {
            options.rounds = if options.quick { 1 } else { 5 };
        }
        Ok((options, words))
    }

    pub(crate) fn has(&self, package: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == package)
    }

    pub(crate) fn wants(&self, program: &Program) -> bool {
        let judged = program.judged || program.package == FLOOR;
        self.has(program.package) && (judged || !self.judged)
    }

    pub(crate) fn profiles(&self) -> impl Iterator<Item = &'static str> {
        ["debug", "release"].into_iter().filter(|one| self.profile.is_none_or(|only| only == *one))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::programs::PROGRAMS;

    fn parsed(line: &str) -> (Options, Vec<String>) {
        Options::parse(line.split(' ').map(str::to_owned)).unwrap()
    }

    #[test]
    fn options_select_programs() {
        let wanted = |line: &str| {
            let (options, _) = parsed(line);
            let programs = PROGRAMS.iter().filter(|program| options.wants(program));
            programs.map(|program| program.package).collect::<Vec<_>>()
        };
        assert_eq!(wanted("build").len(), PROGRAMS.len());
        assert_eq!(wanted("build --only job-aws-sdk"), ["job-aws-sdk"]);
        assert!(wanted("build --judged").contains(&FLOOR));
        assert!(!wanted("build --judged").contains(&"job-aws-sdk-ring"));
    }

    #[test]
    fn options_may_follow_the_part() {
        let (options, words) = parsed("build --rounds 3 --profile debug --quick");
        assert_eq!((words, options.rounds), (vec!["build".to_owned()], 3));
        assert_eq!(options.profiles().collect::<Vec<_>>(), ["debug"]);
        assert!(Options::parse(["--profile".to_owned()].into_iter()).is_err());
    }
}
