//! Regulations: reading them, and proof-reading them.

use super::{Code, error, note, query};

/// A file in a folder of regulations that is neither Markdown nor a Word document.
pub static REGULATION_NOT_READ: Code = error(
    "regulation-not-read",
    "制度文件没有读取",
    "制度文件夹和手册文件夹中只应有正文（.md 或 .docx）、正文的文件头（同名的 .yaml）和制度目录.xlsx。这个文件不是其中任何一种，没有读取，也不会编入。请转为 .md 或 .docx 放回，与制度无关的请移出该文件夹。",
);
/// A regulation without its head.
pub static FRONT_MATTER_MISSING: Code = error(
    "front-matter-missing",
    "制度没有文件头",
    "Markdown 文件应以“---”一行开头，写明标题、文号、日期等，再以“---”一行结束，其后是正文；Word 文档的文件头写在同名的 .yaml 文件中，或是制度目录.xlsx 的一行。缺少文件头的制度没有采用。",
);
/// Markup that a regulation does not need.
pub static MARKDOWN_UNSUPPORTED: Code = query(
    "markdown-unsupported",
    "正文中有标记符号",
    "制度的编章节条款按文字识别，不用 # 标题、列表符号、星号加粗等标记。该符号会原样印出，请核实并删去。",
);
/// A table whose rows do not fit its head.
pub static MARKDOWN_TABLE: Code = error(
    "markdown-table",
    "表格不完整",
    "表格的每一行都以“|”开头，格数与表头相同，表头之下是“|---|---|”一行。请补齐或改正。",
);
/// A footnote without its mark, a mark without its footnote, or two footnotes of one name.
pub static FOOTNOTE_UNRESOLVED: Code = error(
    "footnote-unresolved",
    "脚注对不上",
    "正文中的脚注标记如“[^1]”与文中“[^1]: 内容”应当一一对应。请补上缺的一方，或删去多余的一方。",
);
/// Articles, chapters or items are not numbered one after the other.
pub static NUMBERING_BROKEN: Code = error(
    "numbering-broken",
    "编号不连续",
    "编、章、节、条、项、目的编号应从一开始逐一递增，不缺号、不重号、不颠倒。请核对是漏排、多排还是编号写错，并核对对它们的引用。",
);
/// A regulation stands in the notice by which it was issued.
pub static NOTICE_LEFT_OUT: Code = note(
    "notice-left-out",
    "印发通知没有收入",
    "制度连同印发它的通知（红头、主送、落款、抄送、印发日期）在一个文件里，汇编只收制度本身。通知中的文号、制定机关和日期与文件头核对。请核对没有收入的部分确实不是制度的内容。",
);
/// A text that begins with the notice by which it was issued, and nothing says where the notice ends.
pub static NOTICE_UNDIVIDED: Code = query(
    "notice-undivided",
    "分不清通知和制度",
    "文件开头像是印发制度的通知，而制度的正文上面没有再写标题，分不清通知到哪里为止，全文作为制度收入。请补上标题或删去通知。",
);
/// Labels that are printed otherwise than they are written.
pub static LABEL_RESTORED: Code = note(
    "label-restored",
    "编号的写法与通常不同",
    "条号等写作“第 一 条”“第4条”“第四条：”的，按“第一条”“第四条”采用和印出。请核对它们确是编、章、节、条的开头。",
);
/// What seems to be an article but has no label of one.
pub static LABEL_SUSPECTED: Code = query(
    "label-suspected",
    "像是条而没有认作条",
    "一行以条号或数字开头，按次序正是缺少的那一条，但条号之后没有空格，或写法与其他各条不同，没有认作条。是一条的，请把开头写成“第四条”并空一格；不是的，请改写该行的开头。",
);
/// A reference to an article that is not there.
pub static REFERENCE_UNRESOLVED: Code = error(
    "reference-unresolved",
    "引用的条文不存在",
    "文中引用的章、条、款、项或附件在所引的制度中找不到。多为修订后条文序号变动而引用没有改。请核对后改正。",
);
/// A reference to a regulation of the university that is not in the collection.
pub static REFERENCE_UNKNOWN: Code = query(
    "reference-unknown",
    "引用的制度不在汇编内",
    "文中引用的本校制度在制度文件夹中没有。请核对名称和文号；确有该制度的，请补入文件夹。",
);
/// A reference to a regulation that has been repealed.
pub static REFERENCE_REPEALED: Code = error(
    "reference-repealed",
    "引用的制度已经废止",
    "文中引用的制度已标明废止。请改引现行的制度，或核对其状态。",
);
/// What is cited but not in the collection, and therefore was not compared.
pub static REFERENCES_OUTSIDE: Code = note(
    "references-outside",
    "引用了汇编以外的文件",
    "这些文件不在制度文件夹中，也不是本校制度，对它们的引用没有核对。",
);
/// A document number that is not written as GB/T 9704 has it.
pub static DOCUMENT_NUMBER_MALFORMED: Code = error(
    "document-number-malformed",
    "文号写法不规范",
    "文号由机关代字、年份、序号组成：年份用四位数字，写在六角括号“〔〕”中；序号不加“第”，不编虚位。如“示理工党〔2023〕12号”。",
);
/// Two regulations with one document number.
pub static DOCUMENT_NUMBER_TWICE: Code = error(
    "document-number-twice",
    "两件制度文号相同",
    "一个文号只能属于一件制度。请核对原文后改正其中一件。",
);
/// A document number that is not that of the regulation for which it is cited.
pub static DOCUMENT_NUMBER_DIFFERS: Code = error(
    "document-number-differs",
    "引用的名称与文号不是同一件",
    "正文引用一件制度时写的文号，与该制度文件头中的文号不同。请对照原文核对名称和文号，把错的一方改正。",
);
/// A document number of the university's own that no regulation of the collection bears.
pub static DOCUMENT_NUMBER_UNKNOWN: Code = query(
    "document-number-unknown",
    "引用的文号不在汇编内",
    "正文引用了本校的一个文号（机关代字与收录的制度相同），而制度文件夹中没有这个文号的制度。写明废止某文号的句子除外。请核对文号；确有该制度的，请补入文件夹。",
);
/// Two regulations with one title.
pub static REGULATION_TWICE: Code = error(
    "regulation-twice",
    "两件制度标题相同",
    "同一标题的制度出现了两次，可能是同一件的两个版本。请只保留应当收入的一件，或核对标题。",
);
/// Adopted after issued, or issued after in force.
pub static REGULATION_DATES: Code = error(
    "regulation-dates",
    "制度日期先后不对",
    "通过日期不应晚于印发日期，印发日期不应晚于施行日期。请核对文件头中的日期。",
);
/// On trial for longer than declared.
pub static TRIAL_TOO_LONG: Code = query(
    "trial-too-long",
    "试行已久",
    "该制度试行的时间超过了规定的年限。请核实是否应当修订后正式印发，或者宣布废止。",
);
/// Repealed by another regulation, but said to be in force.
pub static REPEALED_YET_VALID: Code = error(
    "repealed-yet-valid",
    "已被废止而仍标为有效",
    "另一件制度写明废止了这件制度，而它的状态不是废止。请核对两件制度的文件头。",
);
/// A term is defined twice.
pub static TERM_DEFINED_TWICE: Code = error(
    "term-defined-twice",
    "同一用语定义了两次",
    "同一件制度中对同一用语作了两次定义。请合并为一处，以免含义不一。",
);
/// The title at the head of the text is another one than in the front matter.
pub static TITLE_DIFFERS: Code = error(
    "title-differs",
    "正文标题与文件头不一致",
    "正文开头的标题与文件头中的 title 不同。请核对后改为一致；正文中的标题可以不写。",
);
/// A regulation of a category that no book has a part for.
pub static CATEGORY_UNKNOWN: Code = error(
    "category-unknown",
    "制度的类别没有对应的编",
    "汇编按类别分编。这件制度的类别不是任何一编的类别，因而没有编入。请核对文件头中的 category，或在汇编的声明中增加一编。",
);
/// A text in the folder of a book that no book prints.
pub static TEXT_UNUSED: Code = query(
    "text-unused",
    "手册文件夹中没有用到的文件",
    "手册文件夹中的这个文件没有编入任何一本手册。请核对它所在的文件夹，以及文件头中决定编排的各项；确不需要的，请移出该文件夹。",
);
/// The workbook that lists the regulations says otherwise than a regulation.
pub static CATALOGUE_DIFFERS: Code = error(
    "catalogue-differs",
    "制度目录与制度文件不一致",
    "制度目录.xlsx 中的这一格与该制度文件所写的不同。请对照原文，把错的一方改正；空着的格不作比较。",
);
/// A row of that workbook to which there is no file.
pub static CATALOGUE_WITHOUT_FILE: Code = error(
    "catalogue-without-file",
    "目录中的制度没有文件",
    "制度目录.xlsx 中列有这件制度，而制度文件夹中没有它。按“文件”列、制度名称、文号依次对应。请补上文件，或删去这一行。",
);
/// A regulation that the workbook does not list.
pub static CATALOGUE_LACKS_REGULATION: Code = error(
    "catalogue-lacks-regulation",
    "制度没有列入目录",
    "制度文件夹中有这件制度，而制度目录.xlsx 没有列它。请在目录中补上一行；不应收入的，请移出文件夹。",
);
/// A regulation that the workbook lists twice.
pub static CATALOGUE_ROW_TWICE: Code =
    error("catalogue-row-twice", "目录中重复的制度", "同一件制度在制度目录.xlsx 中列了两次。请只保留一行。");
/// The note below the title says otherwise than the front matter.
pub static HEAD_NOTE_DIFFERS: Code = error(
    "head-note-differs",
    "题注与文件头不一致",
    "正文标题下的题注（文号、通过、印发、修订的日期）与文件头所写的不同，或者文件头没有写。汇编只印文件头的内容，题注不重复印出。请核对后改为一致。",
);
/// Half-width marks beside Chinese.
pub static PUNCTUATION_HALF_WIDTH: Code = query(
    "punctuation-half-width",
    "中文中有半角标点",
    "中文中的逗号、括号、引号等应为全角。程序不作改动，请改正；编号、外文中确应用半角的，请说明理由。",
);
/// Two marks where one belongs.
pub static PUNCTUATION_DOUBLED: Code =
    error("punctuation-doubled", "标点重复", "两个点号连在一起，多为修改时遗留。请只保留一个。");
