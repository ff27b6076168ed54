//! One fact is changed at a time in a project in which all tables agree: it is found at its cell, and nothing else is; what
//! clerks write otherwise without being wrong stays quiet.

use crate::desk::{Desk, problems};

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2025-01-01, to: 2025-12-31}
as_of: 2025-12-31
sources: [data]
";
const ORGANISATIONS: &str = "\
编号,名称,简称,所属单位,组织类别,成立时间,最近换届时间,应换届时间,书记
0100,中共示例理工大学甲学院委员会,甲学院党委,甲学院,党委,2000年9月,2022年6月,2027年6月,张晓明
";
const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,支部具体类型,成立时间,最近换届时间,应换届时间,党支部书记,党员总数,正式党员数,预备党员数,教工党员数,本科生党员数,研究生党员数
010001,甲学院教师党支部,教师支部,甲学院党委,教师党支部,专任教师党支部,2010年7月,2024年10月,2027年10月,张晓明,8,8,0,8,0,0
010002,甲学院学生党支部,学生支部,甲学院党委,学生党支部,本硕博混合党支部,2012年9月,2025年5月,2028年5月,周明远,5,3,2,0,1,4
";
const MEMBERS: &str = "\
学工号,姓名,身份证号码,性别,民族,出生日期,学历,人员类别,工作岗位,岗位类别,所在党支部,党籍状态,入党时间,转正时间,组织关系转入时间,手机号码
T1,张晓明,,男,汉族,1975年3月,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,1998-07-01,1999-07-01,,13000000001
T2,李文静,,女,汉族,1980-05-06,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,2005年6月,2006年6月,,13000000002
T3,王芳,999901199001011232,男,汉族,1990-01-01,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,2012-06-01,2013-06-01,,13000000003
T4,赵磊,,男,汉族,1985-08-08,大学本科,在职教工,事业单位专业技术人员,辅导员,教师支部,正式党员,2008-06-01,2009-06-01,,13000000004
T5,刘洋,,女,回族,1979-09-09,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,2001-06-01,2002-06-01,,13000000005
T6,陈志远,,男,汉族,1968-01-02,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,1990-06-01,1991-06-01,,13000000006
T7,黄海,,男,汉族,1977-07-07,大学本科,在职教工,事业单位管理人员,管理人员,教师支部,正式党员,2003-06-01,2004-06-01,,13000000007
T8,刘洋,,女,汉族,1988-12-12,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,2015-06-01,2016-06-01,2025年9月,13000000008
G1,周明远,,男,汉族,1999-05-12,大学本科,硕士生,学生,,学生支部,正式党员,2020-06-09,2021-06-09,,13000000011
G2,郑若溪,,女,汉族,2000年3月,大学本科,硕士生,学生,,学生支部,正式党员,2021-06-10,2022-06-10,,13000000012
G3,吴启明,,男,汉族,1996-11-02,研究生,博士生,学生,,学生支部,正式党员,2019-12-04,2020-12-04,,13000000013
G4,冯晓东,,男,汉族,2001-02-02,大学本科,硕士生,学生,,学生支部,预备党员,2025-03-10,,,13000000014
G5,陈立群,,女,汉族,2003-04-04,高中,本科生,学生,,学生支部,预备党员,2025-10-15,,,13000000015
";
const POSTS: &str = "\
学工号,姓名,职务,任职时间,所属党支部
T1,张晓明,书记,2024年10月,教师支部
T2,李文静,组织委员,2024年10月,教师支部
T3,王芳,宣传委员,2024年10月,教师支部
G1,周明远,书记,2025年5月,学生支部
";
const ELECTIONS: &str = "\
所在党支部,选举时间,应到人数,实到人数,应选名额,候选人数,发出选票,收回选票,有效票,当选名单,当选书记,批复时间
教师支部,2024-10-12,8,8,3,4,8,8,8,张晓明、李文静、王芳,张晓明,2024-10-20
学生支部,2025-05-20,3,3,1,2,3,3,3,周明远,周明远,2025-05-28
";
const HONOURS: &str = "\
所在党支部,获奖对象,获奖者名称,荣誉名称,荣誉类别,级别,授予时间,授予单位
教师支部,党支部,教师支部,先进基层党组织,先进党组织,校级,2025-06-28,中共示例理工大学委员会
教师支部,党员,刘洋,优秀共产党员,优秀共产党员,校级,2025-06-28,中共示例理工大学委员会
教师支部,党员,刘洋,优秀共产党员,优秀共产党员,校级,2023-06-28,中共示例理工大学委员会
";
const DEVELOPMENT: &str = "\
学工号,姓名,联系党支部,性别,出生日期,提交书面申请书时间,确定为入党积极分子时间,培养联系人,确定为发展对象时间,入党介绍人,入党时间,上级党委审批时间,转正时间,转正审批时间,当前发展阶段,延长预备期至
G4,冯晓东,学生支部,男,2001-02-02,2022-03-01,2022-09-01,周明远、郑若溪,2024-09-10,周明远、郑若溪,2025-03-10,2025-04-01,,,预备党员,
G5,陈立群,学生支部,女,2003-04-04,2022-10-08,2023-03-01,吴启明,2024-09-10,周明远、吴启明,2025-10-15,2025-11-01,,,预备党员,
D1,何永康,学生支部,男,2004-06-06,2023-10-01,2024-03-01,吴启明,,,,,,,入党积极分子,
";
const TRANSFERS: &str = "\
学工号,姓名,转接方向,所在党支部,转入单位,转出单位,党费缴纳至年月,办理时间
T8,刘洋,转入,教师支部,中共示例理工大学委员会,中共示例师范大学委员会,2025年8月,2025-09-03
X1,朱明,转出,学生支部,中共某市委组织部,中共示例理工大学委员会,2025年6月,2025-07-01
";
const CHANGES: &str = "\
学工号,姓名,所在党支部,变动类别,变动时间
X2,胡老师,教师支部,死亡,2025年2月
";

const WORKERS: &str = "\
所在分党委,工作证号,姓名,党务职务,专职或兼职,任职时间
甲学院党委,T1,张晓明,书记,专职,2022年6月
";
const BALLOTS: &str = "\
所在党支部,选举时间,候选人姓名,赞成票数,不赞成票数,弃权票数,是否当选
学生支部,2025-05-20,周明远,3,0,0,是
学生支部,2025-05-20,郑若溪,1,2,0,否
";
const TRAINING: &str = "\
所在党支部,培训名称,培训类别,主办单位,开始时间,学时,参训人数
学生支部,春季培训,党员集中培训,学院党委,2025-04-10,40,5
";

/// A change of a table in each line: the table, which text becomes which (`⏎` ends a line), and what is to be found then.
const CONTRADICTIONS: &str = "\
党支部 | 2024年10月,2027年10月 | 2024年10月,2029年10月 | error term-ends-far-off 党支部!I2
党支部 | 2024年10月,2027年10月 | 2024年10月,2028年1月 | query term-ends-differ 党支部!I2
党支部 | 2024年10月,2027年10月 | 2026年10月,2029年10月 | error date-after-cutoff 党支部!H2
党支部 | 2024年10月,2027年10月 | 2009年10月,2012年10月 | error dates-reversed 党支部!H2
党支部 | 张晓明,8,8,0,8 | 张小明,8,8,0,8 | error secretary-unlisted 党支部!J2
党支部 | 张晓明,8,8,0,8 | 周明远,8,8,0,8 | query secretary-differs 党支部!J2
党支部 | 周明远,5,3,2,0,1,4 | 周明远,5,4,1,0,1,4 | error full-members-counted-differ 党支部!L3
党支部 | 周明远,5,3,2,0,1,4 | 周明远,5,3,2,0,99,4 | error undergraduate-members-counted-differ 党支部!O3
党支部 | 周明远,5,3,2,0,1,4 | 周明远,5,3,2,0,1,3 | error graduate-members-counted-differ 党支部!P3
党支部 | 周明远,5,3,2,0,1,4 | 周明远,5,3,2,1,1,4 | error staff-members-counted-differ 党支部!N3
党支部 | 教师党支部,专任教师党支部 | 教师党支部,硕士生党支部 | error subkind-differs 党支部!F2
党支部 | 教师党支部,专任教师党支部 | 学生党支部,硕士生党支部 | query kind-of-members-differs 党支部!E2
基层党组织 | 2022年6月,2027年6月 | 2022年6月,2025年6月 | error organisation-term-ends-differ 基层党组织!H2
基层党组织 | 2022年6月,2027年6月 | 1999年6月,2004年6月 | error dates-reversed 基层党组织!G2
基层党组织 | 2022年6月,2027年6月 | 2026年6月,2031年6月 | error date-after-cutoff 基层党组织!G2
党员 | 2025-10-15,,,13 | 2026-07-01,,,13 | error date-after-cutoff 党员!M14
党员 | 2020-06-09,2021-06-09 | 2020-06-09,2021-03-09 | error probation-too-short 党员!N10
党员 | 2020-06-09,2021-06-09 | 2020-06-09,2022-10-09 | error confirmation-too-late 党员!N10
党员 | 男,汉族,1990-01-01 | 男,汉族,1990-01-02 | error identity-born-differs 党员!F4
党员 | 999901199001011232,男 | 999901199001011232,女 | error identity-sex-differs 党员!D4
党员 | 2020-06-09,2021-06-09 | 2020-06-09, | query full-member-unconfirmed 党员!N10
党员 | 预备党员,2025-03-10 | 预备党员,2023-05-10 | error development-joined-differs 党员发展!K2; error probation-overrun 党员!M13
党员 | 2003-04-04,高中,本科生 | 2003-04-04,研究生,本科生 | query student-education-differs 党员!G14
党员 | 男,汉族,1968-01-02 | 男,汉族,1940-01-02 | query age-of-category-unusual 党员!F7
党员 | 女,汉族,2003-04-04 | 女,汉族,2015-04-04 | error development-born-differs 党员发展!E3; error joined-under-18 党员!M14
党员 | 学生,,学生支部,正式党员,2019 | 学生,,教师支部,正式党员,2019 | error members-counted-differ 党支部!K2; error members-counted-differ 党支部!K3
党员 | 13000000007 | 13000000006 | query phone-shared 党员!P7
党员 | 博士生,学生,,学生支部 | 博士生,事业单位管理人员,,学生支部 | query occupation-of-category-differs 党员!I12
党员 | 博士生,学生,,学生支部 | 博士生,学生,专任教师,学生支部 | query position-of-student 党员!J12
党员 | 2025年9月,13 | 2024年9月,13 | query arrival-date-differs 组织关系转接!H2
党员 | 2006年6月,,13000000002 | 2006年6月,2025年3月,13000000002 | query arrival-without-transfer 党员!O3
党员 | 2015-06-01,2016-06-01 | 1915-06-01,2016-06-01 | error date-too-early 党员!M9
支委成员 | T2,李文静,组织委员 | T2,李文静,书记 | error secretaries-two 党支部!J2
支委成员 | T3,王芳, | G4,冯晓东, | error committee-member-probationary 支委成员!A4
支委成员 | T3,王芳, | G2,郑若溪, | query committee-member-of-other-branch 支委成员!A4
支委成员 | 2025年5月 | 2011年5月 | error appointed-before-establishment 支委成员!D5
支委成员 | 2025年5月 | 2026年5月 | error date-after-cutoff 支委成员!D5
换届选举结果 | 2024-10-12 | 2024-09-30 | error election-date-differs 换届选举结果!B2
换届选举结果 | 2024-10-12,8,8 | 2026-10-12,8,8 | error date-after-cutoff 换届选举结果!B2
换届选举结果 | 2025-05-20,3,3 | 2025-05-20,30,30 | error elected-without-majority 选举计票!D2; query electors-far-above-members 换届选举结果!C3
换届选举结果 | 2025-05-20 | 2025-04-20 | query ballot-without-election 选举计票!B2; query election-after-term-began 换届选举结果!B3
换届选举结果 | ,张晓明,2024 | ,陈志远,2024 | error elected-secretary-not-elected 换届选举结果!K2
换届选举结果 | 2025-05-28 | 2025-05-18 | query approved-before-election 换届选举结果!L3
表彰奖励 | 党员,刘洋,优秀共产党员,优秀共产党员,校级,2025 | 党员,刘扬,优秀共产党员,优秀共产党员,校级,2025 | query honour-recipient-unlisted 表彰奖励!C3
表彰奖励 | 校级,2025-06-28,中共示例理工大学委员会⏎教师支部,党员,刘洋,优秀共产党员,优秀共产党员,校级,2025 | 校级,2025-06-28,中共示例理工大学委员会⏎教师支部,党员,刘洋,优秀共产党员,优秀共产党员,省部级,2025 | query honour-level-differs 表彰奖励!F3
表彰奖励 | 校级,2023-06-28 | 校级,2025-07-01 | query honour-twice 表彰奖励!G4
表彰奖励 | 校级,2023-06-28 | 校级,2029-06-28 | error date-after-cutoff 表彰奖励!G4
党员发展 | 2025-03-10,2025-04-01 | 2025-03-11,2025-04-01 | error development-joined-differs 党员发展!K2
党员发展 | G5,陈立群 | G9,陈立群 | query development-number-differs 党员发展!A3
党员发展 | G5,陈立群,学生支部,女 | G5,陈立群,学生支部,男 | error development-sex-differs 党员发展!D3
党员发展 | G5,陈立群,学生支部,女,2003-04-04 | G5,陈立群,学生支部,女,2003-04-05 | error development-born-differs 党员发展!E3
党员发展 | G5,陈立群 | G5,陈丽群 | error development-name-differs 党员发展!B3
党员发展 | G5,陈立群,学生支部 | G5,陈立群,教师支部 | query development-branch-differs 党员发展!C3
党员发展 | 2025-11-01,,,预备党员 | 2025-11-01,,,发展对象 | error development-status-differs 党员发展!O3
党员发展 | 2025-11-01,,,预备党员 | 2025-11-01,,,正式党员 | error development-status-differs 党员发展!O3
党员发展 | ,,,,,,,入党积极分子 | ,2025-09-10,,,,,,入党积极分子 | query stage-behind-dates 党员发展!O4
党员发展 | ,,,,,,,入党积极分子 | ,,,,,,,发展对象 | query stage-date-missing 党员发展!O4
党员发展 | 2024-03-01,吴启明 | 2024-03-01,冯晓东 | query contact-probationary 党员发展!H4
党员发展 | 2024-03-01,吴启明 | 2024-03-01,吴启明、周明远、郑若溪 | error contacts-number 党员发展!H4
党员发展 | 2024-03-01,吴启明 | 2024-03-01,何永康 | query contact-twice 党员发展!H4
党员发展 | 2025-04-01,,,预备党员, | 2025-04-01,,,预备党员,2026-06-10 | error probation-extension-length 党员发展!P2
党员发展 | 2025-04-01,,,预备党员, | 2025-04-01,,,预备党员,2026-09-10、2027-03-10 | error probation-extended-twice 党员发展!P2
组织关系转接 | X1,朱明 | G3,吴启明 | query transferred-still-listed 组织关系转接!A3
组织关系转接 | T8,刘洋,转入 | T8,刘洋,转出 | query transferred-still-listed 组织关系转接!A2
组织关系转接 | T8,刘洋,转入 | T9,刘阳,转入 | query arrival-unlisted 组织关系转接!A2; query arrival-without-transfer 党员!O9
组织关系转接 | T8,刘洋,转入,教师支部 | T8,刘洋,转入,学生支部 | query arrival-branch-differs 组织关系转接!D2
组织关系转接 | X1,朱明 | G3,朱明 | error transfer-name-differs 组织关系转接!B3
党籍变动 | X2,胡老师 | T7,胡老师 | error change-name-differs 党籍变动!B2
党务工作者 | 张晓明,书记 | 李文静,书记 | error worker-name-differs 党务工作者!C2; query organisation-secretary-differs 基层党组织!I2
选举计票 | 郑若溪,1,2,0,否 | 郑若溪,1,2,0,是 | error elected-differ-from-ballots 换届选举结果!J3; error elected-without-majority 选举计票!D3
选举计票 | ⏎学生支部,2025-05-20,郑若溪,1,2,0,否 | ⏎ | query ballots-fewer-than-candidates 换届选举结果!F3
教育培训 | 40,5 | 40,50 | query trained-far-above-members 教育培训!G2
党籍变动 | X2,胡老师 | T7,黄海 | error departed-still-listed 党籍变动!A2
党费收缴 | T7,黄海,正常缴纳,2025年1月,2025年12月 | T7,黄海,正常缴纳,2025年1月,2025年6月 | query fees-unpaid 党员!A8
党费收缴 | T7,黄海,正常缴纳,2025年1月,2025年12月 | T7,黄海,正常缴纳,2025年1月,2026年12月 | query fee-normal-far-ahead 党费收缴!E8
党费收缴 | T8,刘洋,正常缴纳,2025年9月,2025年12月 | T7,黄海,正常缴纳,2025年9月,2025年12月 | query fees-overlap 党费收缴!D9
党费收缴 | T6,陈志远,正常缴纳,2025年1月 | T6,陈志远,正常缴纳,1988年1月 | error fee-before-joining 党费收缴!D7
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10 | 学生支部,主题党日,5月主题党日,2024-05-10 | query date-outside-period 组织生活!D37; query months-without-theme-day 党支部!B3
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10 | 学生支部,主题党日,5月主题党日,2026-05-10 | error date-after-cutoff 组织生活!D37; query months-without-theme-day 党支部!B3
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10 | 学生支部,主题党日,5月主题党日,1925-05-10 | error date-too-early 组织生活!D37; query months-without-theme-day 党支部!B3
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10 | 学生支部,主题党日,5月主题党日,2025年5月10日（星期五） | query weekday-differs 组织生活!D37
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10,5,5 | 学生支部,主题党日,5月主题党日,2025-05-10,50,50 | query expected-far-above-members 组织生活!E37
组织生活 | 学生支部,组织生活会 | 学生支部,党课 | query life-meeting-missing 党支部!B3
组织生活 | 学生支部,民主评议党员 | 学生支部,党课 | query appraisal-meeting-missing 党支部!B3
";

/// Changes after which nothing is to be found.
const VARIANTS: &str = "\
党员 | 男,汉族,1975年3月 | 男性,汉,1975.3 | -
党员 | 女,汉族,1980-05-06 | 女,汉族,1980/5/6 | -
党员 | 1998-07-01,1999-07-01 |  1998年 7月 1日,1999年7月 | -
党员 | 1998-07-01,1999-07-01 | 1998年7月,19990701 | -
党员 | 2020-06-09,2021-06-09 | 2020-06-09,2021-06-10 | -
党员 | G5,陈立群,,女,汉族,2003-04-04,高中 | G5,陈立群,,女,汉族,2003-04-04,大学本科 | -
党员 | 1968-01-02,研究生,在职教工,事业单位专业技术人员,专任教师,教师支部,正式党员,1990-06-01,1991-06-01 | 1950-01-02,研究生,离退休教工,离退休人员,,教师支部,正式党员,1970-06-01, | -
党员 | T7,黄海,,男,汉族,1977-07-07 | T7,黄海,,男,汉族,1955-07-07 | -
党员 | 辅导员,教师支部 | 专职辅导员,教师支部 | -
党支部 | 8,8,0,8,0,0 | 8,8,0,,, | -
党支部 | 教师支部,甲学院党委,教师党支部,专任教师党支部 | 教师支部,甲学院党委,教师党支部,机关行政产业后勤党支部 | -
党支部 | 2024年10月,2027年10月 | 2024-10-12,2027年10月 | -
党支部 | 2024年10月,2027年10月 | 2024年10月, | -
换届选举结果 | 2024-10-12,8,8 | 2024年10月12日上午9时,8,8 | -
换届选举结果 | ,2025-05-28 | , | -
支委成员 | T2,李文静,组织委员 | T2,李文静,副书记 | -
表彰奖励 | 先进党组织,校级,2025-06-28,中共示例理工大学委员会 | 先进党组织,国家级,2025-06-28,中共中央 | -
表彰奖励 | 教师支部,党员,刘洋,优秀共产党员,优秀共产党员,校级,2025-06-28 | 教师支部,党员,张三、李四,优秀共产党员,优秀共产党员,校级,2025-06-28 | -
表彰奖励 | 教师支部,党员,刘洋,优秀共产党员,优秀共产党员,校级,2023-06-28 | 教师支部,党员,已毕业,优秀共产党员,优秀共产党员,校级,2023-06-28 | -
表彰奖励 | 校级,2023-06-28 | 校级,2024-06-28 | -
党员发展 | 2024-03-01,吴启明 | 2024-03-01, | -
党员发展 | 2025-04-01,,,预备党员, | 2025-04-01,,,预备党员,2026年9月 | -
党员发展 | G4,冯晓东,学生支部,男,2001-02-02 | G4,冯晓东,学生支部,男性,2001年2月 | -
党员发展 | 2025-11-01,,,预备党员 | 2025-11-01,,,预备 | -
组织关系转接 | T8,刘洋,转入,教师支部,中共示例理工大学委员会,中共示例师范大学委员会,2025年8月,2025-09-03 | T8,刘洋,转入,教师支部,中共示例理工大学委员会,中共示例师范大学委员会,2025年8月,2025-09-03⏎G3,吴启明,转出,学生支部,中共某研究院委员会,中共示例理工大学委员会,2024年8月,2024-09-03⏎G3,吴启明,转入,学生支部,中共示例理工大学委员会,中共某研究院委员会,2024年12月,2025-01-03 | -
党籍变动 | X2,胡老师,教师支部,死亡 | X2,胡老师,教师支部,去世 | -
党籍变动 | 死亡,2025年2月 | 死亡,2025年2月⏎G3,吴启明,学生支部,停止党籍,2023年3月⏎G3,吴启明,学生支部,恢复党籍,2025年3月 | -
党费收缴 | T7,黄海,正常缴纳,2025年1月,2025年12月 | T7,黄海,正常缴纳,2025年1月,2025年7月 | -
党费收缴 | T7,黄海,正常缴纳,2025年1月,2025年12月,10 | T7,黄海,正常缴纳,2025年1月,2025年6月,10⏎T7,黄海,预缴,2025年7月,2025年12月,10 | -
组织生活 | 学生支部,主题党日,5月主题党日,2025-05-10 | 学生支部,主题党日活动,5月主题党日,2025年5月10日（星期六）14:30 | -
组织生活 | 学生支部,组织生活会,年度组织生活会,2025-12-22,5,5 | 学生支部,组织生活会,年度组织生活会,2025-12-22,, | -
组织生活 | 学生支部,支部党员大会,6月党员大会,2025-06-20,5,5 | 学生支部,支部大会,6月党员大会,2025.06.20,12,12 | -
";

/// The project in which all tables agree.
fn agreed() -> Desk {
    let desk = Desk::new("agreed");
    desk.write("huibian.yaml", PROJECT);
    let tables = [
        ("基层党组织", ORGANISATIONS.to_owned()),
        ("党支部", BRANCHES.to_owned()),
        ("党员", MEMBERS.to_owned()),
        ("支委成员", POSTS.to_owned()),
        ("换届选举结果", ELECTIONS.to_owned()),
        ("表彰奖励", HONOURS.to_owned()),
        ("党员发展", DEVELOPMENT.to_owned()),
        ("组织关系转接", TRANSFERS.to_owned()),
        ("党籍变动", CHANGES.to_owned()),
        ("党费收缴", fees()),
        ("组织生活", ledger()),
        ("党务工作者", WORKERS.to_owned()),
        ("选举计票", BALLOTS.to_owned()),
        ("教育培训", TRAINING.to_owned()),
    ];
    for (table, text) in tables {
        desk.write(&path(table), text);
    }
    desk
}

/// Everybody has paid since the beginning of the year, or since joining or arriving.
fn fees() -> String {
    let mut text = "学工号,姓名,缴费类型,缴费起始月份,缴费截止月份,缴费金额\n".to_owned();
    for line in MEMBERS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let since = match cells[0] {
            "T8" => "2025年9月",
            "G4" => "2025年3月",
            "G5" => "2025年10月",
            _ => "2025年1月",
        };
        text += &format!("{},{},正常缴纳,{since},2025年12月,10\n", cells[0], cells[1]);
    }
    text
}

/// A year's meetings: of the teachers, who have a committee, and of the students.
fn ledger() -> String {
    let mut text = "所在党支部,会议类型,会议名称,实际会议时间,应到人数,实到人数\n".to_owned();
    for (branch, n, has_committee) in [("教师支部", 8, true), ("学生支部", 5, false)] {
        for month in 1..=12 {
            text += &format!("{branch},主题党日,{month}月主题党日,2025-{month:02}-10,{n},{n}\n");
            if has_committee {
                text += &format!("{branch},支部委员会,{month}月支部委员会,2025-{month:02}-05,3,3\n");
            }
            if month % 3 == 0 {
                text += &format!("{branch},支部党员大会,{month}月党员大会,2025-{month:02}-20,{n},{n}\n");
            }
        }
        for kind in ["组织生活会", "民主评议党员"] {
            text += &format!("{branch},{kind},年度{kind},2025-12-22,{n},{n}\n");
        }
    }
    text
}

fn path(table: &str) -> String {
    format!("data/{table}.csv")
}

/// Errors and queries as `severity code table!cell`.
fn found(desk: &Desk) -> Vec<String> {
    let lines = problems(&desk.run(&["check", ".", "--format", "json"]).findings());
    lines.iter().map(|it| it.replace("data/", "").replace(".csv -!", "!")).collect()
}

/// Makes each change by itself, and says after which something else was found than it says.
#[track_caller]
fn try_all(changes: &str) {
    let desk = agreed();
    assert_eq!(found(&desk), [""; 0], "all tables agree");
    let mut faults = Vec::new();
    for change in changes.lines() {
        let cells: Vec<String> = change.split(" | ").map(|it| it.replace('⏎', "\n")).collect();
        let [table, old, new, expected] = &cells[..] else { panic!("{change}") };
        let whole = desk.files("data").remove(&format!("{table}.csv")).unwrap_or_default();
        desk.patch(&path(table), old, new);
        let found = found(&desk).join("; ");
        if found != expected.trim_matches('-') {
            faults.push(format!("{change}\n  found {found}"));
        }
        desk.write(&path(table), whole);
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn what_contradicts_another_table_or_the_calendar_is_found_at_its_cell_and_nothing_else_is() {
    try_all(CONTRADICTIONS);
}

#[test]
fn what_is_written_otherwise_and_not_wrong_is_quiet() {
    try_all(VARIANTS);
}

/// The rows of a table without some of its columns.
fn without(table: &str, titles: &[&str]) -> String {
    let mut lines = table.lines().map(|it| it.split(',').collect::<Vec<_>>()).peekable();
    let head = lines.peek().cloned().unwrap_or_default();
    let is_kept = |at: usize| head.get(at).is_none_or(|it| !titles.contains(it));
    let kept = |row: Vec<&str>| -> String {
        let cells = row.into_iter().enumerate().filter(|it| is_kept(it.0)).map(|it| it.1);
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    lines.map(kept).collect()
}

#[test]
fn one_cause_is_said_once_however_many_rows_show_it() {
    let desk = agreed();
    desk.write(&path("党员发展"), without(DEVELOPMENT, &["上级党委审批时间"]));
    assert_eq!(found(&desk), ["error approval-missing 党员发展!A2"], "a column that is not there");
    desk.write(&path("党员发展"), DEVELOPMENT);
    // The register calls a branch otherwise than all tables of its committee.
    desk.patch(&path("党支部"), "甲学院教师党支部,教师支部", "甲学院工程技术中心党支部,工程中心");
    let found = found(&desk);
    let of_names: Vec<&String> = found.iter().filter(|it| it.contains("unknown-reference")).collect();
    assert_eq!(of_names.len(), 1, "{found:#?}");
}

#[test]
fn who_is_said_to_have_no_members_cannot_state_eight() {
    let desk = agreed();
    let students: String =
        MEMBERS.lines().filter(|it| !it.starts_with('T')).map(|it| format!("{it}\n")).collect();
    desk.write(&path("党员"), students);
    let is_denied = |it: &String| it == "error return-nothing-denied 党支部!K2";
    assert!(!found(&desk).iter().any(is_denied), "that nothing has come is said as such");
    desk.patch(
        "huibian.yaml",
        "sources: [data]\n",
        "sources: [data]\nreturns: [{tables: [党员], of: [教师支部], none: 没有党员}]\n",
    );
    let found = found(&desk);
    assert!(found.iter().any(is_denied), "{found:#?}");
}
