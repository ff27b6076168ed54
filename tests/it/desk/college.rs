//! A college of five students and its statistics by the tables that are shipped: small, but nothing is left open in it.

use super::Desk;

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委, 最近换届时间: 2022年6月, 应换届时间: 2027年6月, 内设党总支数: 0, 教职工总数: 9, 专任教师总数: 9, 专任教师女: 4, 专任教师35岁及以下: 4, 离退休教职工总数: 1, 在校本科生总数: 9, 在校硕士生总数: 9, 在校博士生总数: 9}
党支部:
  - {党支部编码: \"010101\", 党支部名称: 甲学院党支部, 简称: 甲支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 硕士生党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 李文静, 党员总数: 5, 正式党员数: 3, 预备党员数: 2}
  - {党支部编码: \"010102\", 党支部名称: 甲学院新党支部, 简称: 新支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 本科生党支部, 成立时间: 2024年9月, 最近换届时间: 2024年9月, 应换届时间: 2027年9月, 党支部书记: 陈志远, 党员总数: 3, 正式党员数: 3, 预备党员数: 0}
";

/// At the end of June 2024 there were three: one of them joined on its last day, one was confirmed in October.
const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,工作岗位,党籍状态,入党时间,转正时间,组织关系转入时间,党费交纳情况,所在党支部
S01,李文静,女,汉族,2002-03-04,大学本科,硕士生,其他年级,学生,正式党员,2022-06-01,2023-06-01,,按时交纳,甲支部
S02,王芳,女,汉族,2002-05-04,大学本科,硕士生,其他年级,学生,正式党员,2023-06-20,2024-10-08,,按时交纳,甲支部
S03,赵磊,男,汉族,2002-06-04,大学本科,硕士生,其他年级,学生,预备党员,2024-06-30,,,按时交纳,甲支部
S04,孙丽,女,汉族,2003-06-04,大学本科,硕士生,其他年级,学生,预备党员,2024-07-01,,,按时交纳,甲支部
S05,陈志远,男,汉族,2001-06-04,大学本科,硕士生,一年级,学生,正式党员,2021-06-01,2022-06-01,2024年9月,按时交纳,甲支部
";

/// At the end of June 2024: an applicant who has become an activist since, none who applied later, and a candidate.
const DEVELOPMENT: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,工作岗位,联系党支部,提交书面申请书时间,确定为入党积极分子时间,确定为发展对象时间,入党时间,当前发展阶段
D01,周敏,女,汉族,2002-03-04,大学本科,硕士生,其他年级,学生,甲支部,2023年10月,2024年9月,,,入党积极分子
D02,吴刚,男,汉族,2002-03-05,大学本科,硕士生,其他年级,学生,甲支部,2024年7月,,,,入党申请人
D03,郑洁,女,汉族,2002-03-06,大学本科,硕士生,其他年级,学生,甲支部,2022年2月,2023年1月,2024年3月,2024-10-08,预备党员
";

const POSTS: &str = "\
学工号,姓名,职务,任职时间,所属党支部
S01,李文静,书记,2024年6月,甲支部
S05,陈志远,书记,2024年9月,新支部
S03,赵磊,组织委员,2024年9月,新支部
";

const APPRAISALS: &str = "\
学工号,姓名,所在党支部,评议年度,评议开展时间,评议结束时间,评议结果
S01,李文静,甲支部,2024,2024年12月,2024年12月,合格
";

/// The college's project as of a day, with the statistics that are named as in the project file.
#[track_caller]
pub(crate) fn desk(name: &str, as_of: &str, statistics: &str) -> Desk {
    let desk = Desk::new(name);
    let project = format!(
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {{from: 2024-01-01, to: 2024-12-31}}\n\
         as_of: {as_of}\nsources: [data]\ndocuments: {{statistics: [{statistics}]}}\n"
    );
    desk.write("huibian.yaml", project);
    let tables =
        [("党员", MEMBERS), ("党员发展", DEVELOPMENT), ("支委成员", POSTS), ("评议结果", APPRAISALS)];
    desk.write("data/党组织.yaml", STRUCTURE);
    for (table, text) in tables {
        desk.write(&format!("data/{table}.csv"), text);
    }
    desk
}
