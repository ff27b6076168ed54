"""The figures of annual summaries counted again, from the sheets of the year's work; a figure is named `facts/ID`."""

import collections

import returns

# The sheets, and the headings under which committees write what is counted; 校内结对党支部 names the other side of a pair.
SHEETS = {"组织生活": "meetings", "三会一课": "meetings", "主题党日": "meetings", "谈心谈话": "talks", "结对共建": "pairs", "共建活动": "joint", "访谈走访": "interviews",
          "志愿服务": "services", "立项与课题": "projects", "教育培训": "training", "任务清单": "tasks", "先锋岗与突击队": "vanguard", "党员先锋岗": "vanguard",
          "功能型党支部": "functional", "党务工作者": "workers", "关怀帮扶": "care", "宣传报道": "press", "换届选举结果": "elections", "党支部": "branches",
          "支部基本情况": "branches", "表彰奖励": "honours", "获奖情况": "honours", "荣誉": "honours", "党费收缴": "fees"}
HEADINGS = {
    "branch": "所在党支部 所属党支部 党支部名称 申报支部 参训支部", "full": "党支部名称 支部全称 党支部全称", "short": "简称 支部简称 党支部简称",
    "kind": "会议类型 活动类型 帮扶类别 慰问类别 类别 培训类别 培训类型 项目类别 课题类别", "held": "实际会议时间 实际时间 活动时间 谈话时间 访谈时间 服务时间 帮扶时间 慰问时间 开展时间 选举时间 选举大会时间",
    "expected": "应到人数 人数/应到", "present": "实到人数 人数/实到", "other": "共建单位/名称 结对单位 共建单位", "inside": "共建单位/校内党支部 结对党支部 校内结对党支部",
    "since": "结对时间 签约时间", "name": "活动名称 联合活动名称 培训名称 培训班名称", "people": "访谈人数 参加人数 参训人数 培训人数 帮扶人数 慰问人数 党员人数 本支部参加人数 我方参加人数",
    "found": "发现问题数", "solved": "解决问题数", "served": "受益人次", "starts": "起止时间/开始 立项时间 培训时间/开始 培训起始时间",
    "closed": "结项时间 实际结项时间", "status": "完成情况 项目状态 进展情况", "hours": "服务时长（小时） 学时 人均学时", "funds": "资助经费 经费（元）", "organiser": "主办单位 举办单位",
    "number": "工作证号 工号", "full_time": "专职或兼职 专兼职", "post": "职务 党务岗位", "money": "帮扶金额（元） 金额（元）", "title": "报道标题 稿件标题", "outlet": "刊发媒体 媒体名称",
    "level": "媒体级别 刊发级别 级别 荣誉级别 奖励级别", "published": "刊发时间 发布时间", "awarded": "授予时间 获奖时间", "recipient": "获奖对象 获奖者/对象 对象类别",
    "from": "缴费起始月份 起始月份", "paid": "缴费金额 实缴金额",
}
DATES = {"held", "since", "starts", "closed", "published", "awarded", "from"}
KINDS = {"general_meetings": "支部党员大会", "committee_meetings": "支部委员会", "group_meetings": "党小组会", "lectures": "党课", "theme_days": "主题党日",
         "life_meetings": "组织生活会", "appraisal_meetings": "民主评议党员", "study_sessions": "集中学习"}
LEVELS = {"national": "国家级", "provincial": "省部级", "municipal": "市厅级", "school": "校级", "college": "院级"}
YEAR = 2024


def facts(pages):
    """(name, number) of each figure that is counted here."""
    tables = collections.defaultdict(list)
    for _, sheet, rows in pages:
        if sheet in SHEETS:
            tables[SHEETS[sheet]] += records(sheet, rows)
    names = {row[key]: row["full"] for row in tables["branches"] for key in ("full", "short")}
    made = {}
    for part in (meetings, growth, achievements, pairs, service):
        made |= part(tables, names)
    return [(f"facts/{name}", int(number) if number == int(number) else number) for name, number in made.items()]


def records(sheet, rows):
    top = next(index for index, row in enumerate(rows) if row and str(row[0]).strip() == "序号")
    below = rows[top + 1] if top + 1 < len(rows) else []
    has_two = bool(below) and str(below[0] or "").strip() in ("", "序号") and any(below[1:])
    fields, group = [], ""
    for column, upper in enumerate(rows[top]):
        group = str(upper or "").strip() or group
        lower = str(below[column] or "").strip() if has_two and column < len(below) else ""
        heading = f"{group}/{lower}" if lower and lower != group else str(upper or "").strip()
        fields.append([field for field, headings in HEADINGS.items() if heading in headings.split()])
    for row in rows[top + (2 if has_two else 1):]:
        record = {name: value(name, cell) for names, cell in zip(fields, row) for name in names}
        if any(it is not None for it in record.values()):
            yield collections.defaultdict(lambda: None, {"kind": sheet if sheet == "主题党日" else None} | record)


def value(name, cell):
    """A date as (year, month, day), a number as it is, anything else as text; None if it says nothing."""
    if name not in DATES and isinstance(cell, (int, float)):
        return cell
    if name in DATES and isinstance(cell, str):
        cell = cell.split(" ")[0]
    text = returns.value("held" if name not in DATES else "started", cell)
    if name in DATES or text is None:
        return text
    return float(text) if text.replace(".", "", 1).isdigit() and name != "number" else text


def within(rows, name):
    return [row for row in rows if row[name] and row[name][0] == YEAR]


def total(rows, name):
    return round(sum(row[name] or 0 for row in rows), 2)


def meetings(tables, _):
    rows = within(tables["meetings"], "held")
    made = {name: sum(row["kind"] == kind for row in rows) for name, kind in KINDS.items()}
    for name in list(KINDS)[:5]:
        made |= {f"{name}_q{q}": sum(row["kind"] == KINDS[name] and (row["held"][1] + 2) // 3 == q for row in rows) for q in (1, 2, 3, 4)}
    made |= {f"activities_m{month}": sum(row["held"][1] == month for row in rows) for month in range(1, 13)}
    both = [row for row in rows if row["expected"] is not None and row["present"] is not None]
    expected, present = total(both, "expected"), total(both, "present")
    return made | {"activities_total": len(rows), "branches_active": len({row["branch"] for row in rows}), "attendance_expected": expected, "attendance_present": present,
                   "attendance_rate": round(present * 100 / expected, 1), "talks_held": len(within(tables["talks"], "held"))}


def growth(tables, _):
    rows = within(tables["training"], "starts")
    kinds = {name: [row for row in rows if row["kind"] in kinds] for name, kinds in
             {"党员": ["党员集中培训"], "书记": ["党支部书记培训"], "积极分子": ["入党积极分子培训", "发展对象培训"]}.items()}
    return {"training_sessions": len({(row["organiser"], row["name"], row["starts"]) for row in rows}), "training_people": total(rows, "people"),
            "training_secretaries": total(kinds["书记"], "people"), "training_activists": total(kinds["积极分子"], "people"), "training_hours": total(kinds["党员"], "hours"),
            "fees_paid": total(within(tables["fees"], "from"), "paid"), "elections_held": len({row["branch"] for row in within(tables["elections"], "held")})}


def achievements(tables, _):
    projects, honours, tasks = tables["projects"], within(tables["honours"], "awarded"), tables["tasks"]
    running, closed = [row for row in projects if row["status"] == "在研"], within(projects, "closed")
    made = {"projects_running": len(running), "projects_running_funds": total(running, "funds"), "projects_started": len(within(projects, "starts")), "projects_closed": len(closed),
            "honours_total": len(honours), "tasks_total": len(tasks)}
    made |= {f"honours_{name}": sum(row["level"] == level for row in honours) for name, level in LEVELS.items()}
    made |= {f"honours_{name}": sum(row["recipient"] in kinds for row in honours) for name, kinds in
             {"branches": ["党支部"], "secretaries": ["党支部书记", "书记"], "members": ["党员"]}.items()}
    made |= {f"tasks_{name}": sum(row["status"] == status for row in tasks) for name, status in
             {"finished": "已完成", "running": "进行中", "not_started": "未开始", "overdue": "逾期"}.items()}
    made |= {f"vanguard_{name}": sum(row["kind"] == kind for row in tables["vanguard"]) for name, kind in
             {"posts": "党员先锋岗", "teams": "党员突击队", "areas": "党员责任区", "services": "党员服务队"}.items()}
    workers = tables["workers"]
    return made | {"vanguard_total": len(tables["vanguard"]), "vanguard_members": total(tables["vanguard"], "people"), "functional_branches_total": len(tables["functional"]),
                   "workers_total": len({row["number"] for row in workers}), "workers_full_time": len({row["number"] for row in workers if row["full_time"] == "专职"}),
                   "organisers_total": len({row["number"] for row in workers if row["post"] == "专职组织员"})}


def pairs(tables, names):
    """A pair of branches, and an activity of theirs, is a set of two sides: whoever tells of it."""
    def sides(row):
        return frozenset([names[row["branch"]], row["inside"] or row["other"]])

    inside = {sides(row) for row in tables["pairs"] if row["inside"]}
    outside = {sides(row) for row in tables["pairs"] if not row["inside"]}
    joint = within(tables["joint"], "held")
    return {"partnerships_inside": len(inside), "partnerships_outside": len(outside), "partnerships_total": len(inside) + len(outside),
            "partnerships_new": len({sides(row) for row in within(tables["pairs"], "since")}),
            "joint_activities_people": total(joint, "people"),
            "joint_activities_total": len({(sides(row), row["held"], "" if row["inside"] else row["name"]) for row in joint})}


def service(tables, _):
    interviews, services, care = (within(tables[table], "held") for table in ("interviews", "services", "care"))
    press = {(row["title"], row["outlet"]): row["level"] for row in within(tables["press"], "published")}
    made = {"interviews_held": len(interviews), "interviews_people": total(interviews, "people"), "interviews_found": total(interviews, "found"),
            "interviews_solved": total(interviews, "solved"), "volunteering_activities": len(services), "volunteering_people": total(services, "people"),
            "volunteering_hours": total(services, "hours"), "volunteering_served": total(services, "served"), "care_visits": len(care), "care_people": total(care, "people"),
            "care_amount": total(care, "money"), "care_visited": total([row for row in care if row["kind"] == "走访慰问"], "people"),
            "care_hardship": total([row for row in care if row["kind"] in ("困难补助", "大病帮扶")], "people"), "publicity_total": len(press)}
    return made | {f"publicity_{name}": sum(it == level for it in press.values()) for name, level in list(LEVELS.items())[:4]}
