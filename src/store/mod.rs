//! Object stores: projects read from them, reports put into them. Spoken to are S3 and what speaks like it, if the program is
//! built with that (feature `s3`).
//!
//! A store has no folders, no renaming and no locks. What stands in for them: an object is put whole; each report carries the hash
//! of its content as metadata, so that what huibao put there is known even without a manifest; and what stands in a place is replaced
//! only as long as it is what was looked at (`If-Match`).

mod address;
#[cfg(feature = "s3")]
mod bucket;
#[cfg(feature = "s3")]
mod inputs;
#[cfg(feature = "s3")]
mod outputs;
mod problem;
#[cfg(not(feature = "s3"))]
mod without;

pub use address::Address;
#[cfg(feature = "s3")]
pub use inputs::fetch;
#[cfg(feature = "s3")]
pub use outputs::open;
#[cfg(not(feature = "s3"))]
pub use without::{fetch, open};
