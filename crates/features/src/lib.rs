//! No code: all foreign crates in one place, with the features that the whole program uses.
//!
//! Cargo compiles a foreign crate with the features that the selected packages ask for. A room tested by itself asks for fewer
//! than the program, and Typst would be compiled once more for it. `cargo room NAME` selects this package beside the room.
