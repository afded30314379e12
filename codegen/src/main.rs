//! The `pagesmith` command.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let command = cli::Command::parse();
    let mut output = cli::Output::of_process();
    command.run(&mut output)
}
