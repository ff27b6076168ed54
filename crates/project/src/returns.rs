//! What the project file says of the returns: who has to return what by when, who has nothing to report, who need not.

use std::sync::Arc;

use jiff::civil::Date;

use super::file::day;
use finding::{Finding, Origin, Reported, codes};
use source::{Declared, Fields, LocatedText};

/// A line of `returns:`. It is about some tables, or all, of some units, or all; a later line counts before an earlier one.
///
/// ```yaml
/// returns:
///   - {tables: [党籍变动], of: [机关党委], none: 期内没有党籍变动}        # a report that there is nothing to report
///   - {tables: [组织生活], of: [教工第九党支部], exempt: 2024年5月新建}   # need not be returned
///   - {tables: [宣传报道], absent: query}                             # none: nobody waits for it
///   - {tables: [关怀帮扶], by: [committee], due: 2024-06-10}
///   - {absent: none}                                                  # nobody waits for anything
/// ```
#[derive(Debug, Clone)]
pub struct ReturnLine {
    /// The tables, by any of their names; all if there are none.
    pub tables: Vec<LocatedText>,
    /// The committees and branches, by any of their names; all if there are none.
    pub of: Vec<LocatedText>,
    /// Who returns the tables instead of whom their schema names.
    pub by: Vec<LocatedText>,
    /// What is said if they do not come.
    pub absent: Option<LocatedText>,
    /// The last day on which they may come.
    pub due: Option<Date>,
    /// Why there is nothing to report.
    pub none: Option<Arc<str>>,
    /// Why they need not be returned.
    pub exempt: Option<Arc<str>>,
    /// Where the line stands.
    pub origin: Origin,
}

impl Declared for ReturnLine {
    const WHAT: &'static str = "returns";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let origin = fields.origin();
        let [tables, of, by] = ["tables", "of", "by"].map(|it| fields.texts(it));
        let (absent, due) = (fields.text("absent"), fields.text_as("due", day));
        let [none, exempt] = ["none", "exempt"].map(|it| fields.string(it));
        let due = fields.whole(due)?;
        let line = Self { tables, of, by, absent, due, none, exempt, origin };
        line.fault().map_or(Ok(line), |(message, hint)| {
            let finding = Finding::new(&codes::WRONG_KIND, message).at(origin);
            Err(fields.report().error(finding.hint(hint)))
        })
    }
}

impl ReturnLine {
    /// What is wrong with it as a whole, and the remedy.
    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let is_excused = self.none.is_some() || self.exempt.is_some();
        let is_asked = !self.by.is_empty() || self.absent.is_some() || self.due.is_some();
        match (is_excused, is_asked) {
            (false, false) => Some((
                "returns 的这一行没有写明要怎样",
                "请写 none（零报告的理由）、exempt（不需报送的理由）、by、absent 或 due",
            )),
            (true, true) => Some(("零报告或不需报送的，不能同时改变报送要求", "请分成两行，或删去其中一项")),
            _ if self.none.is_some() && self.exempt.is_some() => {
                Some(("none 与 exempt 不能同时写", "确无内容可报的写 none，不需报送的写 exempt"))
            }
            _ if !self.by.is_empty() && !self.of.is_empty() => Some((
                "by 说的是各级都要报，不能只对某些单位",
                "请删去 of；某些单位不需报送的，另写一行 exempt",
            )),
            _ if is_excused && self.tables.is_empty() && self.of.is_empty() => {
                Some(("returns 的这一行没有写明是哪些表、哪些单位", "请写 tables 或 of"))
            }
            _ => None,
        }
    }
}
