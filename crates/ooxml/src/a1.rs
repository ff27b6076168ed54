//! Addresses of cells as spreadsheets write them: `D17`, `A1:D2`.

/// A cell: row and column, both counted from zero and as large as the address says, whatever a sheet can hold.
pub type Cell = (u32, u32);

/// Reads `XFD1048576` as (1048575, 16383); `None` if it is no address.
pub fn cell(name: &str) -> Option<Cell> {
    let digits = name.find(|it: char| it.is_ascii_digit())?;
    let col = name[..digits].bytes().try_fold(0_u32, |sum, it| {
        let letter = it.to_ascii_uppercase().checked_sub(b'A').filter(|it| *it < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    Some((name[digits..].parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}

/// Reads `A1:D2` as two opposite corners, in the order in which they are written; `None` if it is no area.
pub fn area(name: &str) -> Option<[Cell; 2]> {
    let (from, to) = name.split_once(':')?;
    Some([cell(from)?, cell(to)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_impossible_ones_are_not() {
        assert_eq!(cell("A1"), Some((0, 0)));
        assert_eq!(cell("XFD1048576"), Some((1_048_575, 16_383)));
        for bad in ["A0", "1", "A", "ZZZZZZZZ1", "A99999999999", "甲1", ""] {
            assert_eq!(cell(bad), None, "{bad}");
        }
        assert_eq!(area("D2:A1"), Some([(1, 3), (0, 0)]));
        assert_eq!((area("A1"), area("A1:0"), area("A1:B2:C3")), (None, None, None));
    }
}
