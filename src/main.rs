//! The command line program: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    huibian::cli::run()
}
