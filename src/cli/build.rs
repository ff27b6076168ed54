//! `huibian build`: check, render, publish.
#![expect(clippy::disallowed_methods, reason = "the command line asks the machine for its processors")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::arguments::{BuildArguments, Format};
use super::progress::Bars;
use super::{COULD_NOT_RUN, FOUND_ERRORS, exit_code, fail, show, show_findings};
use crate::documents::Draft;
use crate::project::name_of;
use crate::{Building, Built, Checked, Failure, Judging, Run};

pub(super) fn run(arguments: &BuildArguments) -> u8 {
    let Some(building) = settings(arguments) else {
        eprintln!("无法确定输出文件夹，请用 --out 指定");
        return COULD_NOT_RUN;
    };
    let mut run = Run::default();
    let bars = Bars::new();
    let show = |stage, done, all| bars.show(stage, done, all);
    let mut checked = match crate::check(&arguments.project, &building.judging, &mut run, &show) {
        Ok(checked) => checked,
        Err(failure) => return fail(&failure, &run, arguments.format),
    };
    if arguments.dry_run {
        show_findings(&run, arguments.format);
        if arguments.format == Format::Text {
            show_plan(&checked);
        }
        return exit_code(&run);
    }
    let built = crate::build(&mut checked, &building, &mut run, &show);
    finish(built, &run, arguments, &building)
}

/// What was typed becomes what is meant.
fn settings(arguments: &BuildArguments) -> Option<Building> {
    let out = output_folder(&arguments.project, arguments.out.as_deref())?;
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Some(Building {
        judging: Judging {
            draft: if arguments.draft { Draft::Yes } else { Draft::No },
            strict: arguments.strict,
            excluded: vec![std::path::absolute(&out).ok()?],
        },
        out,
        only: arguments.only,
        jobs: arguments.jobs.unwrap_or_else(available),
    })
}

/// Where the documents go: what was asked for, else `output/` and the name of the project folder, also if that was given
/// as `.`; `None` for a project folder without a name.
pub(super) fn output_folder(project: &Path, asked: Option<&Path>) -> Option<PathBuf> {
    asked.map(Path::to_owned).or_else(|| Some(Path::new("output").join(name_of(project)?)))
}

/// What a run would make; nothing is written.
fn show_plan(checked: &Checked) {
    let plan = &checked.plan;
    let mut lines: Vec<String> = plan.artefacts().map(|it| format!("将生成 {}\n", it.path)).collect();
    let withheld = plan.withheld().iter();
    lines.extend(withheld.map(|it| format!("将暂缓 {}（{}）\n", it.artefact.path, it.reasons.join("；"))));
    show(&lines.concat());
}

fn finish(built: Result<Built, Failure>, run: &Run, arguments: &BuildArguments, building: &Building) -> u8 {
    let built = match built {
        Ok(built) => built,
        Err(failure) => return fail(&failure, run, arguments.format),
    };
    show_findings(run, arguments.format);
    let folder = built.published.report();
    if arguments.format == Format::Text {
        show(&built_text(&built, building));
        for it in folder.findings() {
            let (path, hint) =
                (it.value.as_deref().unwrap_or_default(), it.hint.as_deref().unwrap_or_default());
            show(&format!("{}：{path}。{hint}\n", it.message));
        }
    }
    if folder.has_errors() || !built.withheld.is_empty() { FOUND_ERRORS } else { exit_code(run) }
}

/// What was made and what became of earlier documents.
fn built_text(built: &Built, building: &Building) -> String {
    let Built { n_documents, withheld, published } = built;
    let mut text = format!("已生成{n_documents}份文件，在 {}\n", building.out.display());
    if !withheld.is_empty() {
        text += &format!("暂缓{}份，改正所列错误后重新运行即可生成：\n", withheld.len());
        text.extend(withheld.iter().map(|it| format!("  {}\n", it.artefact.path)));
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
    text + &format!("总报告：{}\n", building.out.join("report.html").display())
}
