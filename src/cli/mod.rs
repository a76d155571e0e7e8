//! The command line: one file a subcommand. Only this room opens files on its own account, starts threads or prints.

pub mod completions;
pub mod docs;
pub mod schema;
