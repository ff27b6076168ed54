"""The official tables of the calendar year 2024: whose lines are occupations, ages, levels of schooling."""

YEAR = 2024
FIRST, LAST = (2024, 1, 1), (2024, 12, 31)
AS_OF = (2024, 5, 31)
OCCUPATIONS = {
    "staff.public.organs": "党政机关工作人员", "staff.public.managers": "事业单位管理人员",
    "staff.public.professionals": "事业单位专业技术人员", "staff.public.enterprise_managers": "公有制企业管理人员",
    "staff.public.enterprise_professionals": "公有制企业专业技术人员", "staff.public.workers": "公有制单位工勤技能人员",
    "farmers": "农牧渔民", "students": "学生", "retired": "离退休人员", "others": "其他"}
PUBLIC = [value for line, value in OCCUPATIONS.items() if line.startswith("staff.public")]
SCHOOLING = {"graduate": "研究生", "bachelor": "大学本科", "college": "大学专科", "secondary": "中专", "senior": "高中", "junior": "初中及以下"}
AGES = {"to_30": (0, 30), "a31_35": (31, 35), "a36_40": (36, 40), "a41_45": (41, 45), "a46_50": (46, 50), "a51_55": (51, 55),
        "a56_60": (56, 60), "a61_65": (61, 65), "a66_70": (66, 70), "from_71": (71, 200)}
AGES_DEVELOPED = {"to_25": (0, 25), "a26_30": (26, 30), "a31_35": (31, 35), "a36_40": (36, 40), "a41_59": (41, 59), "from_60": (60, 200)}
JOINED = {"to_1966_04": ((1949, 10), (1966, 4)), "to_1976_10": ((1966, 5), (1976, 10)), "to_1978_12": ((1976, 11), (1978, 12)),
          "to_2002_10": ((1979, 1), (2002, 10)), "to_2012_10": ((2002, 11), (2012, 10)), "from_2012_11": ((2012, 11), (2100, 1))}
HIGH = ("正高级", "副高级")
WAITING = ("入党积极分子", "发展对象", "列入发展计划", "领取志愿书")


def within(day, first=FIRST, last=LAST):
    """Whether a date, of which the day may be missing, lies in a span that begins and ends with a month."""
    return day is not None and first[:2] <= day[:2] <= last[:2]


def age(person, year=YEAR):
    return year - person["born"][0]


def count(people, test):
    return sum(1 for person in people if test(person))


def lines(people):
    """The people of each line of the stub that tables 2, 4, 16 and 19 share."""
    groups = {line: [it for it in people if it["occupation"] == value] for line, value in OCCUPATIONS.items()}
    groups["staff.public"] = [it for it in people if it["occupation"] in PUBLIC]
    groups["staff"] = groups["staff.public"]
    groups["staff.public.migrants"] = [it for it in groups["staff.public"] if it.get("migrant") == "是"]
    groups["total"] = people
    return groups


def is_woman(person):
    return person["sex"] == "女"


def is_minority(person):
    return person["ethnicity"] != "汉族"


def cells(tables, committees):
    """(name, number) of each cell."""
    members, development = tables["members"], tables["development"]
    developed = [it for it in development if within(it.get("approved"))]
    for part in (change(tables, developed), basic(members), supplement(members, tables["fees"]), joined(members), schooling(members),
                 students(members, developed), appraisals(tables), honours(tables["honours"]), admitted(developed),
                 admitted_further(developed), activists(development), organisations(tables["branches"], committees)):
        for name, number in part:
            yield "party-annual/" + name, number


def change(tables, developed):
    transfers = [it for it in tables["transfers"] if within(it["handled"]) and it.get("within_school") != "是"]
    changes = [it["kind"] for it in tables["changes"] if within(it["happened"])]
    numbers = {"3": len(developed), "4": changes.count("恢复党籍"), "8": changes.count("出党"), "9": changes.count("停止党籍"),
               "10": changes.count("死亡"), "14": len(tables["members"])}
    for way, line, whole in (("转入", "5", "6"), ("转出", "11", "12")):
        numbers[line] = count(transfers, lambda it: it["direction"] == way)
        numbers[whole] = count(transfers, lambda it: it["direction"] == way and it.get("whole_unit") == "是")
    numbers["2"] = numbers["3"] + numbers["4"] + numbers["5"]
    numbers["7"] = numbers["8"] + numbers["9"] + numbers["10"] + numbers["11"]
    return [(f"t1/{line}/total", number) for line, number in numbers.items()]


def basic(members):
    for line, people in lines(members).items():
        yield f"t2/{line}/total", len(people)
        yield f"t2/{line}/probationary", count(people, lambda it: it["status"] == "预备党员")
        yield f"t2/{line}/women", count(people, is_woman)
        yield f"t2/{line}/minority", count(people, is_minority)
        yield f"t2/{line}/taiwan", count(people, lambda it: (it.get("native_place") or "").startswith("台湾"))
        for band, (low, high) in AGES.items():
            yield f"t2/{line}/age.{band}", count(people, lambda it: low <= age(it) <= high)


def supplement(members, fees):
    gifts = [it for it in fees if it["kind"] in ("自愿多交", "自愿多缴", "大额党费") and within(it["from"]) and float(it["paid"]) >= 1000]
    yield "t2s/donors/total", len({it["number"] for it in gifts})
    for line, value in {"on_time": "按时交纳", "reduced": "少交", "exempt": "免交", "late": "未按时交纳"}.items():
        yield f"t2s/fees.{line}/total", count(members, lambda it: it["fees_manner"] == value)
    yield "t2s/care/total", count(members, lambda it: it.get("needs_care") == "是")
    for line, levels in {"high": HIGH, "middle": ("中级",), "junior": ("初级",)}.items():
        people = [it for it in members if it.get("title_level") in levels]
        yield f"t2s/titles.{line}/total", len(people)
        yield f"t2s/titles.{line}.women/total", count(people, is_woman)
        yield f"t2s/titles.{line}.young/total", count(people, lambda it: age(it) <= 35)


def joined(members):
    for line, test in {"total": lambda it: True, "women": is_woman, "retired": lambda it: it["occupation"] == "离退休人员"}.items():
        people = [it for it in members if test(it)]
        for column, (low, high) in JOINED.items():
            yield f"t3/{line}/joined.{column}", count(people, lambda it: low <= it["joined"][:2] <= high)


def schooling(members):
    for line, people in lines(members).items():
        for column, value in SCHOOLING.items():
            yield f"t4/{line}/education.{column}", count(people, lambda it: it["education"] == value)


def students(members, developed):
    levels = {"university.graduate": ("硕士生", "博士生"), "university.undergraduate": ("本科生",)}
    stages = {"graduating": "毕业年级", "first": "一年级", "other": "其他年级"}
    for column, all_people in {"members": members, "developed": developed}.items():
        for line, values in levels.items():
            people = [it for it in all_people if it["category"] in values]
            yield f"t7/{line}/{column}.total", len(people)
            yield f"t7/{line}/{column}.women", count(people, is_woman)
            yield f"t7/{line}/{column}.minority", count(people, is_minority)
            for part, value in stages.items():
                yield f"t7/{line}.{part}/{column}.total", count(people, lambda it: it.get("study_stage") == value)


def appraisals(tables):
    judged = [it for it in tables["appraisals"] if within(it["started"]) or within(it.get("ended"))]
    for column, people in {"total": judged, "carried": [it for it in judged if it["started"][:2] < FIRST[:2]]}.items():
        done = [it for it in people if within(it.get("ended"))]
        yield f"t8/members/{column}", len(people)
        yield f"t8/branches/{column}", len({named(it) for it in people})
        yield f"t8/branches_done/{column}", len({named(it) for it in done})
        yield f"t8/members_done/{column}", len(done)
        yield f"t8/commended/{column}", count(people, lambda it: it.get("commended") == "是")
        yield f"t8/failed/{column}", count(people, lambda it: it["result"] == "不合格")
        yield f"t8/handled.corrected/{column}", count(people, lambda it: it.get("handling") == "限期改正")


def named(record):
    """What a record calls its branch: one and the same word for it within a college."""
    return record["college"], record.get("branch_code") or record["branch"]


def honours(all_honours):
    given = [it for it in all_honours if within(it["awarded"])]
    columns = {"province": ("国家级", "省部级"), "city": ("市厅级",), "others": ("校级", "院级")}
    for line, value in {"organisations": "先进党组织", "members": "优秀共产党员", "workers": "优秀党务工作者"}.items():
        of_kind = [it for it in given if it["honour"] == value]
        yield f"t14/{line}/total", len(of_kind)
        for column, levels in columns.items():
            yield f"t14/{line}/{column}", count(of_kind, lambda it: it["level"] in levels)


def admitted(developed):
    for line, people in lines(developed).items():
        yield f"t16/{line}/total", len(people)
        yield f"t16/{line}/women", count(people, is_woman)
        yield f"t16/{line}/minority", count(people, is_minority)
        for band, (low, high) in AGES_DEVELOPED.items():
            yield f"t16/{line}/age.{band}", count(people, lambda it: low <= age(it) <= high)
        for column, value in SCHOOLING.items():
            yield f"t16/{line}/education.{column}", count(people, lambda it: it["education"] == value)


def admitted_further(developed):
    tests = {"total": lambda it: True, "front.teaching": lambda it: it.get("front_line") == "教学科研第一线",
             "front.organ": lambda it: it.get("front_line") == "机关第一线", "titles.high": lambda it: it.get("title_level") in HIGH,
             "titles.middle": lambda it: it.get("title_level") == "中级", "role_models": lambda it: it.get("role_model") == "是" and it.get("role_model_level") == "省部级以上",
             "league": lambda it: it.get("league_member") == "是",
             "league.recommended": lambda it: it.get("league_member") == "是" and it.get("recommended") == "团组织推优"}
    for line, test in tests.items():
        people = [it for it in developed if test(it)]
        yield f"t17/{line}/total", len(people)
        yield f"t17/{line}/women", count(people, is_woman)
        yield f"t17/{line}/young", count(people, lambda it: age(it) <= 35)


def activists(development):
    for line, people in lines([it for it in development if it["stage"] in WAITING]).items():
        yield f"t19/{line}/total", len(people)
        yield f"t19/{line}/women", count(people, is_woman)
        yield f"t19/{line}/college", count(people, lambda it: it["education"] in ("研究生", "大学本科", "大学专科"))
        yield f"t19/{line}/front", count(people, lambda it: it.get("front_line") not in (None, "非生产工作第一线"))


def organisations(branches, committees):
    for column, kind in {"committees": "党委", "general": "党总支"}.items():
        # The university's own committee is in no list of those below it.
        own = column == "committees"
        yield f"t24/all/{column}", own + count(committees, lambda it: it["组织类别"] == kind)
    renewed = [it for it in branches if within(it["elected"]) and not within(it["established"])]
    expired = [it for it in branches if not within(it["established"]) and (within(it["elected"]) or it["term_ends"] <= AS_OF)]
    yield "t24/all/branches", len(branches)
    yield "t24/re_elected/branches", len(renewed)
    yield "t24/expired/branches", len(expired)
    yield "t24/enterprise.state/branches", count(branches, lambda it: it.get("nature") == "国有企业")
