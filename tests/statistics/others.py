"""The ministry's tables, from July to June, and the university's own."""

from official import age, count, is_minority, is_woman, within

FIRST, LAST = (2023, 7, 1), (2024, 6, 30)
STUDENTS = {"undergraduate": "本科生", "master": "硕士生", "doctor": "博士生"}
CATEGORIES = ("本科生", "硕士生", "博士生", "在职教工", "离退休教工")
STUDENT_BRANCHES = {"J": "本科生党支部", "K": "硕士生党支部", "L": "博士生党支部", "M": "硕博混合党支部", "N": "本硕博混合党支部"}
POSTS = {"faculty": "专任教师", "counsellors": "辅导员", "managers": "管理人员", "professionals": "其他专业技术人员", "workers": "工勤人员"}
LEVELS = {"senior": "正高级", "associate": "副高级", "middle": "中级", "junior": "初级"}


def cells(tables, committees):
    """(name, number) of each cell."""
    members, development = tables["members"], tables["development"]
    for name, number in [*staff(members), *students(members, development, committees), *leaders(tables)]:
        yield "ministry/" + name, number
    for name, number in [*colleges(tables, committees), *ages(members), *months(development)]:
        yield "university/" + name, number
    yield from approvals(development)
    yield from told_twice(tables)


def completed_years(person):
    """The age on 31 May 2024; who was born in that month has reached it, on whatever day."""
    return 2024 - person["born"][0] - (person["born"][1] > 5)


def staff(members):
    teachers = [it for it in members if it["category"] == "在职教工"]
    groups = {"staff": teachers, "retired": [it for it in members if it["category"] == "离退休教工"]}
    groups |= {f"staff.{line}": [it for it in teachers if it["position"] == value] for line, value in POSTS.items()}
    for line, people in groups.items():
        yield f"staff/{line}/members", len(people)
        yield f"staff/{line}/women", count(people, is_woman)
        yield f"staff/{line}/age.a36_45", count(people, lambda it: 36 <= completed_years(it) <= 45)
        for column, level in LEVELS.items():
            yield f"staff/{line}/titles.{column}", count(people, lambda it: it.get("title_level") == level)
    talents = count(teachers, lambda it: it.get("talent") not in (None, "非高层次人才"))
    yield "staff/staff.talents/members", talents


def students(members, development, committees):
    developed = [it for it in development if within(it.get("approved"), FIRST, LAST)]
    headings = {"undergraduate": "在校本科生总数", "master": "在校硕士生总数", "doctor": "在校博士生总数"}
    for line, value in STUDENTS.items():
        people = [it for it in members if it["category"] == value]
        new = [it for it in developed if it["category"] == value]
        yield f"students/total.{line}/population", sum(it[headings[line]] for it in committees)
        yield f"students/total.{line}/members", len(people)
        yield f"students/total.{line}/probationary", count(people, lambda it: it["status"] == "预备党员")
        yield f"students/total.{line}/developed.total", len(new)
        yield f"students/total.{line}/developed.minority", count(new, is_minority)
        yield f"students/total.{line}/applicants", count(development, lambda it: (it["category"], it["stage"]) == (value, "入党申请人"))


def leaders(tables):
    """The branches of teachers; a branch goes by its code, its name or its short name."""
    people = {it["number"]: it for it in tables["members"]}
    branches = {}
    for branch in tables["branches"]:
        for name in (branch.get("branch_code"), branch.get("full_name"), branch.get("branch"), branch.get("short_name")):
            branches[branch["college"], name] = branch
    for line, kind in {"faculty": "专任教师党支部", "supervisors": "研究生导师纵向党支部"}.items():
        of_kind = [it for it in tables["branches"] if it["subkind"] == kind]
        secretaries = [it for it in tables["posts"] if it["post"] == "书记" and branch_of(branches, it)["subkind"] == kind]
        persons = [people[it["number"]] for it in secretaries]
        yield f"dual/{line}/branches", len(of_kind)
        yield f"dual/{line}/secretaries.total", len(secretaries)
        yield f"dual/{line}/secretaries.dual", count(of_kind, lambda it: it.get("dual_leader") == "是")
        yield f"dual/{line}/secretaries.titles.senior", count(persons, lambda it: it.get("title_level") == "正高级")
        yield f"dual/{line}/secretaries.doctor", count(persons, lambda it: it.get("degree") == "博士")


def branch_of(branches, post):
    names = [post.get("branch"), post.get("branch_code")]
    return next(branches[post["college"], it] for it in names if it and (post["college"], it) in branches)


def colleges(tables, committees):
    for committee in committees:
        unit = committee["所属单位"]
        people = [it for it in tables["members"] if it["college"] == unit]
        branches = [it for it in tables["branches"] if it["college"] == unit]
        row = f"committees/committees.{committee['编号']}"
        for column, value in zip(("students.B", "students.C", "students.D", "staff.F", "staff.G"), CATEGORIES):
            yield f"{row}/{column}", count(people, lambda it: it["category"] == value)
        for column, value in zip(("students.T", "students.U", "students.V", "staff.X", "staff.Y"), CATEGORIES):
            yield f"{row}/full_{column}", count(people, lambda it: (it["category"], it["status"]) == (value, "正式党员"))
        for column, value in STUDENT_BRANCHES.items():
            yield f"{row}/student_branches.{column}", count(branches, lambda it: it["subkind"] == value)
        yield f"{row}/S", len(branches)
        yield f"{row}/I", len(people)
    yield "committees/total/I", len(tables["members"])
    yield "committees/total/S", len(tables["branches"])


def ages(members):
    for line, (low, high) in {"to_30": (0, 30), "a41_45": (41, 45), "from_71": (71, 200)}.items():
        people = [it for it in members if low <= age(it) <= high]
        yield f"age/bands.{line}/men", count(people, lambda it: it["sex"] == "男")
        yield f"age/bands.{line}/women", count(people, is_woman)


def told_twice(tables):
    """What a summary says in a sentence and a table in a column: one number, counted once here."""
    taught = [it for it in tables["branches"] if it["subkind"] in ("专任教师党支部", "研究生导师纵向党支部")]
    dual = count(taught, lambda it: it.get("dual_leader") == "是")
    students = count(tables["members"], lambda it: it["category"] not in ("在职教工", "离退休教工"))
    finished = count(tables["appraisals"], lambda it: (it.get("ended") or ())[:1] == (2024,))
    for names, number in (
        (("facts/teacher_branches", "university/comparison/total/teacher_branches", "ministry/dual/total/branches"), len(taught)),
        (("facts/dual_leader_branches", "university/comparison/total/dual", "university/secretaries/total/dual", "ministry/dual/total/secretaries.dual"), dual),
        (("facts/student_members", "university/comparison/total/students", "university/committees/total/students.E", "ministry/students/total/members",
          "party-annual/t7/total/members.total", "university/years/students/now"), students),
        (("facts/appraisals_total",), finished)):
        for name in names:
            yield name, number


def approvals(development):
    """Who was received and who became a full member, by the approval of the committee above."""
    received = [it for it in development if it.get("approved") and it["approved"][0] == 2024]
    confirmed = [it for it in development if it.get("confirmation_approved") and it["confirmation_approved"][0] == 2024]
    yield "university/development/total/developed.total", len(received)
    yield "university/development/total/confirmed", len(confirmed)
    yield "facts/members_developed", len(received)
    yield "facts/development_students", count(received, lambda it: it["category"] in STUDENTS.values())
    yield "facts/members_confirmed", len(confirmed)


def months(development):
    for month in (1, 2, 3, 4, 5):
        yield f"months/months.m{month}/total", count(development, lambda it: (it.get("approved") or ())[:2] == (2024, month))
