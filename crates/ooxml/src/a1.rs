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

/// The address of a cell: `D17` for (16, 3).
pub fn cell_name((row, col): Cell) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[((rest - 1) % 26) as usize]));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

/// The address of an area, in the order of its corners; one cell is named alone.
pub fn area_name([from, to]: [Cell; 2]) -> String {
    if from == to { cell_name(from) } else { format!("{}:{}", cell_name(from), cell_name(to)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_impossible_ones_are_not() {
        assert_eq!(cell("A1"), Some((0, 0)));
        assert_eq!(cell("XFD1048576"), Some((1_048_575, 16_383)));
        for name in ["A1", "Z9", "AA10", "ZZ702", "AAA703", "XFD1048576"] {
            assert_eq!(cell_name(cell(name).unwrap()), name);
        }
        for bad in ["A0", "1", "A", "ZZZZZZZZ1", "A99999999999", "甲1", ""] {
            assert_eq!(cell(bad), None, "{bad}");
        }
        assert_eq!(area("D2:A1"), Some([(1, 3), (0, 0)]));
        assert_eq!((area("A1"), area("A1:0"), area("A1:B2:C3")), (None, None, None));
    }
}
