//! SHA-256 as the site writes it: the names of versions, and the one style that a page may hold itself.

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

/// The first 12 letters of the hash, as the name of a version.
pub(crate) fn short(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes)[..6])
}

/// The hash in base 64 (RFC 4648), as a content security policy names it.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64.encode(&Sha256::digest(bytes))
}
