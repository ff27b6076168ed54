//! Values: what stands in a cell is not what its field holds.

use super::{Code, error, note, query};

/// A required field is empty.
pub static MISSING_VALUE: Code =
    error("missing-value", "必填项为空", "该字段必填。请补填；确无内容的，按填表说明填“无”。");
/// A cell holds an error literal such as `#N/A`.
pub static ERROR_CELL: Code =
    error("error-cell", "单元格为错误值", "单元格显示为 #N/A、#REF! 等错误值。请改正公式或直接填入内容。");
/// A formula has no stored result.
pub static FORMULA_NOT_CALCULATED: Code = error(
    "formula-not-calculated",
    "公式未计算",
    "文件中的公式没有保存计算结果。请用 WPS 或 Excel 打开该文件，保存后重新提交。",
);
/// Text where a whole number belongs.
pub static NOT_AN_INTEGER: Code =
    error("not-an-integer", "不是整数", "该字段应填整数。请只填数字，不要写单位。");
/// Text where a number belongs.
pub static NOT_A_NUMBER: Code = error("not-a-number", "不是数字", "该字段应填数字。请只填数字，不要写单位。");
/// Text where a date belongs.
pub static NOT_A_DATE: Code =
    error("not-a-date", "不是日期", "无法识别为日期。请写成“2019年7月1日”“2019-07-01”或“20190701”。");
/// A date whose year, month or day was lost, such as `520日`.
pub static DATE_INCOMPLETE: Code =
    error("date-incomplete", "日期残缺", "日期中的“年”或“月”可能已丢失，程序不作猜测。请对照原始材料补全。");
/// A number such as 2019.1, which may be January or October.
pub static DATE_AMBIGUOUS: Code = error(
    "date-ambiguous",
    "日期有歧义",
    "以数字存储的 2019.1 可能是1月，也可能是10月。请把单元格设为文本格式后重新填写，如“2019.10”。",
);
/// A date that does not exist, such as 30 February.
pub static DATE_IMPOSSIBLE: Code = error("date-impossible", "日期不存在", "月份或日期超出范围。请核对。");
/// A date far outside a human life.
pub static DATE_OUT_OF_RANGE: Code =
    error("date-out-of-range", "日期超出合理范围", "年份过早或过晚，多为单元格格式造成。请核对。");
/// Something that has happened after the day as of which the project is judged.
pub static DATE_AFTER_CUTOFF: Code = error(
    "date-after-cutoff",
    "晚于填报截止日",
    "该项是已经发生的事，不会晚于项目文件所定的截止日（as_of）。年份写错的请改正；截止日以后才发生的，留待下期填报。",
);
/// A date before anything of its kind can have been.
pub static DATE_TOO_EARLY: Code =
    error("date-too-early", "日期过早", "日期早于该项可能有的最早时间，多为年份写错。请对照原始材料核对。");
/// A date before one that it follows.
pub static DATES_REVERSED: Code = error(
    "dates-reversed",
    "两个时间先后不对",
    "同一条记录中，在后的事写在了在前的事之前。请对照原始材料核对两个时间。",
);
/// A record of a ledger outside the period, which is not counted.
pub static DATE_OUTSIDE_PERIOD: Code = query(
    "date-outside-period",
    "不在统计期间之内",
    "台账中这条记录的时间在统计期间之外，各表没有计入。年份写错的请改正；确是别的时期的，请从本期的表中删去。",
);
/// Records of a ledger before the period, in the year that conditions look back over.
pub static DATES_BEFORE_PERIOD: Code = note(
    "dates-before-period",
    "统计期间以前的记录没有计入",
    "台账中有统计期间以前、仍在条件回看时段之内的记录：回看的条件（如近一年的活动）要用，本期的数字不计入。",
);
/// A weekday beside a date that falls on another.
pub static WEEKDAY_DIFFERS: Code = query(
    "weekday-differs",
    "星期与日期不符",
    "日期后面写的星期不是那一天的星期，两者必有一误。程序按日期读入；请对照记录核对。",
);
/// A spelling with one likely reading: 26.3.12, 3/11/26, a time stamp.
pub static DATE_LIKELY: Code = query(
    "date-likely",
    "日期写法不完整，按最可能的一天读入",
    "年份只写了两位、缺“日”字、次序颠倒或是程序的时间戳，程序按最可能的一天读入。请对照原始材料核对，改成四位年份的写法。",
);
/// Several days where one belongs.
pub static DATE_SPAN: Code = query(
    "date-span",
    "一格写了不止一天",
    "该项只能填一个日期，程序按写的第一天读入。分几次进行的请分行填写；表中有起止两项的，请分别填写。",
);
/// A time of day or a weekday behind a date was left out.
pub static DATE_TIME_DROPPED: Code = note(
    "date-time-dropped",
    "日期中的时刻未采用",
    "该字段只需日期，其后的时刻或星期未采用。核对日期无误即可。",
);
/// A date cell holds a day, or a month, that its format does not show; it was left out.
pub static DATE_PART_NOT_SHOWN: Code = note(
    "date-part-not-shown",
    "单元格没有显示的月、日未采用",
    "单元格的格式只显示年月或年份，其中未显示的月、日可能是表格软件补上的，未采用。如确需采用，请把单元格格式改为“年月日”。",
);
/// A number cell holds the serial number of a day; it was read as that day.
pub static DATE_FROM_SERIAL: Code = note(
    "date-from-serial",
    "序列数按日期读取",
    "日期单元格的格式被改成了常规或数值，只剩下日期的序列数，已换算成日期。请核对；把单元格设回日期格式可免去此提示。",
);
/// A date without the month or day that the field wants.
pub static DATE_PRECISION: Code =
    error("date-precision", "日期不够精确", "该字段需要更精确的日期（到月或到日）。请补全。");
/// A value that is none of the field's choices.
pub static UNKNOWN_CHOICE: Code = error("unknown-choice", "不在可选范围内", "该字段只能填列出的选项之一。");
/// Neither 是 nor 否.
pub static NOT_YES_OR_NO: Code = error("not-yes-or-no", "不是“是/否”", "该字段只能填“是”或“否”。");
/// An identity number stored as a number: its last digits are gone.
pub static IDENTITY_DIGITS_LOST: Code = error(
    "identity-digits-lost",
    "身份证号码末位已丢失",
    "18位号码以数字存储时末几位会变成0，无法还原。请把单元格设为文本格式后重新填写。",
);
/// An identity number of the wrong length or with other characters.
pub static IDENTITY_MALFORMED: Code =
    error("identity-malformed", "身份证号码格式不对", "应为18位，前17位为数字，末位为数字或X。请核对。");
/// An identity number with a wrong check digit.
pub static IDENTITY_CHECK_DIGIT: Code = error(
    "identity-check-digit",
    "身份证号码校验位不符",
    "按 GB 11643 计算的校验位与末位不符，号码必有错误。请对照证件核对。",
);
/// Blanks or full-width digits in an identity number were put right.
pub static IDENTITY_TIDIED: Code = note(
    "identity-tidied",
    "身份证号码已整理",
    "去掉了号码中的空格等字符，或把全角数字改成了半角。号码本身未变。",
);
/// A telephone number that cannot be one.
pub static PHONE_MALFORMED: Code =
    error("phone-malformed", "电话号码格式不对", "手机号应为11位数字；固定电话请写区号。");
/// A code of the wrong length or with other characters.
pub static CODE_MALFORMED: Code =
    error("code-malformed", "编码格式不对", "编码的长度或字符不符合要求。请核对。");
/// What keeps spreadsheets from making a number of a code was taken off.
pub static GUARD_REMOVED: Code = note(
    "guard-removed",
    "号码前后的引号已去掉",
    "编码、电话等前面的撇号或 =\"…\" 是防止表格软件改写用的，程序已去掉。无需处理。",
);
/// A number cell shows other digits than it holds.
pub static SHOWN_DIFFERS: Code = query(
    "shown-differs",
    "单元格显示的与存储的不同",
    "单元格的数字格式带有固定的字或数字，显示出来的不是所存的数。请把该列设为文本格式，按应有的内容重新填写。",
);
/// Leading zeros that the spreadsheet had dropped were put back.
pub static CODE_ZEROS_RESTORED: Code = note(
    "code-zeros-restored",
    "编码前的0已补回",
    "编码以数字存储，前面的0被表格软件去掉，已按规定长度补回。请把该列设为文本格式。",
);
/// A mark that stands for what the row above says.
pub static DITTO_RESOLVED: Code = note(
    "ditto-resolved",
    "“同上”按上面一行读取",
    "“同上”“〃”一类的记号，在选项、编码、姓名和名称各栏按上面一行的内容读取。核对无误即可。",
);
/// Such a mark where it cannot be known what it stands for.
pub static DITTO_UNCLEAR: Code = error(
    "ditto-unclear",
    "“同上”指的是什么说不准",
    "文字、日期、数字等栏里的“同上”“〃”程序不作推断，上面一行没有内容时也是如此。请写出内容。",
);
/// A text that cannot be a person's name.
pub static NAME_MALFORMED: Code =
    error("name-malformed", "姓名格式不对", "姓名中有数字、标点或多个人名。请只填一个人的姓名。");
/// A name was brought into its standard form.
pub static NAME_TIDIED: Code = note("name-tidied", "姓名已整理", "去掉了姓名中的空格，或把间隔号统一为“·”。");
/// A date cell where text belongs: a spreadsheet may have made a date of what was typed.
pub static TEXT_FROM_DATE: Code = note(
    "text-from-date",
    "文字项为日期格式",
    "表格软件会把“3-1”之类的内容自动变成日期。如原本不是日期，请把单元格设为文本格式后重新填写。",
);
/// Invisible characters, odd blanks, emoji and the like were put right in a text.
pub static TEXT_TIDIED: Code = note(
    "text-tidied",
    "文字已整理",
    "去掉了文字中的不可见字符、表情符号等，或按表式要求统一了全角半角和标点。说明中列出改动前后的文字；如不对，请在原表中更正。",
);
/// Traditional characters in a text; they stay.
pub static MIXED_SCRIPT: Code = query(
    "mixed-script",
    "文中有繁体字或异体字",
    "多为从网页转载所致。程序不作改动，只列出对应的规范字。请改正；姓名、引文、书名等确用原字的，请说明理由。",
);
/// A date in a text lost its 年 or 月.
pub static DATE_INCOMPLETE_IN_TEXT: Code = query(
    "date-incomplete-in-text",
    "文中日期残缺",
    "文中的“520日”“2009115日”之类多为转载时丢失了“年”“月”。程序不作猜测，请对照原始材料补全；数字无误的，请说明理由。",
);
/// A character that was not saved.
pub static CHARACTER_LOST: Code =
    query("character-lost", "有字没有存下来", "文字里有“�”，是转换编码时没有存下来的字。请对照原件补上。");
/// A word that the schema declares suspect.
pub static SUSPECT_WORD: Code = query(
    "suspect-word",
    "文中混入无关文字",
    "表式列出的可疑文字（如转载网页时混入的商号）。程序不作改动，请对照原始材料改正。",
);
/// A Latin word that is not among those the schema knows.
pub static LATIN_WORD: Code = query(
    "latin-word",
    "文中有未列入的字母词",
    "该字段只应出现表式列出的字母词。请核对是否误入；确应如此的，请说明理由，或请工程师将其列入表式。",
);
/// A choice written in traditional characters was understood.
pub static CHOICE_SIMPLIFIED: Code = note(
    "choice-simplified",
    "选项中的繁体字已按规范字读入",
    "选项以繁体字填写，已读作对应的规范字。核对无误即可。",
);
/// A text is longer than its field allows.
pub static TEXT_TOO_LONG: Code =
    error("text-too-long", "超过字数限制", "该字段有字数限制。请压缩后重新提交。");
/// A number outside the field's limits.
pub static NUMBER_OUT_OF_RANGE: Code =
    error("number-out-of-range", "数值超出范围", "数值超出该字段允许的范围。请核对。");
/// Something else than a picture where a picture belongs.
pub static NOT_A_PICTURE: Code =
    error("not-a-picture", "不是图片", "该项应为图片。请把图片嵌入单元格后重新提交，不要填写文字。");
/// A picture whose file is cut off.
pub static PICTURE_DAMAGED: Code = error(
    "picture-damaged",
    "图片文件不完整",
    "单元格里的图片只有一部分，多半是复制或传输中断，不能印出。请重新插入原图后提交。",
);
/// A picture where something else belongs.
pub static PICTURE_UNEXPECTED: Code = error(
    "picture-unexpected",
    "单元格里是图片",
    "该项应为文字、数字或日期，单元格里却是图片。程序不识别图片中的文字，请直接填入内容。",
);
