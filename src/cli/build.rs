//! `huibian build`: check, render, publish.
#![expect(clippy::disallowed_methods, reason = "the command line asks the machine for its processors")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::arguments::{BuildArguments, Format, Only};
use super::progress::Bars;
use super::{COULD_NOT_RUN, FOUND_ERRORS, exit_code, fail, show_findings};
use crate::documents::{Draft, Kind, PlannedForm, print_set};
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
        Err(failure) => return fail(&failure, &run),
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
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => Path::new("output").join(project_name(&arguments.project)?),
    };
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Some(Building {
        judging: Judging {
            draft: if arguments.draft { Draft::Yes } else { Draft::No },
            strict: arguments.strict,
            excluded: vec![std::path::absolute(&out).ok()?],
        },
        out,
        only: arguments.only.map(|Only::Forms| Kind::Forms),
        jobs: arguments.jobs.unwrap_or_else(available),
    })
}

/// The name of the project folder, also if it was given as `.`.
fn project_name(project: &Path) -> Option<PathBuf> {
    let whole = project.canonicalize().unwrap_or_else(|_| project.to_owned());
    whole.file_name().map(PathBuf::from)
}

fn show_plan(checked: &Checked) {
    let setup = &checked.setup;
    for (form, planned) in &checked.planned {
        let forms: Vec<&PlannedForm> = planned.forms.iter().collect();
        let volumes = print_set(form, &forms, &[], (&setup.project, &setup.fonts), None);
        for it in forms.iter().map(|it| &it.artefact).chain(&volumes) {
            println!("将生成 {}", it.path);
        }
        if let Some(it) = &planned.overview {
            println!("将生成 {}", it.path);
        }
        for it in &planned.withheld {
            println!("将暂缓 {}（{}）", it.path, it.reasons.join("；"));
        }
    }
}

fn finish(built: Result<Built, Failure>, run: &Run, arguments: &BuildArguments, building: &Building) -> u8 {
    let built = match built {
        Ok(built) => built,
        Err(failure) => return fail(&failure, run),
    };
    show_findings(run, arguments.format);
    let refused = built.published.report();
    if arguments.format == Format::Text {
        show_built(&built, building);
        for finding in refused.findings() {
            println!(
                "{}：{}。{}",
                finding.message,
                finding.value.as_deref().unwrap_or_default(),
                finding.hint.as_deref().unwrap_or_default()
            );
        }
    }
    if refused.has_errors() { FOUND_ERRORS } else { exit_code(run) }
}

fn show_built(built: &Built, building: &Building) {
    println!("已生成{}份文件，在 {}", built.n_documents, building.out.display());
    if !built.withheld.is_empty() {
        println!("暂缓{}份，改正所列错误后重新运行即可生成：", built.withheld.len());
        for it in &built.withheld {
            println!("  {}", it.path);
        }
    }
    if !built.published.superseded.is_empty() {
        println!("以前生成、现已暂缓的{}份移入了 superseded 文件夹", built.published.superseded.len());
    }
    println!("总报告：{}", building.out.join("report.html").display());
}
