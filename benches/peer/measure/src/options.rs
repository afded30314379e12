//! What the command is asked for.

use crate::Problem;
use crate::programs::{FLOOR, Program};

pub(crate) const USAGE: &str = "\
usage: measure [PART] [--quick] [--judged] [--rounds N] [--only PROGRAM]… [--profile debug|release] [--fresh]
       measure (plots|ratios) [--quick]
       measure readme [--check|--quick]
       measure budget (--check|--update)

parts:
build         clean builds, debug and release, and rebuilds
run           CPU, latency, calls per second, memory of the programs, in turn
instructions  instructions and allocations per call, by valgrind
generate      the generator, stage by stage
methods       bytes that a method adds to a program
features      crates, time to build and bytes that each feature of pagesmith adds
all           all of these

Each adds to the results of this commit and machine that are there, up to the number of rounds, so that
what was ended can be continued; and then draws plots, writes tables, and compares with the targets.

plots         draws the results that are there
ratios        compares the results that are there with the targets
readme        writes the section of the project's README that shows them; with --quick, prints it
budget        what must not grow

--quick       little of everything, to see that it works; writes below target/, not benches/results/
--judged      those programs only that a target is for, and the one by hand on hyper
--rounds N    how often each program has its turn (5; 1 with --quick)
--only        the named programs only; of features, the named sets
--profile     clean builds of this profile only
--fresh       in place of the results of the programs asked for, not beside them";

/// What was asked for.
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
    /// The options, and the words beside them.
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
    fn programs_are_those_that_were_asked_for() {
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
    fn words_and_options_may_be_mixed() {
        let (options, words) = parsed("build --rounds 3 --profile debug --quick");
        assert_eq!((words, options.rounds), (vec!["build".to_owned()], 3));
        assert_eq!(options.profiles().collect::<Vec<_>>(), ["debug"]);
        assert!(Options::parse(["--profile".to_owned()].into_iter()).is_err());
    }
}
