//! `pagesmith completions`

use clap::ValueEnum;
use clap_complete::Shell as Known;

use super::output::Output;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith completions bash > ~/.local/share/bash-completion/completions/pagesmith
  pagesmith completions zsh > \"${fpath[1]}/_pagesmith\"
  pagesmith completions fish > ~/.config/fish/completions/pagesmith.fish

Exit codes:
  0  success
  2  the script could not be written")]
pub(super) struct Arguments {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub(super) fn run(arguments: &Arguments, command: &mut clap::Command, output: &mut Output) {
    let shell = match arguments.shell {
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "pagesmith", &mut script);
    output.result(String::from_utf8_lossy(&script).trim_end());
}
