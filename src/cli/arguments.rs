//! What the clerk types. The doc comments are the help texts; help and refusals are Chinese throughout.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::collect::CollectArguments;
use crate::documents::{KINDS, Kind};

const HELP: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";

/// 汇编：收回的表格和 YAML 放进文件夹，检查无误后生成可直接打印的文件。
#[derive(Debug, Parser)]
#[command(
    name = "huibian",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    next_help_heading = "选项",
    help_template = HELP,
    override_usage = "huibian <命令> [参数]"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 显示帮助
    #[arg(long, short, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建一个项目文件夹
    #[command(help_template = HELP, override_usage = "huibian init <文件夹>")]
    Init(InitArguments),
    /// 生成下发给各单位填报的表样
    #[command(help_template = HELP, override_usage = "huibian collect [项目文件夹] [选项]")]
    Collect(CollectArguments),
    /// 只读取和检查，不生成文件
    #[command(help_template = HELP, override_usage = "huibian check [项目文件夹] [选项]")]
    Check(CheckArguments),
    /// 检查、排版并输出文件
    #[command(help_template = HELP, override_usage = "huibian build [项目文件夹] [选项]")]
    Build(BuildArguments),
    /// 说明一个问题代码的含义，或一个数字由哪些记录得出
    #[command(help_template = HELP, override_usage = "huibian explain <目标> [选项]")]
    Explain(ExplainArguments),
    /// 比较两件制度，或两个文件夹的制度，生成修订对照表
    #[command(help_template = HELP, override_usage = "huibian diff <原文> <新文> [选项]")]
    Diff(DiffArguments),
    /// 把一张表的记录与另一份名单逐人对照：只在一边的、不一致的、疑似同一人的
    #[command(help_template = HELP, override_usage = "huibian compare [项目文件夹] --with <名单> [选项]")]
    Compare(CompareArguments),
    /// 把 Word 文档（docx）的制度转为 Markdown，或把上级下发的表样绑定为表单、把上级的统计表绑定到本单位的统计
    #[command(help_template = HELP, override_usage = "huibian import <文档> [选项]")]
    Import(ImportArguments),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct InitArguments {
    /// 新项目的文件夹
    #[arg(value_name = "文件夹")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct CheckArguments {
    /// 项目文件夹（其中有 huibian.yaml）；不写则为当前文件夹
    #[arg(value_name = "项目文件夹", default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// 结果的格式：text 供人阅读（默认），json 供程序读取
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Format,
    /// 把只可能指某一项的表头（写错一字之类）记入项目的 templates/schemas/synonyms.yaml，下次不再提示
    #[arg(long)]
    pub(super) write_synonyms: bool,
    /// 把还没有答复的核实项写入项目的 answers.yaml，供逐条填写答复人、日期和原因；已有的各条不动
    #[arg(long)]
    pub(super) write_answers: bool,
    /// 与上次相比：写上次的输出文件夹（或其中的 manifest.json），说明哪些已改正、仍未改正、新出现、不再报送
    #[arg(long, value_name = "文件夹")]
    pub(super) since: Option<PathBuf>,
    /// 把总报告、收表进度和退改件写入这个文件夹；不写则只在屏幕上显示
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct BuildArguments {
    /// 项目文件夹（其中有 huibian.yaml）；不写则为当前文件夹
    #[arg(value_name = "项目文件夹", default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// 输出文件夹；不写则为当前文件夹下的 output/项目文件夹名
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    // The kinds are those of the documents, and so is what is said of them.
    #[arg(long, value_name = "类别", value_parser = kinds(), hide_possible_values = true, help = help_of_kinds())]
    pub(super) only: Option<Kind>,
    /// 同时排版的线程数；不写则按处理器数
    #[arg(long, value_name = "个数")]
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
    /// 结果的格式：text 供人阅读（默认），json 供程序读取
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct ExplainArguments {
    /// 问题代码（check-failed）、数据项（members_total）、统计表的单元格（“年度统计.xlsx!表2!C7”）或总结的段落（“总结.figures.json!politics-1”）
    #[arg(value_name = "目标")]
    pub(super) target: String,
    /// 项目文件夹（其中有 huibian.yaml）；不写则为当前文件夹
    #[arg(long, value_name = "文件夹", default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// 查询一条记录是否计入，为什么没有计入：写姓名、名称、编号或编码，哪一张表的都可以
    #[arg(long, value_name = "记录")]
    pub(super) record: Option<String>,
    /// 数字只算一个党组织或党支部的：写它的名称或编码
    #[arg(long = "for", value_name = "党组织")]
    pub(super) within: Option<String>,
    /// 记录的第几页，每页20条
    #[arg(long, value_name = "页", default_value = "1", hide_default_value = true)]
    pub(super) page: NonZeroUsize,
    /// 结果的格式：text 供人阅读（默认），json 供程序读取，列出全部记录
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct DiffArguments {
    /// 修订前的制度：一个 .md 或 .docx 文件，或一个文件夹
    #[arg(value_name = "原文")]
    pub(super) old: PathBuf,
    /// 修订后的制度：一个 .md 或 .docx 文件，或一个文件夹
    #[arg(value_name = "新文")]
    pub(super) new: PathBuf,
    /// 对照表放在哪个文件夹；不写则为当前文件夹下的 output/修订对照
    #[arg(long, value_name = "文件夹", default_value = "output/修订对照", hide_default_value = true)]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct CompareArguments {
    /// 项目文件夹（其中有 huibian.yaml）；不写则为当前文件夹
    #[arg(value_name = "项目文件夹", default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// 对方的名单：一个文件、一个文件夹，或另一个项目（如上年的）
    #[arg(long = "with", value_name = "名单")]
    pub(super) with: PathBuf,
    /// 对照哪张表；不写则为党员名册
    #[arg(long, value_name = "表")]
    pub(super) table: Option<String>,
    /// 对照表写入哪个文件；不写则在当前文件夹下的 output/名单对照 中。已有的文件不会覆盖
    #[arg(long, value_name = "文件")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "参数和选项")]
pub(super) struct ImportArguments {
    /// Word 文档（.docx）；旁边同名的 .yaml 文件作为文件头
    #[arg(value_name = "文档")]
    pub(super) file: PathBuf,
    /// 写入哪个文件；不写则为文档旁边同名的 .md。已有的文件不会覆盖
    #[arg(long, value_name = "文件", conflicts_with_all = ["of", "again"])]
    pub(super) out: Option<PathBuf>,
    /// 导入成什么：regulation 制度（默认）；form 上级下发的表样，在项目的 templates/forms 中起草表单声明；statistics 上级下发的统计表（xlsx），在 templates/statistics 中起草各行、各列的对应
    #[arg(long = "as", value_name = "类别", value_enum, default_value_t = ImportKind::Regulation, hide_possible_values = true, hide_default_value = true)]
    pub(super) kind: ImportKind,
    /// 表样：一条什么记录填一份，写表的名称，如 党员、党支部；统计表：数取自哪一套统计，如 party-annual
    #[arg(long, value_name = "表")]
    pub(super) of: Option<String>,
    /// 换了新表样：按已有的哪个表单重新对照，列出移动、变化、取消、新增的位置
    #[arg(long, value_name = "表单", conflicts_with = "of")]
    pub(super) again: Option<String>,
    /// 项目文件夹（其中有 huibian.yaml），表样用；不写则为当前文件夹
    #[arg(long, value_name = "文件夹", default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
}

/// What a document is imported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportKind {
    /// 制度
    Regulation,
    /// 上级下发的表样，一条记录一份
    Form,
    /// 上级下发的汇总表样，一条记录一行
    Overview,
    /// 上级下发的统计表
    Statistics,
}

/// A format of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// 供人阅读
    Text,
    /// 供程序读取
    Json,
}

/// The words for the kinds of documents.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let known = |word: String| KINDS.iter().map(|it| it.kind).find(|it| it.id() == word);
    let words = PossibleValuesParser::new(KINDS.iter().map(|it| it.kind.id()));
    words.try_map(move |it| known(it).ok_or("没有这一类文件"))
}

fn help_of_kinds() -> String {
    let kinds = KINDS.iter().map(|it| format!("{}（{}）", it.kind.id(), it.title));
    format!("只生成一类文件：{}", kinds.collect::<Vec<_>>().join("、"))
}

/// Says in Chinese what is wrong with the arguments; `None` if it is no fault but a call for help.
pub(super) fn refusal(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面要写明内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”"),
        ErrorKind::ArgumentConflict => format!("“{argument}”写了不止一次，或与其他参数冲突"),
        _ => "参数有误".to_owned(),
    };
    let known = text(ContextKind::ValidValue);
    let near = text(ContextKind::SuggestedArg) + &text(ContextKind::SuggestedSubcommand);
    let hint = match (near.is_empty(), known.is_empty()) {
        (false, _) => format!("；是否应为“{near}”？"),
        (true, false) => format!("；可用：{known}"),
        (true, true) => String::new(),
    };
    Some(format!("{what}{hint}\n用“huibian --help”查看用法"))
}
