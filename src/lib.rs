//! huibian
