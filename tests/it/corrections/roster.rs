//! A roster as Excel would write it, with all that a workbook may hold beside its cells; and a second committee.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DocProperties,
    ExcelDateTime, Format, FormatBorder, Formula, Image, Note, Workbook, Worksheet,
};

const HEADINGS: [&str; 15] = [
    "学工号",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "学历",
    "人员类别",
    "年级类别",
    "工作岗位",
    "党籍状态",
    "入党时间",
    "转正时间",
    "组织关系转入时间",
    "党费交纳情况",
    "所在党支部",
];
/// The members; the second has a sex that there is not, the third a day that there is not, the fourth no nationality.
const ROWS: [&str; 5] = [
    "S01 李文静 女 汉族 2002-03-04 大学本科 硕士生 其他年级 学生 正式党员 2022-06-01 2023-06-01 - 按时交纳 甲支部",
    "S02 王芳 汝 汉族 2002-05-04 大学本科 硕士生 其他年级 学生 正式党员 2023-06-20 2024-10-08 - 按时交纳 甲支部",
    "S03 赵磊 男 汉族 2002-06-31 大学本科 硕士生 其他年级 学生 预备党员 2024-06-30 - - 按时交纳 甲支部",
    "S04 孙丽 女 - 2003-06-04 大学本科 硕士生 其他年级 学生 预备党员 2024-07-01 - - 按时交纳 甲支部",
    "S05 陈志远 男 汉族 2001-06-04 大学本科 硕士生 一年级 学生 正式党员 2021-06-01 2022-06-01 2024-09-01 按时交纳 甲支部",
];

/// A second committee with a branch.
pub(super) const SECOND: &str = "\
基层党组织:
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委, 最近换届时间: 2022年6月, 应换届时间: 2027年6月, 内设党总支数: 0, 教职工总数: 9, 专任教师总数: 9, 专任教师女: 4, 专任教师35岁及以下: 4, 离退休教职工总数: 1, 在校本科生总数: 9, 在校硕士生总数: 9, 在校博士生总数: 9}
党支部:
  - {党支部编码: \"020101\", 党支部名称: 乙学院党支部, 简称: 乙支部, 所属分党委: 乙学院党委, 支部类型: 学生党支部, 支部具体类型: 硕士生党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 高明, 党员总数: 3, 正式党员数: 3, 预备党员数: 0}
";
/// Its members: one has the number of a member of the first, one a sex that there is not.
pub(super) const MEMBERS_OF_SECOND: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,工作岗位,党籍状态,入党时间,转正时间,组织关系转入时间,党费交纳情况,所在党支部
T01,高明,男,汉族,2002-03-04,大学本科,硕士生,其他年级,学生,正式党员,2022-06-01,2023-06-01,,按时交纳,乙支部
S01,林晓,女,汉族,2002-05-04,大学本科,硕士生,其他年级,学生,正式党员,2023-06-20,2024-10-08,,按时交纳,乙支部
T03,何平,难,汉族,2002-06-04,大学本科,硕士生,其他年级,学生,正式党员,2022-06-01,2023-06-01,,按时交纳,乙支部
";
/// Talks of both, none of which says when in a way that can be read.
pub(super) const TALKS_OF_BOTH: &str = "\
谈话人,谈话对象,谈话时间,所在党支部
赵磊,孙丽,2024年13月,甲支部
高明,林晓,2024年14月,乙支部
";

/// The roster.
pub(super) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2024, 12, 1).unwrap();
    let properties =
        DocProperties::new().set_creation_datetime(&day).set_custom_property("报送单位", "甲学院党委");
    book.set_properties(&properties);
    fill(book.add_worksheet().set_name("党员").unwrap());
    let counts = book.add_worksheet().set_name("图表数据").unwrap().set_hidden(true);
    for (row, (year, count)) in (0..).zip([(2021, 1), (2022, 1), (2023, 1), (2024, 2)]) {
        counts.write(row, 0, year).unwrap().write(row, 1, count).unwrap();
    }
    book.define_name("花名册", "=党员!$A$2:$O$7").unwrap();
    book.save_to_buffer().unwrap()
}

fn fill(page: &mut Worksheet) {
    let edge = Format::new().set_border(FormatBorder::Thin);
    let dated = Format::new().set_border(FormatBorder::Thin).set_num_format("yyyy-mm-dd");
    page.merge_range(0, 0, 0, 14, "2024年党员名册", &Format::new().set_bold()).unwrap();
    page.write_row_with_format(1, 0, HEADINGS, &Format::new().set_border(FormatBorder::Thin).set_bold())
        .unwrap();
    for (row, line) in (2..).zip(ROWS) {
        for (col, said) in (0..).zip(line.split(' ')) {
            let date = said.len() == "2002-06-30".len() && said != "2002-06-31";
            match said {
                "-" => page.write_blank(row, col, &edge).unwrap(),
                said if date && said.starts_with('2') => page
                    .write_with_format(row, col, ExcelDateTime::parse_from_str(said).unwrap(), &dated)
                    .unwrap(),
                said => page.write_with_format(row, col, said, &edge).unwrap(),
            };
        }
    }
    page.write(1, 16, "人数").unwrap();
    page.write(2, 16, Formula::new("COUNTA(A3:A7)").set_result("5")).unwrap();
    page.insert_note(2, 3, &Note::new("与户口簿一致").set_author("李老师")).unwrap();
    page.insert_note(4, 4, &Note::new("已请本人核对").set_author("李老师")).unwrap();
    page.add_data_validation(2, 2, 6, 2, &DataValidation::new().allow_list_strings(&["男", "女"]).unwrap())
        .unwrap();
    let rule = ConditionalFormatCellRule::EqualTo("预备党员".to_owned());
    let format = Format::new().set_background_color("#E2EFDA");
    page.add_conditional_format(2, 9, 6, 9, &ConditionalFormatCell::new().set_rule(rule).set_format(format))
        .unwrap();
    page.autofilter(1, 0, 6, 14).unwrap();
    page.set_repeat_rows(1, 1).unwrap();
    page.insert_image(4, 17, &Image::new_from_buffer(PIXEL).unwrap()).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("图表数据", 0, 1, 3, 1)).set_categories(("图表数据", 0, 0, 3, 0));
    page.insert_chart(9, 16, &chart).unwrap();
}

/// A picture of one red dot.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0,
    1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 0x08, 0xD7, 0x63, 0xF8,
    0xCF, 0xC0, 0, 0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42,
    0x60, 0x82,
];
