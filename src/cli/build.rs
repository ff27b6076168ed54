//! `huibian build`: check, render, publish.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line asks the machine for its processors and programs"
)]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::arguments::{BuildArguments, Format};
use super::progress::Bars;
use super::{COULD_NOT_RUN, FOUND_ERRORS, exit_code, fail, show, show_findings, show_published};
use crate::documents::{Draft, Kind, Plan};
use crate::project::name_of;
use crate::{Built, Checked, Judging, Making, Session};

/// So many documents that were withheld are named one by one.
const N_WITHHELD_NAMED: usize = 12;

pub(super) fn run(arguments: &BuildArguments) -> u8 {
    let Some((judging, making)) = settings(arguments) else {
        eprintln!("无法确定输出文件夹，请用 --out 指定");
        return COULD_NOT_RUN;
    };
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    let mut checked = match session.check(&arguments.project, &judging) {
        Ok(checked) => checked,
        Err(failure) => return fail(&failure, &session, arguments.format),
    };
    if arguments.dry_run {
        show_findings(&session, Some(&checked), arguments.format);
        if arguments.format == Format::Text {
            show_plan(&checked.plan, making.only);
        }
        return exit_code(&session);
    }
    match session.make(&mut checked, &making) {
        Ok(built) => finish(&built, (&session, &checked), arguments, &making),
        Err(failure) => fail(&failure, &session, arguments.format),
    }
}

/// What was typed becomes what is meant.
fn settings(arguments: &BuildArguments) -> Option<(Judging, Making)> {
    let out = output_folder(&arguments.project, arguments.out.as_deref())?;
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let judging = Judging {
        draft: if arguments.draft { Draft::Yes } else { Draft::No },
        strict: arguments.strict,
        excluded: vec![std::path::absolute(&out).ok()?],
    };
    let jobs = arguments.jobs.unwrap_or_else(available);
    let making = Making { out, only: arguments.only, jobs, office: office() };
    Some((judging, making))
}

/// Where the office suite may be: in the folders where programs are looked for, and where it installs itself.
fn office() -> Vec<PathBuf> {
    const NAMES: [&str; 4] = ["soffice", "libreoffice", "soffice.exe", "soffice.com"];
    const USUAL: [&str; 3] = [
        "C:/Program Files/LibreOffice/program/soffice.exe",
        "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let named = std::env::split_paths(&path).flat_map(|it| NAMES.map(|name| it.join(name)));
    named.chain(USUAL.map(PathBuf::from)).filter(|it| it.is_file()).collect()
}

/// How data are judged where nothing is made; what a build would make by default is not read.
pub(super) fn judging(project: &Path, out: Option<&Path>) -> Judging {
    let folders = output_folder(project, None).into_iter().chain(out.map(Path::to_owned));
    let excluded = folders.filter_map(|it| std::path::absolute(it).ok()).collect();
    Judging { excluded, ..Judging::default() }
}

/// Where the documents go: what was asked for, else `output/` and the name of the project folder, also if that was given
/// as `.`; `None` for a project folder without a name.
pub(super) fn output_folder(project: &Path, asked: Option<&Path>) -> Option<PathBuf> {
    asked.map(Path::to_owned).or_else(|| Some(Path::new("output").join(name_of(project)?)))
}

/// What a run would make; nothing is written.
fn show_plan(plan: &Plan, only: Option<Kind>) {
    let is_wanted = |kind: Kind| only.is_none_or(|it| it == kind);
    let made = plan.artefacts().filter(|it| is_wanted(it.kind));
    let made = made.map(|it| format!("将生成 {}\n", it.path));
    let withheld = plan.withheld().iter().filter(|it| is_wanted(it.artefact.kind));
    let withheld = withheld.map(|it| format!("将暂缓 {}（{}）\n", it.artefact.path, it.reasons.join("；")));
    show(&made.chain(withheld).collect::<String>());
}

fn finish(
    built: &Built,
    (session, checked): (&Session<'_>, &Checked),
    arguments: &BuildArguments,
    making: &Making,
) -> u8 {
    show_findings(session, Some(checked), arguments.format);
    let folder = built.published.report();
    if arguments.format == Format::Text {
        show(&built_text(built, making));
        show_published(&folder);
    }
    if folder.has_errors() || !built.withheld.is_empty() { FOUND_ERRORS } else { exit_code(session) }
}

/// What goes back to whoever has to correct something.
pub(super) fn bundles_text(bundles: &[String], out: &Path) -> String {
    let Some(first) = bundles.first() else { return String::new() };
    let folder = out.join(first);
    let folder = folder.parent().unwrap_or(out).display().to_string();
    format!("退改件{}包，发给各单位改正：{folder}\n", bundles.len())
}

/// What was withheld, one by one if it is little, else by folder; the report lists it all with the reasons.
fn withheld_text(paths: &[&str]) -> String {
    if paths.len() <= N_WITHHELD_NAMED {
        return paths.iter().map(|it| format!("  {it}\n")).collect();
    }
    let mut folders: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match folders.iter_mut().find(|it| it.0 == folder) {
            Some(known) => known.1.push(name),
            None => folders.push((folder, vec![name])),
        }
    }
    let line = |(folder, names): &(&str, Vec<&str>)| match names[..] {
        [only] => format!("  {folder}/{only}\n"),
        [first, ..] => format!("  {folder}/{first} 等{}份\n", names.len()),
        [] => String::new(),
    };
    folders.iter().map(line).collect::<String>() + "  （逐份的清单和原因见总报告）\n"
}

/// What was made and what became of earlier documents.
fn built_text(built: &Built, making: &Making) -> String {
    let Built { n_documents, bundles, withheld, published } = built;
    let mut text = format!("已生成{n_documents}份文件，在 {}\n", making.out.display());
    if !withheld.is_empty() {
        text += &format!("暂缓{}份，改正所列错误后重新运行即可生成：\n", withheld.len());
        let paths: Vec<&str> = withheld.iter().map(|it| &*it.artefact.path).collect();
        text += &withheld_text(&paths);
    }
    if !published.superseded.is_empty() {
        text +=
            &format!("以前生成、本次没有生成的{}份移入了 superseded 文件夹：\n", published.superseded.len());
        text.extend(published.superseded.iter().map(|it| format!("  {it}\n")));
    }
    if !published.removed.is_empty() {
        text += &format!("不再需要的{}份旧文件已移除：\n", published.removed.len());
        text.extend(published.removed.iter().map(|it| format!("  {it}\n")));
    }
    text += &bundles_text(bundles, &making.out);
    text + &format!("总报告：{}\n", making.out.join("report.html").display())
}
