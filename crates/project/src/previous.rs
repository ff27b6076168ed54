//! Last year's project: what its source folders hold, so that a file of last year is known when it comes again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::file::{FILE_NAME, Project, Within};
use finding::{Finding, Report, Sources, codes};
use source::{Content, Declared, Digest, Folders, Limits, digests, read, read_bytes};

/// The files of last year's project by what they hold; none if there is no such project. One that cannot be
/// read is a note.
pub fn earlier_files(project: &Project, report: &mut Report) -> BTreeMap<Digest, Arc<str>> {
    let Some(folder) = &project.previous else { return BTreeMap::new() };
    sources_of(folder)
        .and_then(|it| digests(Folders { root: folder, wanted: &it, excluded: &[] }).ok())
        .unwrap_or_else(|| {
            report.push(
                Finding::new(&codes::PREVIOUS_UNREADABLE, "上年项目无法读取，没有核对是否有人交来上年的文件")
                    .hint("请核对项目文件中的 previous，并确认上年项目仍能汇编"),
            );
            BTreeMap::new()
        })
}

/// The source folders that the project file in a folder names.
fn sources_of(folder: &Path) -> Option<Vec<Arc<str>>> {
    let limits = Limits::standard();
    let bytes = read_bytes(&folder.join(FILE_NAME), &limits).ok()?;
    let reading = read(&bytes, FILE_NAME, Sources::default().add(FILE_NAME), &limits);
    let Some(Content::Tree(root)) = reading.content else { return None };
    Project::load(&root, &Within { folder, kinds: &[] }, &mut Report::default()).ok().map(|it| it.sources)
}
