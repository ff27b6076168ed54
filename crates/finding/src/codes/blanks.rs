//! Forms that others have issued: the blank, what goes where in it, and what does not fit.

use super::{Code, error, note, query};

/// A blank that cannot be read or filled.
pub static BLANK_UNUSABLE: Code = error(
    "blank-unusable",
    "表样不能使用",
    "上级下发的表样缺失，或是旧格式、加了密码、设了限制编辑、有未接受的修订，程序不能在上面填写。请按提示在 WPS 或 Word 中处理后另存为 docx。",
);
/// The blank is not the one that was bound.
pub static BLANK_CHANGED: Code = error(
    "blank-changed",
    "表样改动过",
    "表样与绑定时的那一份不同，各处填什么可能对不上了，因此没有使用。请换回原表样，或用 huibian import 加 --again 重新对照。",
);
/// A part of a blank that is not filled.
pub static BLANK_PART_NOT_FILLED: Code = query(
    "blank-part-not-filled",
    "表样中有程序不填的部分",
    "表样中有文本框、控件或嵌套的表格，程序不填写其中的内容。其中没有要填的，可以不管；有的，请在 WPS 或 Word 中改成普通的表格或段落后重新绑定。",
);
/// A declaration that nobody has looked through yet.
pub static FORM_IS_DRAFT: Code = error(
    "form-is-draft",
    "表单声明还是草稿",
    "程序起草的表单声明要由人逐处核对，核对完、删去 draft: true 之后才会使用。",
);
/// A declaration names a place that the blank does not have, or that has another label there.
pub static PLACE_UNKNOWN: Code = error(
    "place-unknown",
    "表样上没有这个位置",
    "表单声明写的位置在表样上没有，或那里的栏目名与声明写的不同。填错格比不填更糟，因此这份表单没有使用。请对照“填表位置.pdf”改正。",
);
/// A place of the blank about which nobody has decided.
pub static PLACE_UNDECIDED: Code = error(
    "place-undecided",
    "表样上有一处没有决定怎样填",
    "表样上每一处空白都要在表单声明中写明填什么，或者写明留给谁手填。请补上。",
);
/// What is declared for a place cannot go there.
pub static PLACE_UNFIT: Code = error(
    "place-unfit",
    "该处不能这样填",
    "表单声明的写法与该处的形式不合（如一处有三个空只写了两项，或同一处写了两次）。请按提示改正。",
);
/// A value for which the blank has no box, or which cannot stand in its place.
pub static VALUE_NOT_ON_BLANK: Code = error(
    "value-not-on-blank",
    "表样上没有与该值对应的选项",
    "表样上的方框没有一个与该值相同，不能勾选，这份表暂不生成。请核对该值；确实只是说法不同的，在表单声明中换算成表样上的说法。",
);
/// More characters than the form allows, or than a row of fixed height shows.
pub static TEXT_EXCEEDS_BLANK: Code = error(
    "text-exceeds-blank",
    "文字超过表样的限制",
    "文字超过表样注明的字数，或超过固定行高的一格能容下的长度（打印时会被截去），这份表暂不生成。请压缩文字。",
);
/// More records than rows were prepared.
pub static ROWS_EXCEED_BLANK: Code = error(
    "rows-exceed-blank",
    "内容的行数超过表样",
    "表样准备的行数不够，而表单声明写明不许加行，这份表暂不生成。请减少内容，或改为由程序加行。",
);
/// A check of the form's own that comes out false.
pub static FORM_CHECK_FAILED: Code = error(
    "form-check-failed",
    "表样自己的校验不符",
    "表样中的校验公式填好后得出“错误”“不符”一类的结果，说明填入的数字之间不平，或填错了格。这份表没有生成。请核对所涉的数字。",
);
/// A filled form that, read back, says something else than it has to.
pub static FORM_NOT_PROVED: Code = error(
    "form-not-proved",
    "填好的表回读不符",
    "每份表填好后都要读回来，逐处与表样和要填的值核对。核对不符的一份没有生成。请把表样交给工程师。",
);
/// The office suite that a form is to be printed with is not there, or did not work.
pub static OFFICE_MISSING: Code = query(
    "office-missing",
    "没有办公软件，没有转成 PDF",
    "表单声明中写了 pdf: soffice，而本机没有可用的 LibreOffice。填好的表照常生成，可以用 WPS 或 Word 打开、打印；要程序转成 PDF 的，请安装 LibreOffice 后重新生成。",
);
/// The office suite could not open a form.
pub static FORM_NOT_PRINTED: Code = query(
    "form-not-printed",
    "填好的表没有转成 PDF",
    "LibreOffice 没有打开这一份。填好的表照常生成，请用 WPS 或 Word 打开核对、打印。",
);
/// A form has more pages than its blank.
pub static FORM_GREW: Code = query(
    "form-grew",
    "填好的表比表样多页",
    "填入的内容把表撑长了，页数与下发的表样不同。上级不许改变页数的，请压缩文字；允许加页的，可以不管。页数是 LibreOffice 排的，WPS 和 Word 可能略有出入。",
);
/// A printed form does not say everything that was filled in.
pub static FORM_CUT_OFF: Code = query(
    "form-cut-off",
    "打印出来的表缺字",
    "转成的 PDF 中看不到填入的一些字：可能是固定高度的行放不下，单元格太窄（显示成 ###），或本机没有这些字的字体。请打开该份 PDF 与填好的表核对。",
);
/// Formulas of a blank that only an office suite can compute.
pub static FORMULAS_LEFT: Code = note(
    "formulas-left",
    "表样中有程序算不出的公式",
    "这些公式用了程序不会算的函数，填好以后留给 Excel、WPS 或 LibreOffice 打开时计算，程序也没有与本项目的数核对。上报前请打开一次，看过结果再保存。",
);
/// Two places of a blank with one label get different values.
pub static LABEL_TWICE: Code = note(
    "label-twice",
    "表样上有几处栏目同名",
    "这几处只能靠位置区分，程序无从知道哪一处问的是谁。请对照“填表位置.pdf”核对各处填的内容没有对调。",
);
/// Cells of a workbook for which there is no figure.
pub static ISSUED_FIGURE_LACKING: Code = query(
    "issued-figure-lacking",
    "表样上有的格没有数",
    "上级统计表样上有的格，本单位的统计没有这个数：上年数、外部门的数没有提供，或这一行、这一列本来不统计。这些格留空，不填零。请补上材料，或由填报人手填。",
);
