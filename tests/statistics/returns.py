"""Reads what the committees of a project returned, by the headings on the sheets alone."""

import csv
import datetime
import glob
import os
import re
import shutil
import subprocess
import tempfile

import openpyxl
import yaml

# The sheets that the statistics count, and the headings under which committees write what is counted.
SHEETS = {"党员": "members", "党员信息": "members", "党员名册": "members", "党员一张表": "members", "党支部": "branches", "支部基本情况": "branches",
          "支委成员": "posts", "支部委员会": "posts", "支委会": "posts", "党员发展": "development", "发展党员": "development",
          "党员发展情况": "development", "发展党员情况": "development", "发展党员名册": "development", "组织关系转接": "transfers",
          "组织关系转移": "transfers", "党籍变动": "changes", "党籍变动情况": "changes", "党员增减变动": "changes", "党员减少": "changes",
          "评议结果": "appraisals", "民主评议结果": "appraisals", "党员评议结果": "appraisals", "表彰奖励": "honours",
          "获奖情况": "honours", "荣誉": "honours", "党费收缴": "fees", "党费": "fees", "党费缴纳": "fees", "党费补缴": "fees",
          "党费收缴情况": "fees", "补缴党费": "fees"}
HEADINGS = {
    "number": "学工号 学号 工作证号 学号工号 工号", "name": "姓名 党员姓名 委员姓名", "sex": "性别", "ethnicity": "民族",
    "born": "出生日期 出生年月 出生年月日", "native_place": "籍贯", "education": "学历 最高学历 学历学位/学历",
    "degree": "学位 最高学位 学历学位/学位", "title_level": "职称级别 职称等级 专业技术职务级别", "category": "人员类别 人员结构 身份",
    "status": "党籍状态 党员类别", "joined": "入党时间 入党日期 加入党组织日期 接收为预备党员时间", "confirmed": "转正时间 转正日期 转为正式党员日期",
    "approved": "上级党委审批时间 党委审批时间", "confirmation_approved": "转正审批时间 转正批准时间",
    "occupation": "工作岗位 职业 统计岗位", "position": "岗位类别 岗位类型 教工岗位", "study_stage": "年级类别 所在年级类别 在校年级类别",
    "talent": "高层次人才类别 高层次人才 人才类别", "migrant": "是否农民工 农民工", "fees_manner": "党费交纳情况 交纳党费情况 党费缴纳情况",
    "needs_care": "是否生活不能自理 生活不能自理", "branch": "所在党支部 所属党支部 党支部名称 党支部 联系党支部 原所在党支部",
    "branch_code": "党支部编码 支部编码 所在党支部编码 所属党支部编码 联系党支部编码", "stage": "当前发展阶段 发展阶段",
    "front_line": "一线情况 生产工作一线情况", "recommended": "推荐方式 推荐渠道", "role_model": "是否先进模范 先进模范", "role_model_level": "先进模范命名级别 命名级别", "league_member": "是否共青团员 共青团员", "special": "是否特殊情况下发展",
    "subkind": "支部具体类型 党支部具体类型 支部细分类型", "nature": "所在单位属性", "elected": "最近换届时间 换届情况/最近换届时间",
    "term_ends": "应换届时间 换届情况/应换届时间", "established": "成立时间 成立日期 支部成立时间",
    "dual_leader": "双带头人 党支部书记/是否“双带头人”", "full_name": "党支部全称 支部全称", "short_name": "简称 党支部简称 支部简称",
    "post": "职务 党内职务", "direction": "转接方向", "whole_unit": "是否整建制转接", "within_school": "是否校内转接",
    "handled": "办理时间", "kind": "变动类别 变动类型 缴费类型 缴费类别", "from": "缴费起始月份 起始月份", "paid": "缴费金额 实缴金额", "happened": "变动时间", "leaving": "出党方式", "grounds": "出党原因", "office_rank": "职务层次", "started": "评议开展时间 开展时间 评议开始时间",
    "ended": "评议结束时间 结束时间 结束评议时间", "result": "评议结果 评议等次 民主评议结果", "handling": "组织处置 处置方式 组织处置情况",
    "commended": "是否受到表彰 受到表彰 评议表彰", "honour": "荣誉类别 奖励类别", "level": "级别 荣誉级别 奖励级别", "awarded": "授予时间 获奖时间",
}
KNOWN = {heading: field for field, headings in HEADINGS.items() for heading in headings.split()}
DATES = {"from", "born", "joined", "confirmed", "approved", "confirmation_approved", "elected", "term_ends", "established", "handled", "happened", "started", "ended", "awarded"}
# Some words are written in more than one way.
SAME = {"女性": "女", "男性": "男", "正式": "正式党员", "预备": "预备党员", "在职教职工": "在职教工", "硕士研究生": "硕士生", "博士研究生": "博士生",
        "本科": "大学本科", "先进基层党组织": "先进党组织", "优秀党员": "优秀共产党员", "省级": "省部级", "支部书记": "书记", "党支部书记": "书记",
        "机关行政产业后勤": "机关行政产业后勤党支部", "硕士学位": "硕士", "博士学位": "博士", "学士学位": "学士"}
NOTHING = {"", "无", "暂无", "—", "——", "－", "-", "/", "／", "\\"}


def returns(pages):
    """Table → list of records, each with the college whose folder it was found in."""
    tables = {table: [] for table in sorted(set(SHEETS.values()))}
    for college, sheet, rows in pages:
        if sheet in SHEETS:
            tables[SHEETS[sheet]] += [{**record, "college": college} for record in records(rows)]
    return tables


def pages(project):
    """(college, name of the sheet, rows) of every sheet that was returned."""
    made = []
    paths = sorted(glob.glob(os.path.join(project, "returns", "*", "*")))
    with tempfile.TemporaryDirectory() as workshop:
        modern = modernised(paths, workshop)
        for path in paths:
            college = os.path.basename(os.path.dirname(path))
            made += [(college, sheet, rows) for sheet, rows in sheets(modern.get(path, path))]
    return made


def modernised(paths, workshop):
    """Path → path of the xlsx that LibreOffice makes of it, for the files that openpyxl does not read."""
    copies, made = [], {}
    for index, path in enumerate(paths):
        # LibreOffice knows et by the name xls only.
        ending = {"xls": "xls", "et": "xls", "ods": "ods"}.get(path.rsplit(".", 1)[-1].lower())
        if ending:
            copies.append(os.path.join(workshop, f"{index}.{ending}"))
            made[path] = os.path.join(workshop, f"{index}.xlsx")
            shutil.copyfile(path, copies[-1])
    if copies:
        profile = "-env:UserInstallation=file://" + os.path.join(workshop, "profile")
        subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", workshop, *copies],
                       check=True, capture_output=True)
    return made


def organisations(project):
    """The committees as their own file lists them."""
    with open(os.path.join(project, "基层党组织.yaml"), encoding="utf-8") as file:
        return next(iter(yaml.safe_load(file).values()))


def lists(project):
    """Title → rows of the lists that the university keeps itself; dates as (year, month, day)."""
    with open(os.path.join(project, "专项名单.yaml"), encoding="utf-8") as file:
        made = yaml.safe_load(file)
    return {title: [{key: date(str(cell)) if key.endswith(("时间", "日期")) else cell for key, cell in row.items()} for row in rows]
            for title, rows in made.items()}


def sheets(path):
    """(name, rows of values) of each sheet."""
    if path.endswith(".csv"):
        data = open(path, "rb").read()
        text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
        yield os.path.basename(path)[:-4], list(csv.reader(text.splitlines()))
        return
    for page in openpyxl.load_workbook(path).worksheets:
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        for merge in page.merged_cells.ranges:
            if merge.size["columns"] == 1:
                for row in range(merge.min_row, merge.max_row):
                    rows[row][merge.min_col - 1] = rows[merge.min_row - 1][merge.min_col - 1]
        yield page.title, rows


def records(rows):
    """The rows below the heading, by field; the heading begins with 序号 and has one or two levels."""
    top = next((index for index, row in enumerate(rows) if row and str(row[0]).strip() == "序号"), None)
    if top is None:
        return
    below = rows[top + 1] if top + 1 < len(rows) else []
    has_two = below and str(below[0] or "").strip() in ("", "序号") and any(below[1:])
    fields, group = [], ""
    for column, upper in enumerate(rows[top]):
        group = str(upper or "").strip() or group
        lower = str(below[column] or "").strip() if has_two and column < len(below) else ""
        upper = str(upper or "").strip()
        heading = f"{group}/{lower}" if lower and lower != group else upper
        fields.append(KNOWN.get(heading))
    for row in rows[top + (2 if has_two else 1):]:
        record = {field: value(field, cell) for field, cell in zip(fields, row) if field}
        if any(record.get(it) for it in ("number", "subkind", "honour")):
            yield record


def value(field, cell):
    """A cell as plain text, a date as (year, month, day) with 0 for what is not written; None if it says nothing."""
    if isinstance(cell, datetime.datetime):
        return (cell.year, cell.month, cell.day)
    text = str(int(cell) if isinstance(cell, float) and cell == int(cell) else "" if cell is None else cell).strip()
    text = re.sub(r"\s+", " ", text.replace("\u3000", " "))
    if text in NOTHING:
        return None
    if field in DATES:
        return date(text)
    if field in ("branch", "full_name", "short_name"):
        return text.replace(" ", "")
    if field == "branch_code":
        return text.zfill(6)
    if field == "ethnicity" and not text.endswith("族"):
        return text + "族"
    return SAME.get(text, text)


def date(text):
    parts = [int(part) for part in re.findall(r"\d+", text.split(" ")[0])]
    if len(parts) == 1:
        digits = str(parts[0])
        parts = [int(digits[:4]), int(digits[4:6] or 0), int(digits[6:8] or 0)]
    return tuple((parts + [0, 0])[:3])
