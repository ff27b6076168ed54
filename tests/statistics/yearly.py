"""The tables of the yearly statistics that are about few people: training, who left or was disciplined, who waits, who is away, who
represents the Party elsewhere, who is out of touch; most of them from the lists that the university keeps itself."""

import collections

import work
from official import OCCUPATIONS, SCHOOLING, WAITING, age, count, is_minority, is_woman, lines, within

AS_OF = (2024, 5, 31)
CANDIDATES = ("发展对象", "列入发展计划", "领取志愿书")
AGES = {"to_35": (0, 35), "a36_54": (36, 54), "a55_59": (55, 59), "from_60": (60, 200)}
JOINED = {"to_1966_04": ((0, 0), (1966, 4)), "to_1976_10": ((1966, 5), (1976, 10)), "to_1978_12": ((1976, 11), (1978, 12)),
          "to_2002_10": ((1979, 1), (2002, 10)), "to_2012_10": ((2002, 11), (2012, 10)), "from_2012_11": ((2012, 11), (2100, 1))}
WAYS = {"expelled": "开除党籍", "resigned": "退党除名", "persuaded": "劝退", "struck": "劝而不退除名", "left": "自行脱党除名", "cancelled": "取消预备党员资格", "denied": "不予承认"}
PUNISHED = {"warning": "警告", "serious": "严重警告", "removed": "撤销党内职务", "probation": "留党察看", "expelled": "开除党籍"}
CONDUCT = {"political": "违反政治纪律", "organisational": "违反组织纪律", "clean": "违反廉洁纪律", "mass": "违反群众纪律", "work": "违反工作纪律", "life": "违反生活纪律"}
PROFESSIONS = [value for value in OCCUPATIONS.values() if value.endswith("管理人员") or value.endswith("专业技术人员")]
PEOPLE = {"staff": "教职工", "retired": "离退休人员", "graduates": "高校毕业生", "others": "其他"}
# Who is no longer a member is not one that is looked for.
GONE = ("取消预备党员资格", "停止党籍", "退党除名", "自行脱党除名")


def cells(tables, committees, pages, lists):
    """(name, number) of each cell; `lists` are the university's own, by title, with dates as (year, month, day)."""
    members = {it["number"]: it for it in tables["members"]}
    annual = [*training(pages), *departed(tables["changes"]), *disciplined(lists["党纪处分"], members), *confirmed(tables), *waiting(tables["development"]),
              *institution(tables["members"], committees), *secretaries(tables, members), *mobile(lists["流动党员"]), *abroad(lists["出国（境）党员"], members),
              *delegates(lists["党代表"], members)]
    for name, number in annual:
        yield "party-annual/" + name, number
    for name, number in [*lost(lists["失联党员"]), *talents(tables["members"])]:
        yield "ministry/" + name, number


def training(pages):
    rows = [it for _, sheet, rows in pages if work.SHEETS.get(sheet) == "training" for it in work.records(sheet, rows)]
    rows = [it for it in rows if within(it["starts"]) and it["starts"] <= AS_OF]
    groups = {"total": ("党员集中培训", "党支部书记培训", "党务工作者培训", "预备党员培训", "其他"), "secretaries": ("党支部书记培训",), "new": ("预备党员培训",)}
    for column, kinds in groups.items():
        yield f"t9/times/{column}", int(work.total([it for it in rows if it["kind"] in kinds], "people"))


def by_person(table, column, people):
    """The rows that tables 10 and 12 share: how many, of which rank, how old, since when."""
    yield f"{table}/total/{column}", len(people)
    for row, rank in {"bureau": "厅局级", "county": "县处级"}.items():
        yield f"{table}/{row}/{column}", count(people, lambda it: it.get("office_rank") == rank)
    for band, (low, high) in AGES.items():
        yield f"{table}/age.{band}/{column}", count(people, lambda it: low <= age(it) <= high)
    for band, (low, high) in JOINED.items():
        yield f"{table}/joined.{band}/{column}", count(people, lambda it: low <= it["joined"][:2] <= high)


def departed(changes):
    gone = [it for it in changes if it["kind"] == "出党" and within(it["happened"])]
    for column, way in {"total": None, **WAYS}.items():
        people = [it for it in gone if way in (None, it.get("leaving"))]
        yield from by_person("t10", column, people)
        yield f"t11/total/{column}", len(people)
        for row, conduct in CONDUCT.items():
            yield f"t11/conduct.{row}/{column}", count(people, lambda it: it.get("grounds") == conduct)


def disciplined(rows, members):
    known = [{"office_rank": it.get("职务层次"), "born": it.get("出生日期") or members[it["学工号"]]["born"],
              "joined": it.get("入党时间") or members[it["学工号"]]["joined"], "kind": it["处分种类"], "conduct": it["违纪行为"]}
             for it in rows if within(it["处分决定时间"])]
    for column, kind in {"total": None, **PUNISHED}.items():
        people = [it for it in known if kind in (None, it["kind"])]
        yield from by_person("t12", column, people)
        for row, conduct in CONDUCT.items():
            yield f"t13/{row}/{column}", count(people, lambda it: it["conduct"] == conduct)


def confirmed(tables):
    """Whoever was confirmed this year, and whoever's year is over and who has not been: one year from the meeting to the same day."""
    full = count(tables["development"], lambda it: within(it.get("confirmation_approved")))
    ended = [it for it in tables["development"] if it["stage"] == "预备党员" and (it["joined"][0] + 1, *it["joined"][1:]) <= AS_OF]
    numbers = {"decided.full": full, "decided.prolonged": 0, "decided.extended": 0, "decided.cancelled": 0, "decided.total": full, "pending": len(ended),
               "due": full + len(ended), "early": 0}
    for column, number in numbers.items():
        yield f"t15/people/{column}", number


def waiting(development):
    applied = ("入党申请人", *WAITING)
    for table, stages in {"t18": CANDIDATES, "t19": WAITING, "t20": applied}.items():
        for line, people in lines([it for it in development if it["stage"] in stages]).items():
            yield f"{table}/{line}/total", len(people)
            yield f"{table}/{line}/women", count(people, is_woman)
            yield f"{table}/{line}/minority", count(people, is_minority)
            yield f"{table}/{line}/young", count(people, lambda it: age(it) <= 35)
            yield f"{table}/{line}/college", count(people, lambda it: it["education"] in ("研究生", "大学本科", "大学专科"))
            yield f"{table}/{line}/secondary", count(people, lambda it: it["education"] in ("中专", "高中"))
            yield f"{table}/{line}/front", count(people, lambda it: it.get("front_line") not in (None, "非生产工作第一线"))
            yield f"{table}/{line}/front_teaching", count(people, lambda it: it.get("front_line") == "教学科研第一线")


def institution(members, committees):
    staff = [it for it in members if it["category"] == "在职教工"]
    numbers = {"units": 1, "alone.committee": 1, "further.staff": sum(it["教职工总数"] for it in committees), "further.members": len(staff),
               "further.professional_members": count(staff, lambda it: it["occupation"] == "事业单位专业技术人员")}
    for row, number in numbers.items():
        yield f"t28/{row}/university", number
        yield f"t28/{row}/total", number


def secretaries(tables, members):
    people = [members[it["number"]] for it in tables["posts"] if it["post"] == "书记"]
    yield "bb1/total/branches", len(tables["branches"])
    yield "bb1/public_enterprise/branches", count(tables["branches"], lambda it: it.get("nature") == "国有企业")
    yield "bb1/total/secretaries.total", len(people)
    yield "bb1/total/secretaries.women", count(people, is_woman)
    yield "bb1/total/secretaries.minority", count(people, is_minority)
    for band, (low, high) in {"to_35": (0, 35), "a36_45": (36, 45), "a46_54": (46, 54), "from_55": (55, 200)}.items():
        yield f"bb1/total/secretaries.age.{band}", count(people, lambda it: low <= age(it) <= high)
    for column, levels in {"graduate": ("研究生",), "bachelor": ("大学本科",), "other": ("大学专科", "中专", "高中", "初中及以下")}.items():
        yield f"bb1/total/secretaries.education.{column}", count(people, lambda it: it["education"] in levels)


def mobile(rows):
    for table, way in {"t35": "流出", "t36": "流入"}.items():
        away = [it for it in rows if it["流动方向"] == way and not it.get("流动结束时间")]
        groups = {"total": lambda it: True, "former.managers": lambda it: it["原职业"].startswith("公有经济"), "former.graduates": lambda it: it["原职业"] == "未就业的高校毕业生",
                  "former.agencies": lambda it: it["原职业"] in ("中介组织从业人员", "执业律师", "会计师"), "former.others": lambda it: it["原职业"] == "其他"}
        for column, test in groups.items():
            people = [it for it in away if test(it)]
            yield f"{table}/total/{column}", len(people)
            yield f"{table}/provinces/{column}", count(people, lambda it: it["流动范围"] == "跨省流动")
            yield f"{table}/cities/{column}", count(people, lambda it: it["流动范围"].startswith("省内"))
            yield f"{table}/certified/{column}", count(people, lambda it: it["是否持流动党员活动证"] == "是")
            yield f"{table}/to.public/{column}", count(people, lambda it: it["外出流向"] in ("机关", "事业单位", "人才（劳动）服务中心"))
            yield f"{table}/to.urban/{column}", count(people, lambda it: it["外出流向"] == "城市社区（居委会）")
            yield f"{table}/to.others/{column}", count(people, lambda it: it["外出流向"] in ("其他", "不掌握流向"))
        if way == "流入":
            yield "t36s/branches/total", len({it["所在党支部"] for it in away})


def abroad(rows, members):
    def long(row):
        months = lambda day: 12 * day[0] + day[1]
        return bool(row.get("应归时间")) and months(row["应归时间"]) - months(row["出国（境）时间"]) >= 6 or months(AS_OF) - months(row["出国（境）时间"]) >= 6

    away = [it | members[it["学工号"]] for it in rows if not it.get("回国（境）时间")]
    public = [it for it in away if it["出国（境）性质"] == "公派" and long(it)]
    private = [it for it in away if it["出国（境）性质"] == "因私" and long(it)]
    columns = {"public.total": public, "public.missions": [it for it in public if it["出国（境）事由"] == "驻外机构"],
               "public.study": [it for it in public if it["出国（境）事由"] == "公派留学"],
               "public.overdue": [it for it in public if (it["应归时间"][0] + 1, it["应归时间"][1]) <= AS_OF[:2]],
               "private.total": private, "private.study": [it for it in private if it["出国（境）事由"] == "自费留学"],
               "self_paid": [it for it in away if it["出国（境）事由"] == "自费留学" and within(it["出国（境）时间"])]}
    for column, people in columns.items():
        yield f"t37/total/{column}", len(people)
        yield f"t37/this_year/{column}", count(people, lambda it: within(it["出国（境）时间"]))
        yield f"t37/young/{column}", count(people, lambda it: age(it) <= 35)
        yield f"t37/joined.from_2012_11/{column}", count(people, lambda it: it["joined"][:2] >= (2012, 11))
        yield f"t37/occupation.professionals/{column}", count(people, lambda it: it["occupation"] in PROFESSIONS)
        yield f"t37/occupation.professionals.faculty/{column}", count(people, lambda it: it.get("position") == "专任教师")
        yield f"t37/occupation.students/{column}", count(people, lambda it: it["occupation"] == "学生")
    back = [it for it in rows if it.get("回国（境）时间") and it["出国（境）事由"].endswith("留学")]
    for column, test in {"total": lambda it: True, "self_paid": lambda it: it["出国（境）事由"] == "自费留学", "kept": lambda it: it["组织关系情况"] == "未转往国（境）外",
                         "in_touch": lambda it: it["是否与党组织保持联系"] == "是"}.items():
        people = [it for it in back if test(it)]
        yield f"t38/total/{column}", len(people)
        yield f"t38/restored/{column}", count(people, lambda it: bool(it.get("恢复组织生活时间")))
        yield f"t38/open/{column}", count(people, lambda it: not it.get("恢复组织生活时间"))
        yield f"t38/open.applied/{column}", count(people, lambda it: not it.get("恢复组织生活时间") and bool(it.get("提出恢复组织生活申请时间")))


def delegates(rows, members):
    for column, level in {"province": "省（区、市）", "city": "市（州）", "county": "县（市、区）", "town": "乡（镇）"}.items():
        people = [it | members[it["学工号"]] for it in rows if it["代表大会级别"] == level and not it.get("终止资格时间")]
        yield f"t39/total/{column}", len(people)
        yield f"t39/women/{column}", count(people, is_woman)
        yield f"t39/leaders/{column}", count(people, lambda it: it["是否党员领导干部"] == "是")
        yield f"t39/front/{column}", count(people, lambda it: it["是否生产工作一线"] == "是")
        yield f"t39/trained/{column}", count(people, lambda it: it["是否参加党委组织的培训"] == "是")
        yield f"t39/age.a36_45/{column}", count(people, lambda it: 36 <= age(it) <= 45)
        yield f"t39/occupation.professionals/{column}", count(people, lambda it: it["occupation"] in PROFESSIONS)
        for line, value in SCHOOLING.items():
            yield f"t39/education.{line}/{column}", count(people, lambda it: it["education"] == value)
        yield f"t39/ended.moved/{column}", count(rows, lambda it: it["代表大会级别"] == level and it.get("终止资格原因") == "调离" and within(it["终止资格时间"]))


def lost(rows):
    def years(row):
        since = row["失去联系时间"]
        return AS_OF[0] - since[0] - (since[1] > AS_OF[1])

    missing = [it for it in rows if not it.get("重新取得联系时间") and it.get("管理处置情况") not in GONE]
    columns = {"open": lambda it: True, "time.months": lambda it: years(it) < 1, "time.y1_5": lambda it: 1 <= years(it) <= 5, "time.y6_10": lambda it: 6 <= years(it) <= 10,
               "time.from_11": lambda it: years(it) >= 11}
    cases = {"left": "离职", "graduated": "毕业后去向不明", "job": "工作单位改变", "abroad": "出国（境）", "home": "居住地改变", "others": "其他"}
    dealt = {"managed.included": "纳入组织管理", "managed.cancelled": "取消预备党员资格", "managed.kept": "保留组织关系", "managed.stopped": "停止党籍",
             "disposed.corrected": "限期改正", "disposed.resigned": "退党除名", "disposed.struck": "自行脱党除名"}
    for row, kind in {"total": None, **PEOPLE}.items():
        people = [it for it in missing if kind in (None, it["失联人员类别"])]
        for column, test in columns.items():
            yield f"lost/{row}/{column}", count(people, test)
        for column, case in cases.items():
            yield f"lost/{row}/cases.{column}", count(people, lambda it: it["失去联系情形"] == case)
        yield f"lost/{row}/found", count(rows, lambda it: kind in (None, it["失联人员类别"]) and within(it.get("重新取得联系时间"), (2023, 7), (2024, 6)))
        for column, handling in dealt.items():
            yield f"handled/{row}/{column}", count(rows, lambda it: kind in (None, it["失联人员类别"]) and it.get("管理处置情况") == handling)


def talents(members):
    held = collections.Counter(it["talent"] for it in members if it["category"] == "在职教工" and it.get("talent") not in (None, "非高层次人才"))
    yield "talents/total/members", sum(held.values())
    for row, kind in {"academicians": "两院院士", "leading": "国家级领军人才", "young": "国家级青年人才", "provincial": "省部级人才"}.items():
        yield f"talents/{row}/members", held[kind]
