//! A regulation inside the notice by which it was issued: the body alone is the regulation, and the rest says when and by
//! whom it was issued.

use super::diction::{Diction, Event};
use super::draft::{events, number};
use super::label::{Manner, label};
use super::model::Dated;
use finding::{Finding, codes};
use source::{Block, LocatedText, Manuscript, Passage};
use value::{PartialDate, Raw, fold};

/// What stood around a regulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The number, the date and the like, as far as one only is given.
    pub(super) number: Option<LocatedText>,
    pub(super) issuer: Option<LocatedText>,
    pub(super) adopted: Option<Dated>,
    pub(super) issued: Option<Dated>,
    /// Paragraphs and tables before the body, and behind it.
    n_left_out: (usize, usize),
    title: LocatedText,
}

impl Notice {
    /// A text that begins with a notice which nothing divides from what it issues: the title does not come again.
    pub fn undivided(manuscript: &Manuscript, diction: &Diction) -> Option<Finding> {
        let front = manuscript.blocks.iter().take_while(|it| !is_labelled(it));
        let (title, origin) = front.filter_map(joined).find_map(|it| {
            let title = issued_title(it.text(), diction)?;
            Some((title, it.origin()))
        })?;
        let message = format!(
            "开头像是印发《{title}》的通知，正文上面没有再写这个标题，分不清通知到哪里为止，全文收入"
        );
        let hint = "请在正文（第一条）上面另起一段写上标题，或删去通知的部分";
        Some(Finding::new(&codes::NOTICE_UNDIVIDED, message).hint(hint).at(origin))
    }

    /// The title that the notice gives to what it issues.
    pub(super) fn title(&self) -> &LocatedText {
        &self.title
    }

    /// Takes the notice away from the regulation that it issues, if the text begins with one.
    pub fn take(manuscript: &mut Manuscript, diction: &Diction) -> Option<Self> {
        let blocks = &manuscript.blocks;
        let n_front = blocks.iter().position(is_labelled).unwrap_or(blocks.len());
        let (at, issued_title) = blocks[..n_front].iter().enumerate().find_map(|(at, block)| {
            let text = joined(block)?;
            Some((
                at,
                LocatedText { text: issued_title(text.text(), diction)?.into(), origin: text.origin() },
            ))
        })?;
        let start = begins(&blocks[..n_front], at + 1, &issued_title.text, diction)?;
        let n_behind = blocks[start..].iter().rev().take_while(|it| is_foot(it, diction)).count();
        let end = blocks.len().saturating_sub(n_behind);
        let front: Vec<&Passage> = blocks[..start].iter().flat_map(Block::passages).collect();
        let foot: Vec<&Passage> = blocks[end..].iter().flat_map(Block::passages).collect();
        let signature = signature(&front[front.len().min(at + 1)..]);
        // 已经3月5日会议通过，现印发: the clause behind the date says what happened then.
        let happened = |words: &str| diction.happened(words.split('，').next().unwrap_or_default());
        let of = |them: &[&Passage], wanted: Event| {
            let found = them.iter().flat_map(|it| events(it, diction));
            let mut found = found.filter(|it| happened(&it.2) == Some(wanted));
            found.next().filter(|_| found.next().is_none()).map(|it| it.1)
        };
        let notice = Self {
            number: number(&front[..front.len().min(at)]).or_else(|| number(&front)),
            issuer: signature.as_ref().map(|it| it.0.clone()),
            adopted: of(&front, Event::Adopted),
            issued: of(&foot, Event::Issued).or(signature.map(|it| it.1)),
            n_left_out: (start, n_behind),
            title: issued_title,
        };
        manuscript.blocks.truncate(end);
        manuscript.blocks.drain(..start);
        Some(notice)
    }

    /// Says what was left out.
    pub fn finding(&self) -> Finding {
        let (before, behind) = self.n_left_out;
        let more = if behind == 0 { String::new() } else { format!("、正文之后的{behind}段") };
        let shown = |it: &Option<LocatedText>| it.as_ref().map(|it| it.text.to_string());
        let date = |what: &str, it: Option<Dated>| it.map(|it| format!("{what}{}", it.date));
        let said = [
            shown(&self.number),
            shown(&self.issuer),
            date("通过日期", self.adopted),
            date("印发日期", self.issued),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        let said =
            if said.is_empty() { String::new() } else { format!("；其中写明：{}", said.join("，")) };
        let message =
            format!("正文之前的{before}段（印发《{}》的通知）{more}没有收入{said}", self.title.text);
        let hint = "请核对文件头与通知一致；通知中另有规定的，请写进正文";
        Finding::new(&codes::NOTICE_LEFT_OUT, message).hint(hint).at(self.title.origin)
    }
}

fn is_labelled(block: &Block) -> bool {
    let Block::Paragraph(lines) = block else { return false };
    lines.iter().any(|it| label(it.text(), Manner::Articles).is_some())
}

/// The lines of a paragraph as one.
fn joined(block: &Block) -> Option<Passage> {
    let Block::Paragraph(lines) = block else { return None };
    let mut lines = lines.iter();
    let mut first = lines.next()?.clone();
    lines.for_each(|it| first.append(it));
    Some(first)
}

/// Whether a text is the title of a notice by which something was issued.
pub(super) fn is_of_notice(text: &str, diction: &Diction) -> bool {
    issued_title(text, diction).is_some()
}

/// …关于印发《…》的通知: the title between the marks.
fn issued_title(text: &str, diction: &Diction) -> Option<String> {
    let (before, rest) = text.split_once('《')?;
    let (title, behind) = rest.rsplit_once('》')?;
    let is_notice = diction.issues(before) && diction.is_notice(behind);
    is_notice.then(|| title.to_owned())
}

/// Where the body begins: at the last line before its first label that is its title.
fn begins(front: &[Block], from: usize, title: &str, diction: &Diction) -> Option<usize> {
    const N_PARAGRAPHS_MAX: usize = 3;
    let wanted = diction.bare_title(&fold(title));
    let is_title = |at: usize| {
        let mut text = String::new();
        front[at..].iter().take(N_PARAGRAPHS_MAX).map_while(joined).any(|it| {
            text.push_str(it.text());
            diction.bare_title(&fold(&text)) == wanted
        })
    };
    (from..front.len()).rev().find(|at| is_title(*at))
}

/// 抄送：…, and …2024年3月8日印发.
fn is_foot(block: &Block, diction: &Diction) -> bool {
    let texts: Vec<&str> = block.passages().iter().map(|it| it.text()).filter(|it| !it.is_empty()).collect();
    let is_line = |it: &&str| {
        let is_dated = it.contains('年') && it.contains('日');
        diction.begins_foot(it) || is_dated && !it.contains('。') && diction.issues(it)
    };
    match block {
        Block::Paragraph(_) => texts.first().is_some_and(is_line),
        Block::Table(_) => texts.iter().any(is_line),
    }
}

/// The last line that is nothing but a date, and the name above it.
fn signature(front: &[&Passage]) -> Option<(LocatedText, Dated)> {
    let (at, date) = front.iter().enumerate().rev().find_map(|(at, it)| {
        let text = it.text();
        let is_day = text.ends_with('日') && text.contains('年');
        let date = PartialDate::parse(&Raw::Text(text.into())).ok().filter(|_| is_day)?;
        Some((at, Dated { date: date.value, origin: it.origin() }))
    })?;
    let name = front.get(at.checked_sub(1)?)?;
    let is_name = !name.text().ends_with(['。', '：', '；']);
    is_name.then(|| (LocatedText { text: name.text().into(), origin: name.origin() }, date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    const NOTICE: &str = "\
中共甲大学委员会文件
甲党〔2023〕7号
中共甲大学委员会关于印发《甲大学谈话办法》的通知
各党委：
《甲大学谈话办法》已经2023年3月5日党委常委会会议审议通过，现印发给你们。
附件：甲大学谈话办法
中共甲大学委员会
2023年3月8日
甲大学谈话办法（试行）
第一条　为了谈话，制定本办法。
第二条　本办法自印发之日起施行。
抄送：各部门。
中共甲大学委员会办公室　　2023年3月9日印发";

    fn manuscript(text: &str) -> Manuscript {
        let file = Sources::default().add("a.docx");
        let block = |(at, text): (usize, &str)| {
            Block::Paragraph(vec![Passage::line(text, file, (u32::try_from(at).unwrap() + 1, 1))])
        };
        let blocks = text.lines().enumerate().map(block).collect();
        Manuscript { front: None, blocks, footnotes: Vec::new() }
    }

    fn taken(text: &str) -> (Option<Notice>, Vec<String>) {
        let mut manuscript = manuscript(text);
        let notice = Notice::take(&mut manuscript, &Diction::shipped());
        let left = manuscript.blocks.iter().flat_map(Block::passages).map(|it| it.text().to_owned());
        (notice, left.collect())
    }

    #[test]
    fn the_body_alone_stays_and_the_notice_says_number_issuer_and_dates() {
        let (notice, left) = taken(NOTICE);
        let notice = notice.unwrap();
        assert_eq!(
            (left.len(), &*left[0], &*left[2]),
            (3, "甲大学谈话办法（试行）", "第二条　本办法自印发之日起施行。")
        );
        assert_eq!(notice.number.as_ref().map(|it| &*it.text), Some("甲党〔2023〕7号"));
        assert_eq!(notice.issuer.as_ref().map(|it| &*it.text), Some("中共甲大学委员会"));
        let day = |it: Option<Dated>| it.map(|it| it.date.iso());
        assert_eq!(day(notice.adopted).as_deref(), Some("2023-03-05"));
        assert_eq!(day(notice.issued).as_deref(), Some("2023-03-09"));
        assert!(notice.finding().message.contains("正文之前的8段"), "{}", notice.finding().message);
    }

    #[test]
    fn what_is_no_notice_is_left_whole() {
        for (old, new) in
            [("关于印发", "关于学习"), ("》的通知", "》的问题"), ("谈话办法（试行）", "谈心细则")]
        {
            let text = NOTICE.replace(old, new);
            let (notice, left) = taken(&text);
            assert_eq!((notice, left.len()), (None, 13), "{new}");
            let said = Notice::undivided(&manuscript(&text), &Diction::shipped());
            // Only the last of them begins with a notice at all.
            let wanted = (new == "谈心细则").then_some(codes::NOTICE_UNDIVIDED.name);
            assert_eq!(said.as_ref().map(|it| &*it.code), wanted, "{new}");
        }
    }
}
