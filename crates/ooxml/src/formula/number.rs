//! Numbers as spreadsheets compute with them: binary, with the last digits smoothed.

/// Whether two numbers are one to a spreadsheet: they differ in their last bits only.
pub(crate) fn is_close(one: f64, other: f64) -> bool {
    const LAST_BITS: f64 = 1.0 / (1_u64 << 48) as f64;
    one == other || (one - other).abs() < one.abs() * LAST_BITS
}

/// The sum of two; what should be nought is nought.
pub(super) fn plus(one: f64, other: f64) -> f64 {
    if one != 0.0 && is_close(one, -other) { 0.0 } else { one + other }
}

/// The sum of many, with what each addition loses kept beside it (Neumaier).
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, it: f64) {
        let sum = self.sum + it;
        self.lost += if self.sum.abs() >= it.abs() { (self.sum - sum) + it } else { (it - sum) + self.sum };
        self.sum = sum;
    }

    pub(super) fn total(self) -> f64 {
        self.sum + self.lost
    }
}

/// Rounds halves away from nought; `how` gets the number in units of the last place, fifteen digits of it.
pub(super) fn rounded(number: f64, places: f64, how: fn(f64) -> f64) -> Option<f64> {
    const MOST: f64 = 300.0;
    let places = places.trunc();
    if places.abs() > MOST || !number.is_finite() {
        return None;
    }
    let unit = 10_f64.powf(places.abs());
    let units = if places >= 0.0 { number * unit } else { number / unit };
    if !units.is_finite() {
        return Some(number);
    }
    // 1.005 is 1.00499…: its digits decide, as they are shown.
    let smooth: f64 = format!("{units:.14e}").parse().ok()?;
    let whole = how(smooth.abs()).copysign(units);
    Some(if places >= 0.0 { whole / unit } else { whole * unit } + 0.0)
}

/// A number as `&` writes it: fifteen digits at most, without zeros behind them.
pub(super) fn shown(number: f64) -> String {
    /// Behind the first one.
    const DIGITS: i32 = 14;
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let scientific = format!("{number:.14e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-5..21).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}E{sign}{:02}", trimmed(digits), exponent.unsigned_abs());
    }
    let behind = usize::try_from(DIGITS.saturating_sub(exponent)).unwrap_or(0);
    let rounded: f64 = scientific.parse().unwrap_or(number);
    trimmed(&format!("{rounded:.behind$}")).to_owned()
}

fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// A text that is a number as it stands: digits, a point, a sign, an exponent, a percent sign.
pub(super) fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    let (digits, unit) = text.strip_suffix('%').map_or((text, 1.0), |it| (it, 0.01));
    let may_stand = |it: char| it.is_ascii_digit() || matches!(it, '.' | '+' | '-' | 'e' | 'E');
    if !digits.chars().all(may_stand) {
        return None;
    }
    digits.parse::<f64>().ok().map(|it| it * unit)
}
