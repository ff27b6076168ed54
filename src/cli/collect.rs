//! `huibian collect`: the forms that are sent out.
#![expect(clippy::print_stderr, reason = "the command line prints")]

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Format;
use super::build::{judging, output_folder};
use super::progress::Bars;
use super::{COULD_NOT_RUN, DONE, fail, show, show_published};
use crate::Session;
use crate::finding::Severity;
use crate::session::{Collection, Forms, Source};

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct CollectArguments {
    /// 项目文件夹（其中有 huibian.yaml）；不写则为当前文件夹
    #[arg(value_name = "项目文件夹", default_value = ".", hide_default_value = true)]
    project: PathBuf,
    /// 输出文件夹，表样放在其中的 collection 里；不写则为当前文件夹下的 output/项目文件夹名
    #[arg(long, value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 只生成一套空白表样，不写明发给谁
    #[arg(long, conflicts_with = "prefill")]
    blank: bool,
    /// 名册之类的常设清单预填现有记录；后面写另一个项目的文件夹（如上年的），则预填那里的记录
    #[arg(long, value_name = "项目文件夹", num_args = 0..=1)]
    prefill: Option<Option<PathBuf>>,
}

pub(super) fn run(arguments: &CollectArguments) -> u8 {
    let Some(out) = output_folder(&arguments.project, arguments.out.as_deref()) else {
        eprintln!("无法确定输出文件夹，请用 --out 指定");
        return COULD_NOT_RUN;
    };
    let forms = match (arguments.blank, &arguments.prefill) {
        (true, _) => Forms::Blank,
        (false, None) => Forms::Sent(Source::Nothing),
        (false, Some(None)) => Forms::Sent(Source::Present),
        (false, Some(Some(folder))) => Forms::Sent(Source::Other(folder.clone())),
    };
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    let judging = judging(&arguments.project, arguments.out.as_deref());
    let made = session.check(&arguments.project, &judging);
    let made = made.and_then(|it| session.collect(&it, &forms, (&out, &judging)));
    match made {
        Ok(made) => {
            show(&made_text(&made, &forms, &out));
            show_published(&made.published.report());
            let n_errors = session.report.count(Severity::Error);
            if n_errors > 0 && !arguments.blank {
                eprintln!(
                    "项目中还有{n_errors}处错误；登记或名册中的错误会影响下发的内容，可用 huibian check 查看"
                );
            }
            DONE
        }
        Err(failure) => fail(&failure, &session, Format::Text),
    }
}

/// What was made and where.
fn made_text(made: &Collection, forms: &Forms, out: &Path) -> String {
    let folder = made.paths.first().map(|it| out.join(it)).unwrap_or_default();
    let folder = folder.parent().unwrap_or(out).display();
    let collected = &made.collected;
    let mut text = match forms {
        Forms::Blank => format!("已生成空白表样{}份，在 {folder}\n", collected.n_books),
        Forms::Sent(_) => {
            format!("已生成填报表{}份，打成{}个文件，在 {folder}\n", collected.n_books, made.paths.len())
        }
    };
    if collected.n_records > 0 {
        text += &format!("预填了{}条记录，请各单位逐条核对\n", collected.n_records);
    }
    if collected.n_unreadable > 0 {
        text += &format!("其中有{}格原来的内容有误，没有预填，留空待填\n", collected.n_unreadable);
    }
    text
}
