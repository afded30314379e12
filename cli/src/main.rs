//! The `pagesmith` command.

fn main() -> std::process::ExitCode {
    pagesmith_cli::main()
}
