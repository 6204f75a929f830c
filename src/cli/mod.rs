//! The commands.
mod arguments;
pub use arguments::{Request, parse};
