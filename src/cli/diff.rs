//! `huibian diff`: two regulations, or two folders of them, article by article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::{DiffArguments, Format};
use super::{COULD_NOT_RUN, FOUND_ERRORS, exit_code, fail, show, show_findings};
use crate::documents::{Kind, Made, revisions};
use crate::project::Templates;
use crate::publish::{Edition, Published, Scope, publish};
use crate::regulations::{self, Comparison, ComparisonForm, Reading, Regulation};
use crate::source::{CollectedTexts, Folders, Text, collect_texts};
use crate::{Failure, Run, render};

/// What was compared.
struct Compared {
    comparison: Comparison,
    form: ComparisonForm,
    /// The day that the workbook bears: the last on which one of the new regulations was issued, if that is known to the day.
    date: Option<Date>,
}

pub(super) fn run(arguments: &DiffArguments) -> u8 {
    let mut run = Run::default();
    let versions = (arguments.old.display().to_string(), arguments.new.display().to_string());
    let compared = match compare(arguments, &mut run) {
        Ok(Some(compared)) => compared,
        Ok(None) => {
            show_findings(&run, Format::Text);
            eprintln!("没有可以比较的制度：两边都要有 .docx 文件，或者写明文件头的 .md 文件");
            return COULD_NOT_RUN;
        }
        Err(failure) => return fail(&failure, &run, Format::Text),
    };
    if !run.report.findings().is_empty() {
        show_findings(&run, Format::Text);
    }
    if compared.comparison.is_empty() {
        show("两个版本没有差别，没有生成文件。\n");
        return exit_code(&run);
    }
    match write(&compared, (&versions.0, &versions.1), &arguments.out) {
        Ok(published) => finish(&compared, &published, arguments, &run),
        Err(failure) => fail(&failure, &run, Format::Text),
    }
}

/// Reads both versions and compares them; nothing if one of them holds no regulation.
fn compare(arguments: &DiffArguments, run: &mut Run) -> Result<Option<Compared>, Failure> {
    let reading = reading(run)?;
    let form = ComparisonForm::read(&templates()?, &mut run.report).map_err(|_| Failure::Templates)?;
    let old = read(&arguments.old, &reading, run)?;
    let new = read(&arguments.new, &reading, run)?;
    if old.is_empty() || new.is_empty() {
        return Ok(None);
    }
    let issued = new.iter().filter_map(|it| it.head.issued.or(it.head.in_force));
    let date = issued.filter(|it| it.date.day().is_some()).map(|it| it.date.earliest()).max();
    let comparison = regulations::compare((&old, &new), &form, &reading.diction);
    Ok(Some(Compared { comparison, form, date }))
}

/// The regulations in a file or a folder. A single Word document needs no front matter to be compared.
fn read(path: &Path, reading: &Reading, run: &mut Run) -> Result<Vec<Regulation>, Failure> {
    let mut found = read_texts(path, reading, run)?;
    let is_bare = |it: &Text| it.manuscript.front.is_none() && path.is_file();
    let bare: Vec<Text> = found.texts.extract_if(.., |it| is_bare(it)).collect();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let Run { sources, report } = run;
    let mut read = regulations::read(found, reading, sources, report).0;
    read.extend(bare.into_iter().map(|it| regulations::bind_bare(it, &name, &reading.diction)));
    Ok(read)
}

/// The texts in a file or a folder; a single Word document is read with the front matter beside it.
pub(super) fn read_texts(path: &Path, reading: &Reading, run: &mut Run) -> Result<CollectedTexts, Failure> {
    // Relative paths are shown as they were typed, others from the folder above on.
    let root = if path.is_absolute() { path.ancestors().nth(2).unwrap_or(path) } else { Path::new("") };
    let shown = |it: &Path| -> Arc<str> { it.strip_prefix(root).unwrap_or(it).to_string_lossy().into() };
    let mut wanted = vec![shown(path)];
    wanted.extend(front_beside(path).map(|it| shown(&it)));
    let folders = Folders { root, wanted: &wanted, excluded: &[] };
    Ok(collect_texts(folders, &reading.catalogue_names(), &mut run.sources, &mut run.report)?)
}

/// The front matter that stands beside a Word document.
pub(super) fn front_beside(path: &Path) -> Option<PathBuf> {
    let is_word = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"));
    let fronts = ["yaml", "yml"].map(|it| path.with_extension(it));
    fronts.into_iter().find(|it| is_word && it.is_file())
}

/// How regulations are read where there is no project to say which levels there are.
pub(super) fn reading(run: &mut Run) -> Result<Reading, Failure> {
    let mut reading = Reading::load(&templates()?, &mut run.report).map_err(|_| Failure::Templates)?;
    reading.levels.clear();
    Ok(reading)
}

/// The templates in the binary.
fn templates() -> Result<Templates, Failure> {
    Ok(Templates::load(None, &mut Run::default().sources, &mut Run::default().report)?)
}

fn write(compared: &Compared, versions: (&str, &str), out: &Path) -> Result<Published, Failure> {
    let Compared { comparison, form, date } = compared;
    let template = templates()?;
    let template = template
        .get("report/comparison.html")
        .map(|it| String::from_utf8_lossy(&it.bytes).into_owned())
        .unwrap_or_default();
    let page = render::comparison_page(&template, (comparison, form), versions)?;
    let book = render::workbook(&revisions(comparison, form, versions, *date))?;
    let document = |ending: &str, bytes| {
        Made::unplanned(format!("{}.{ending}", form.file_name), Kind::COMPARISON, bytes)
    };
    let edition = Edition {
        about: None,
        documents: vec![document("html", page.into_bytes()), document("xlsx", book)],
        withheld: &[],
        is_complete: true,
        scope: Scope::Only(Kind::COMPARISON),
    };
    Ok(publish(out, &edition)?)
}

fn finish(compared: &Compared, published: &Published, arguments: &DiffArguments, run: &Run) -> u8 {
    use crate::regulations::Kind::{Added, Changed, Moved, Removed};
    let Compared { comparison, form, .. } = compared;
    let [changed, moved, added, removed] = [Changed, Moved, Added, Removed].map(|it| comparison.count(it));
    show(&format!("修改{changed}处，序号变动{moved}处，新增{added}处，删去{removed}处。\n"));
    let folder = published.report();
    for it in folder.findings() {
        let (path, hint) = (it.value.as_deref().unwrap_or_default(), it.hint.as_deref().unwrap_or_default());
        show(&format!("{}：{path}。{hint}\n", it.message));
    }
    let path = |ending: &str| -> PathBuf { arguments.out.join(format!("{}.{ending}", form.file_name)) };
    show(&format!("对照表：{}\n网页：{}\n", path("xlsx").display(), path("html").display()));
    if folder.has_errors() { FOUND_ERRORS } else { exit_code(run) }
}
