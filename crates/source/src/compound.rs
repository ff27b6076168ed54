//! Compound files ([MS-CFB]): the streams within an old workbook, with every chain of sectors bounded.
//!
//! A chain that leads back into itself makes careless readers fill the memory. Here a chain may not
//! be longer than the file has sectors, and a stream not longer than its chain.

/// The end of a chain, and the marks that do not number a sector.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// Bytes of the header, whatever the sectors' size.
const HEADER: usize = 512;

/// Streams shorter than this lie in the short sectors.
const SHORT_STREAM: usize = 4096;

const SHORT_SECTOR: usize = 64;
const DIRECTORY_ENTRY: usize = 128;

/// An opened compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    chains: Vec<u32>,
    short_chains: Vec<u32>,
    short: Vec<u8>,
    entries: Vec<DirectoryEntry>,
}

struct DirectoryEntry {
    name: String,
    start: u32,
    len: usize,
}

impl<'a> Compound<'a> {
    /// Opens a file that begins with the signature; `None` if it is not whole.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            chains: Vec::new(),
            short_chains: Vec::new(),
            short: Vec::new(),
            entries: Vec::new(),
        };
        file.chains = file.read_chains()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.chunks_exact(DIRECTORY_ENTRY).filter_map(|it| entry(it, sector)).collect();
        let root = file.entries.first()?;
        if u32_at(bytes, 64)? > 0 && root.len > 0 {
            file.short = file.chain(root.start)?;
            file.short_chains = numbers(&file.chain(u32_at(bytes, 60)?)?);
        }
        Some(file)
    }

    /// Whether there is a stream or storage of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// The content of the stream of this name; `None` if there is no such stream, or part of it is missing.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|it| it.name.eq_ignore_ascii_case(name))?;
        let mut content = if entry.len < SHORT_STREAM {
            let sectors = self.short.chunks(SHORT_SECTOR);
            collect(entry.start, &self.short_chains, sectors.len(), |it| {
                self.short.chunks(SHORT_SECTOR).nth(it)
            })?
        } else {
            self.chain(entry.start)?
        };
        // Some programs cut the file off within the last sector: only what is promised must be there.
        (content.len() >= entry.len).then(|| content.truncate(entry.len))?;
        Some(content)
    }

    fn n_sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    fn sector_at(&self, id: usize) -> Option<&'a [u8]> {
        // The header takes up one sector, whatever their size.
        let start = id.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(&rest[..rest.len().min(self.sector)]).filter(|it| !it.is_empty())
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        collect(start, &self.chains, self.n_sectors(), |it| self.sector_at(it))
    }

    /// The table of all chains: its sectors are listed in the header and, for large files, beyond.
    fn read_chains(&self) -> Option<Vec<u32>> {
        let mut listed = numbers(self.bytes.get(76..HEADER)?);
        let mut next = u32_at(self.bytes, 68)?;
        let mut n_read = 0;
        while next < FIRST_MARK {
            n_read += 1;
            let mut more = numbers(self.sector_at(next as usize)?);
            next = more.pop().filter(|_| n_read <= self.n_sectors())?;
            listed.extend(more);
        }
        let mut chains = Vec::new();
        for id in listed.into_iter().filter(|it| *it < FIRST_MARK).take(self.n_sectors()) {
            chains.extend(numbers(self.sector_at(id as usize)?));
        }
        Some(chains)
    }
}

/// Puts the sectors of a chain together; `None` if it leaves the file or never ends.
fn collect<'s>(
    start: u32,
    chains: &[u32],
    n_sectors: usize,
    sector: impl Fn(usize) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut next = start;
    let mut n_read = 0;
    while next < FIRST_MARK {
        n_read += 1;
        if n_read > n_sectors {
            return None;
        }
        content.extend_from_slice(sector(next as usize)?);
        next = *chains.get(next as usize)?;
    }
    Some(content)
}

fn entry(bytes: &[u8], sector: usize) -> Option<DirectoryEntry> {
    let units: Vec<u16> = bytes[..64].as_chunks().0.iter().map(|it| u16::from_le_bytes(*it)).collect();
    let name = String::from_utf16_lossy(&units);
    let name = name.split('\0').next().unwrap_or_default().to_owned();
    // The upper half of the length means something in large sectors only.
    let high = if sector == 4096 { u32_at(bytes, 124)? } else { 0 };
    let len = (u64::from(high) << 32) | u64::from(u32_at(bytes, 120)?);
    Some(DirectoryEntry { name, start: u32_at(bytes, 116)?, len: usize::try_from(len).ok()? })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it)).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_le_bytes(*it))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A compound file with these streams, all of them in long sectors.
    pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut sectors: Vec<[u8; 512]> = vec![[0; 512], [0; 512]];
        let mut chains = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
        let mut directory = entry_of("Root DirectoryEntry", 0xFFFF_FFFE, 0);
        for (name, content) in streams {
            let padded = content.len().max(SHORT_STREAM);
            directory.extend(entry_of(name, u32::try_from(sectors.len()).unwrap(), padded));
            for part in 0..padded.div_ceil(512) {
                let mut sector = [0; 512];
                let rest = content.get(part * 512..).unwrap_or_default();
                let n = rest.len().min(512);
                sector[..n].copy_from_slice(&rest[..n]);
                sectors.push(sector);
                chains.push(u32::try_from(sectors.len()).unwrap());
            }
            *chains.last_mut().unwrap() = 0xFFFF_FFFE;
        }
        sectors[1][..directory.len()].copy_from_slice(&directory);
        let table: Vec<u8> = chains.iter().flat_map(|it| it.to_le_bytes()).collect();
        sectors[0] = [0xFF; 512];
        sectors[0][..table.len()].copy_from_slice(&table);
        let mut header = vec![0; 512];
        header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        header[26] = 3;
        (header[30], header[32], header[44], header[48]) = (9, 6, 1, 1);
        header[60..64].fill(0xFF);
        header[68..72].fill(0xFF);
        header[76..].fill(0xFF);
        header[76..80].fill(0);
        sectors.iter().for_each(|it| header.extend(it));
        header
    }

    fn entry_of(name: &str, start: u32, len: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.resize(116, 0);
        bytes.extend(start.to_le_bytes());
        bytes.extend(u64::try_from(len).unwrap().to_le_bytes());
        bytes
    }

    #[test]
    fn a_stream_comes_back_by_its_name_and_a_missing_one_does_not() {
        let content: Vec<u8> = (0..6000_u32).map(|it| it.to_le_bytes()[0]).collect();
        let bytes = compound(&[("Workbook", &content), ("Other", b"x")]);
        let file = Compound::open(&bytes).unwrap();
        assert_eq!(file.stream("workbook").unwrap(), content);
        assert!(file.has("Other") && file.stream("Book").is_none());
        assert!(Compound::open(&bytes[..600]).is_none());
    }

    #[test]
    fn a_file_that_is_cut_off_behind_what_its_streams_promise_is_whole() {
        let content = vec![1; 5000];
        let bytes = compound(&[("Workbook", &content)]);
        let filled = 5000 % 512;
        let cut = |n: usize| Compound::open(&bytes[..bytes.len() - n])?.stream("Workbook");
        assert_eq!(cut(512 - filled).as_ref(), Some(&content));
        assert_eq!(cut(512 - filled + 1), None);
    }

    #[test]
    fn a_table_that_is_listed_over_and_over_takes_no_more_memory_than_the_file() {
        const N: usize = 100;
        let mut bytes = compound(&[("Workbook", &[1; 5000])]);
        // Behind the streams: sectors of the list, each of which names the one table 127 times and then the next.
        let first = bytes.len() / 512 - 1;
        for at in first..first + N {
            let next = if at + 1 < first + N { u32::try_from(at + 1).unwrap() } else { 0xFFFF_FFFE };
            bytes.extend([0; 508]);
            bytes.extend(next.to_le_bytes());
        }
        bytes[68..72].copy_from_slice(&u32::try_from(first).unwrap().to_le_bytes());
        let file = Compound::open(&bytes).unwrap();
        assert!(file.chains.len() * 4 <= bytes.len(), "{} of {}", file.chains.len() * 4, bytes.len());
        assert_eq!(file.stream("Workbook").unwrap(), [1; 5000]);
    }

    #[test]
    fn chains_that_lead_back_into_themselves_end() {
        let good = compound(&[("Workbook", &[1; 5000])]);
        for (sector, target) in [(1_usize, 1_u8), (3, 2), (4, 4)] {
            let mut bytes = good.clone();
            bytes[512 + sector * 4..][..4].copy_from_slice(&[target, 0, 0, 0]);
            let stream = Compound::open(&bytes).and_then(|it| it.stream("Workbook"));
            assert!(stream.is_none(), "{sector}");
        }
        let mut bytes = good;
        bytes[68..72].copy_from_slice(&[2, 0, 0, 0]);
        bytes[512 * 3..][508..512].copy_from_slice(&[2, 0, 0, 0]);
        assert!(Compound::open(&bytes).is_none(), "a list of tables that goes on in itself");
    }
}
