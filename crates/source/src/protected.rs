//! Workbooks that are encrypted with the password that every program knows ([MS-OFFCRYPTO] 2.3.4): Excel asks for none when it
//! opens them, as they were only to be read and not changed.

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

use super::compound::Compound;
use ooxml::{Element, Tree};

/// The password that Excel and WPS try before they ask.
const PASSWORD: &str = "VelvetSweatshop";
/// More rounds than any program makes.
const N_ROUNDS_MAX: u32 = 1_000_000;
const BLOCK: usize = 16;
/// Bytes of the package that are encrypted together.
const SEGMENT: usize = 4096;
/// What the keys for the several purposes are made with.
const OF_INPUT: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const OF_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const OF_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// The package within an encrypted file, if it opens without asking for a password.
pub(super) fn unlocked(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return None;
    }
    let file = Compound::open(bytes).filter(|it| it.has("EncryptedPackage"))?;
    let (info, package) = (file.stream("EncryptionInfo")?, file.stream("EncryptedPackage")?);
    let (head, sealed) = package.split_at_checked(8)?;
    let len = usize::try_from(u64::from_le_bytes(head.try_into().ok()?)).ok()?;
    let mut opened = match (u16_at(&info, 0)?, u16_at(&info, 2)?) {
        (4, 4) => agile(info.get(8..)?, sealed)?,
        (2..=4, 2) => standard(&info, sealed)?,
        _ => return None,
    };
    opened.truncate(len);
    opened.starts_with(b"PK").then_some(opened)
}

/// Agile encryption: what it is done with stands in XML.
fn agile(xml: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let end = xml.iter().rposition(|it| *it == b'>')?;
    let tree = Tree::parse(xml[..=end].to_vec(), &ooxml::Limits::STANDARD).ok()?;
    let find = |name: &str| {
        let mut found = Vec::new();
        tree.root().all_local(name, &mut found);
        found.first().copied()
    };
    let (data, own) = (Agile::read(find("keyData")?)?, Agile::read(find("encryptedKey")?)?);
    let rounds =
        find("encryptedKey")?.attribute("spinCount")?.parse().ok().filter(|it| *it <= N_ROUNDS_MAX)?;
    let hashed = own.hash.rounds(&own.salt, rounds);
    let part = |purpose: [u8; 8], name: &str| {
        let key = own.hash.of(&[&hashed, &purpose]);
        own.decrypt(&key, &own.salt, &STANDARD.decode(&*find("encryptedKey")?.attribute(name)?).ok()?)
    };
    let input = part(OF_INPUT, "encryptedVerifierHashInput")?;
    let wanted = part(OF_HASH, "encryptedVerifierHashValue")?;
    let made = own.hash.of(&[&input]);
    if !wanted.starts_with(&made) {
        return None;
    }
    let key = part(OF_KEY, "encryptedKeyValue")?;
    let mut opened = Vec::with_capacity(sealed.len());
    for (at, segment) in (0_u32..).zip(sealed.chunks(SEGMENT)) {
        let vector = data.hash.of(&[&data.salt, &at.to_le_bytes()]);
        let whole = segment.len() - segment.len() % BLOCK;
        opened.extend(data.decrypt(&key, &vector, &segment[..whole])?);
    }
    Some(opened)
}

/// How something is encrypted.
struct Agile {
    salt: Vec<u8>,
    hash: Hash,
    /// Bytes of a key.
    n_key: usize,
}

impl Agile {
    fn read(element: Element<'_>) -> Option<Self> {
        let named = |name: &str| element.attribute(name).map(|it| it.into_owned());
        if named("cipherAlgorithm")? != "AES" || named("cipherChaining")? != "ChainingModeCBC" {
            return None;
        }
        let hash = match named("hashAlgorithm")?.as_str() {
            "SHA1" | "SHA-1" => Hash::Sha1,
            "SHA256" => Hash::Sha256,
            "SHA384" => Hash::Sha384,
            "SHA512" => Hash::Sha512,
            _ => return None,
        };
        let n_key = named("keyBits")?.parse::<usize>().ok()? / 8;
        Some(Self { salt: STANDARD.decode(named("saltValue")?).ok()?, hash, n_key })
    }

    fn decrypt(&self, key: &[u8], vector: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let fitted = |bytes: &[u8], n: usize| -> Vec<u8> {
            bytes.iter().copied().chain(std::iter::repeat(0x36)).take(n).collect()
        };
        let mut opened = decrypt_blocks(&fitted(key, self.n_key), sealed)?;
        let vector = fitted(vector, BLOCK);
        // Each block was mixed with the encrypted one before it.
        let before = vector.iter().chain(sealed);
        opened.iter_mut().zip(before).for_each(|(byte, mixed)| *byte ^= mixed);
        Some(opened)
    }
}

/// Standard encryption: AES without chaining, keys by SHA-1.
fn standard(info: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let n_header = usize::try_from(u32_at(info, 8)?).ok()?;
    let header = info.get(12..)?.get(..n_header)?;
    let verifier = info.get(12..)?.get(n_header..)?;
    let n_key = usize::try_from(u32_at(header, 16)?).ok()? / 8;
    let salt = verifier.get(4..20)?;
    let hashed = Hash::Sha1.of(&[&Hash::Sha1.rounds(salt, 50_000), &[0; 4]]);
    let stretched = |byte: u8| {
        let mixed: Vec<u8> = (0..64).map(|at| byte ^ hashed.get(at).copied().unwrap_or(0)).collect();
        Hash::Sha1.of(&[&mixed])
    };
    let key: Vec<u8> = stretched(0x36).into_iter().chain(stretched(0x5C)).take(n_key).collect();
    let input = decrypt_blocks(&key, verifier.get(20..36)?)?;
    let wanted = decrypt_blocks(&key, verifier.get(40..72)?)?;
    if !wanted.starts_with(&Hash::Sha1.of(&[&input])) {
        return None;
    }
    decrypt_blocks(&key, &sealed[..sealed.len() - sealed.len() % BLOCK])
}

/// A way to hash.
#[derive(Debug, Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn with<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            parts.iter().fold(D::new(), |hash, part| hash.chain_update(part)).finalize().to_vec()
        }
        match self {
            Self::Sha1 => with::<Sha1>(parts),
            Self::Sha256 => with::<Sha256>(parts),
            Self::Sha384 => with::<Sha384>(parts),
            Self::Sha512 => with::<Sha512>(parts),
        }
    }

    /// The password with its salt, hashed again and again.
    fn rounds(self, salt: &[u8], n: u32) -> Vec<u8> {
        let password: Vec<u8> = PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        (0..n).fold(self.of(&[salt, &password]), |hash, at| self.of(&[&at.to_le_bytes(), &hash]))
    }
}

/// Decrypts block by block; `None` if there is no such key, or if a block is not whole.
fn decrypt_blocks(key: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    fn with<C: BlockCipherDecrypt + KeyInit>(key: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let cipher = C::new_from_slice(key).ok()?;
        let mut opened = Vec::with_capacity(sealed.len());
        for block in sealed.chunks_exact(BLOCK) {
            let mut block = Array::try_from(block).ok()?;
            cipher.decrypt_block(&mut block);
            opened.extend_from_slice(&block);
        }
        Some(opened)
    }
    if !sealed.len().is_multiple_of(BLOCK) {
        return None;
    }
    match key.len() {
        16 => with::<Aes128>(key, sealed),
        24 => with::<Aes192>(key, sealed),
        32 => with::<Aes256>(key, sealed),
        _ => None,
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
