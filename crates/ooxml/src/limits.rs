//! How much of a package is read before it is refused.

/// The limits of one package; each is far above an honest document and far below what would exhaust the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Parts of the package.
    pub parts: usize,
    /// Bytes of all parts together, inflated and counted, not as declared.
    pub inflated_bytes: u64,
    /// How many times its packed size a part of more than [`Limits::ratio_from`] bytes may inflate to.
    pub ratio: u64,
    /// From how many inflated bytes on the ratio is looked at: small parts may well be all alike.
    pub ratio_from: u64,
    /// Bytes of a part that is read as a tree.
    pub xml_bytes: u64,
    /// Elements and texts of such a part; each takes 24 bytes beside the part itself.
    pub xml_nodes: usize,
    /// How deep its elements are nested.
    pub xml_depth: usize,
}

impl Limits {
    /// The limits of a normal run: 2 000 parts, 512 MiB inflated at 200:1, trees of 64 MiB and four million nodes: some
    /// 2 000 pages. In 3 275 workbooks of public test collections no sheet passed 140:1; packages made to do harm begin
    /// at 1 000:1.
    pub const STANDARD: Self = Self {
        parts: 2_000,
        inflated_bytes: 512 << 20,
        ratio: 200,
        ratio_from: 1 << 20,
        xml_bytes: 64 << 20,
        xml_nodes: 4_000_000,
        xml_depth: 200,
    };
}
