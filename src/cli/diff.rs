//! `huibian diff`: two regulations, or two folders of them, article by article.

use super::arguments::{DiffArguments, Format};
use super::{COULD_NOT_RUN, FOUND_ERRORS, exit_code, fail, show, show_findings, show_published};
use crate::Session;
use crate::publish::Published;
use crate::session::Compared;

pub(super) fn run(arguments: &DiffArguments) -> u8 {
    let mut session = Session::default();
    let compared = match session.diff(&arguments.old, &arguments.new) {
        Ok(Some(compared)) => compared,
        Ok(None) => {
            show_findings(&session, None, Format::Text);
            eprintln!("没有可以比较的制度：两边都要有 .docx 文件，或者写明文件头的 .md 文件");
            return COULD_NOT_RUN;
        }
        Err(failure) => return fail(&failure, &session, Format::Text),
    };
    if !session.report.findings().is_empty() {
        show_findings(&session, None, Format::Text);
    }
    if compared.comparison.is_empty() {
        show("两个版本没有差别，没有生成文件。\n");
        return exit_code(&session);
    }
    match compared.publish(&arguments.out) {
        Ok(published) => finish(&compared, &published, arguments, &session),
        Err(failure) => fail(&failure, &session, Format::Text),
    }
}

fn finish(
    compared: &Compared,
    published: &Published,
    arguments: &DiffArguments,
    session: &Session<'_>,
) -> u8 {
    use crate::regulations::ChangeKind::{Added, Changed, Moved, Removed};
    let [changed, moved, added, removed] =
        [Changed, Moved, Added, Removed].map(|it| compared.comparison.count(it));
    show(&format!("修改{changed}处，序号变动{moved}处，新增{added}处，删去{removed}处。\n"));
    let folder = published.report();
    show_published(&folder);
    let path = |ending| arguments.out.join(compared.file_name(ending));
    show(&format!("对照表：{}\n网页：{}\n", path("xlsx").display(), path("html").display()));
    if folder.has_errors() { FOUND_ERRORS } else { exit_code(session) }
}
