"""Plants mistakes in a copy of the university and prints where, as JSON: file without its ending, sheet, cell or line, code.

    python3 tests/planted/plant.py COPY

Workbooks are changed with openpyxl; those of one committee are then saved as xls and of another as ods, by LibreOffice. What
LibreOffice does not write is written here: tables in a Word document with python-docx, a web page, and a binary workbook (xlsb).
"""

import csv
import datetime
import glob
import html
import io
import json
import os
import subprocess
import sys

import docx
import openpyxl
from openpyxl.utils import get_column_letter

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fixtures/make"))
from shape_binary import binary_workbook  # noqa: E402

COMMITTEES = [("电气工程学院", "xlsx"), ("材料科学与工程学院", "xls"), ("经济管理学院", "ods")]

# By sheet: the headings under which committees write a field, what is written there, and the code of the finding.
SHEETS = {
    "党员": [
        ("性别", "汝", "unknown-choice"),
        ("加入党组织日期 入党时间 入党日期", "2019年13月", "date-impossible"),
        ("转为正式党员日期 转正时间 转正日期", "见档案", "not-a-date"),
        ("公民身份号码 身份证号 身份证号码", lambda it: it[:-1] + ("2" if it[-1] == "1" else "1"), "identity-check-digit"),
        ("手机号 手机号码 手机", "1390000", "phone-malformed"),
        ("姓名 党员姓名", lambda it: it + "1", "name-malformed"),
        ("民族", None, "missing-value"),
        ("公民身份号码 身份证号 身份证号码", 999923197803290000, "identity-digits-lost"),
    ],
    "谈心谈话": [("谈话时间", "2024年9月12日", "date-after-cutoff"), ("谈话时间", "520日", "date-incomplete")],
    "结对共建": [("活动次数 开展活动次数", "三次多", "not-an-integer")],
    "立项与课题": [("经费（元） 资助经费", "若干", "not-a-number"), ("应结项时间 结束", "2021-01-01", "dates-reversed")],
    "述职评议": [("参评人数 参评党员数", lambda it: int(it) + 1, "appraisal-total-differs")],
    "表彰奖励": [("获奖时间", 2023.1, "date-ambiguous"), ("党支部名称 所属党支部", "第九十九党支部", "unknown-reference")],
    "党支部": [("是否“双带头人”", "待定", "not-yes-or-no"), ("合计 党员总数", lambda it: int(it) + 1, "member-total-differs")],
    "党费收缴": [("每月应缴 月缴金额", "#REF!", "error-cell"), ("缴费类别 缴费类型", "正常缴那", "unknown-choice")],
    "评议结果": [("评议等次 评议结果 民主评议结果", "还行", "unknown-choice")],
    "选举计票": [("赞成票数", "多数", "not-an-integer")],
    "志愿服务": [("服务内容", "為群衆服務", "mixed-script")],
}
SEPARATED = [
    ("党员", "性别", "汝", "unknown-choice"),
    ("谈心谈话", "谈话时间", "2024年9月12日", "date-after-cutoff"),
    ("志愿服务", "参加人数", "若干人", "not-an-integer"),
    ("立项与课题", "立项级别", "乡级", "unknown-choice"),
    ("党员", "姓名", "陈立1", "name-malformed"),
]
TREES = [
    ("applications/机关教务处党支部.yaml", "2024年5月15日", "2024年15月5日", "date-impossible"),
    ("applications/机关教务处党支部.yaml", "经费预算合计: 8050", "经费预算合计: 8051", "budget-total-differs"),
    ("applications/物理学院光电工程系教师党支部.yaml", '联系电话: "', '联系电话: "00', "phone-malformed"),
    ("重点工作.yaml", "开始时间: 2024年4月", "开始时间: 2024年13月", "date-impossible"),
    ("重点工作.yaml", "工作类别: 思想建设", "工作类别: 思想建社", "unknown-choice"),
]
planted = []


def note(path, code, **place):
    planted.append({"file": os.path.basename(path).rsplit(".", 1)[0], "code": code, **place})


def column(sheet, headings):
    """The first column below one of these headings, which are tried in their order."""
    for heading in headings.split():
        for row in sheet.iter_rows(min_row=1, max_row=5):
            for cell in row:
                if str(cell.value or "").replace(" ", "") == heading:
                    return cell.column
    return None


def first_record(sheet):
    return next(row for row in range(1, 9) if str(sheet.cell(row, 1).value) == "1")


def cell_of(sheet, row, col):
    return {"sheet": sheet.title, "cell": f"{get_column_letter(col)}{row}"}


def plant(path, place=cell_of):
    """Each mistake in a row of its own; says whether there was any. `place` tells where it will be."""
    book, before = openpyxl.load_workbook(path), len(planted)
    for sheet in book:
        for at, (headings, value, code) in enumerate(SHEETS.get(sheet.title, [])):
            found = column(sheet, headings)
            rows = range(first_record(sheet) + 2 + 2 * at, sheet.max_row + 1)
            row = next((it for it in rows if found and sheet.cell(it, found).value), None)
            if row is None:
                continue
            cell = sheet.cell(row, found)
            cell.value = value(str(cell.value)) if callable(value) else value
            if isinstance(value, float):
                cell.number_format = "General"
            note(path, code, **place(sheet, row, found))
    book.save(path)
    return len(planted) > before


def save_as(path, ending, profile):
    folder = os.path.dirname(path)
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True)
    os.remove(path)
    # WPS writes the same under a name of its own.
    if ending == "xls" and "党建工作情况表" in path:
        stem = path.rsplit(".", 1)[0]
        os.rename(f"{stem}.xls", f"{stem}.et")


def shown(cell):
    """What a cell shows."""
    value = cell.value
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d" if "d" in cell.number_format.lower() else "%Y年%m月")
    return "" if value is None else str(value)


def as_word(book, path):
    """A table for each sheet, from its heading on, under the unit and the name of the table."""
    document = docx.Document()
    for sheet in book:
        document.add_paragraph(shown(sheet.cell(2, 1)))
        document.add_paragraph(sheet.title)
        rows = list(sheet.iter_rows(min_row=N_ABOVE + 1))
        table = document.add_table(len(rows), sheet.max_column)
        for cells, row in zip(rows, table.rows):
            for cell, target in zip(cells, row.cells):
                target.text = shown(cell)
    document.save(f"{path}.docx")


def as_page(book, path):
    """A web page that is called a workbook, as some systems export it."""
    lines = ["<html><head><meta charset='utf-8'></head><body><table border='1'>"]
    for row in book.worksheets[0].iter_rows():
        lines.append("<tr>" + "".join(f"<td>{html.escape(shown(cell))}</td>" for cell in row) + "</tr>")
    with open(f"{path}.xls", "w", encoding="utf-8") as file:
        file.write("\n".join([*lines, "</table></body></html>"]))


def as_binary(book, path):
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    binary_workbook(rows, f"{path}.xlsb", sheet.title)


# Lines above the heading of a sheet.
N_ABOVE = 2
# Workbooks of one committee, what they become, and where their cells are then.
OTHERS = ("计算机科学与技术学院", [
    ("党建工作情况表", as_word, lambda sheet, row, col: {"sheet": sheet.title, "cell": f"第{row - N_ABOVE}行第{col}格"}),
    ("党费收缴情况（一季度）", as_page, lambda sheet, row, col: {"sheet": "", "cell": f"{get_column_letter(col)}{row}"}),
    ("民主评议党员情况", as_binary, cell_of),
])


def plant_others(project):
    committee, books = OTHERS
    for name, write, place in books:
        path = f"{project}/returns/{committee}/{committee}{name}"
        if not plant(f"{path}.xlsx", place):
            raise SystemExit(f"nothing was planted in {path}")
        write(openpyxl.load_workbook(f"{path}.xlsx"), path)
        os.remove(f"{path}.xlsx")


def plant_separated(project):
    for at, (name, heading, value, code) in enumerate(SEPARATED):
        path = f"{project}/returns/物理学院/{name}.csv"
        with open(path, "rb") as file:
            rows = list(csv.reader(io.StringIO(file.read().decode("gb18030"), newline="")))
        top = next(it for it, row in enumerate(rows) if heading in row)
        where = rows[top].index(heading)
        row = next(it for it in range(top + 3 + at // 4, len(rows)) if rows[it][where])
        rows[row][where] = value
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        with open(path, "wb") as file:
            file.write(text.getvalue().encode("gb18030"))
        note(path, code, cell=f"{get_column_letter(where + 1)}{row + 1}")


def plant_trees(project):
    for name, old, new, code in TREES:
        path = f"{project}/{name}"
        with open(path, encoding="utf-8") as file:
            text = file.read()
        before, behind = text.split(old, 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + new + behind)
        note(path, code, line=before.count("\n") + 1)


def main(project):
    for committee, ending in COMMITTEES:
        for path in sorted(glob.glob(f"{project}/returns/{committee}/*.xlsx")):
            if plant(path) and ending != "xlsx":
                save_as(path, ending, f"{project}-profile")
    plant_others(project)
    plant_separated(project)
    plant_trees(project)
    json.dump(planted, sys.stdout, ensure_ascii=False)


main(sys.argv[1])
