//! The `hemoclone` command.

fn main() {}
