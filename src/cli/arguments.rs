//! What the clerk types. The doc comments are the help texts.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 汇编：收回的表格和 YAML 放进文件夹，检查无误后生成可直接打印的文件。
#[derive(Debug, Parser)]
#[command(name = "huibian", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建一个项目文件夹
    Init(InitArguments),
    /// 只读取和检查，不生成文件
    Check(CheckArguments),
    /// 检查、排版并输出文件
    Build(BuildArguments),
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// 新项目的文件夹
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// 项目文件夹（其中有 huibian.yaml）
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// 结果的格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    /// 项目文件夹（其中有 huibian.yaml）
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// 输出文件夹；不写则为当前文件夹下的 output/项目文件夹名
    #[arg(long)]
    pub(super) out: Option<PathBuf>,
    /// 只生成一类文件
    #[arg(long, value_enum)]
    pub(super) only: Option<Only>,
    /// 同时排版的线程数；不写则按处理器数
    #[arg(long)]
    pub(super) jobs: Option<NonZeroUsize>,
    /// 待核实的问题也按错误处理
    #[arg(long)]
    pub(super) strict: bool,
    /// 有错误时汇总类文件也照样生成，每页标明“草稿”
    #[arg(long)]
    pub(super) draft: bool,
    /// 只列出将要生成的文件，不写入
    #[arg(long)]
    pub(super) dry_run: bool,
    /// 结果的格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// A format of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// 供人阅读
    Text,
    /// 供程序读取
    Json,
}

/// A kind of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Only {
    /// 申报书及其合订本、汇总表
    Forms,
}
