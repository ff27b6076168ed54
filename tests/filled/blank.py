"""A workbook as upper levels issue it: eight prepared rows over a total, notes and a signature below, everything refers to them."""

import sys

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

FIRST, LAST = 5, 12
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def prepared(sheet):
    """The rows that are to be filled, each with formulas of its own."""
    for row in range(FIRST, LAST + 1):
        sheet.row_dimensions[row].height = 21
        for column in range(1, 12):
            sheet.cell(row, column).border = BOX
        sheet.cell(row, 1).value = 1 if row == FIRST else f"=A{row - 1}+1"
        sheet.cell(row, 4).value = f"=E{row}+F{row}"
        sheet.cell(row, 7).value = f'=IF(D{row}=0,"",ROUND(F{row}/D{row},4))'
        sheet.cell(row, 7).number_format = "0.00%"
        sheet.cell(row, 9).value = f'=IF(AND(D{row}>=E{row},COUNTIF($B${FIRST}:$B${LAST},B{row})<=1),"符合","不符")'
        sheet.merge_cells(start_row=row, start_column=10, end_row=row, end_column=11)


def first(book):
    sheet = book.active
    sheet.title = "表一"
    sheet["A1"] = "基层组织情况"
    sheet.merge_cells("A1:K1")
    for column, heading in enumerate(["序号", "单位", "类别", "人数", "", "", "", "成立日期", "核对", "备注"], 1):
        sheet.cell(3, column).value = heading
    for column, heading in zip("DEFG", ["合计", "男", "女", "比例"]):
        sheet[f"{column}4"] = heading
    sheet.merge_cells("D3:G3")
    prepared(sheet)
    sheet["A13"] = "合计"
    sheet.merge_cells("A13:C13")
    for column in "DEF":
        sheet[f"{column}13"] = f"=SUM({column}{FIRST}:{column}{LAST})"
    sheet["G13"] = '=IFERROR(F13/D13,"—")'
    sheet["I13"] = f'=SUMPRODUCT((C{FIRST}:C{LAST}="甲类")*(D{FIRST}:D{LAST}))'
    sheet["A15"] = "说明：比例为女占合计的比例。"
    sheet.merge_cells("A15:K15")
    sheet["A17"] = "填表人："
    sheet["D17"] = f'=表二!B2&"；平均"&TEXT(AVERAGE(E{FIRST}:E{LAST}),"0.0")'
    sheet["H17"] = f"=MAX(E{FIRST}:E{LAST})-MIN(E{FIRST}:E{LAST})"
    beside(sheet)


def beside(sheet):
    """Everything that tells cells of the first sheet."""
    for formula, kind, area in [('"甲类,乙类"', "list", "C5:C12"), ("=E5<=D5", "custom", "E5:E12")]:
        validation = DataValidation(type=kind, formula1=formula, allow_blank=True)
        validation.add(area)
        sheet.add_data_validation(validation)
    yellow = PatternFill("solid", bgColor="FFFF00")
    sheet.conditional_formatting.add("D5:G12", FormulaRule(formula=["$D5>100"], fill=yellow))
    sheet.conditional_formatting.add("D13:F13", CellIsRule(operator="lessThan", formula=["$A$17"], fill=yellow))
    sheet["B3"].comment = Comment("填全称", "上级")
    sheet["D13"].comment = Comment("等于各行之和", "上级")
    sheet["A17"].hyperlink = "https://example.org/"
    sheet.print_area = "A1:K17"
    sheet.print_title_rows = "3:4"
    sheet.auto_filter.ref = "A4:K12"
    sheet.row_breaks.append(Break(id=14))
    sheet.freeze_panes = "C5"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=4, max_row=LAST), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=FIRST, max_row=LAST))
    sheet.add_chart(chart, "A20")


def others(book):
    first = book["表一"]
    sheet = book.create_sheet("表二")
    formulas = [
        "=表一!D13",
        "='表一'!E13",
        '=IF(B2=表一!$E$13+表一!$F$13,"符合","不符")',
        "=SUM(男)",
        '=SUMIF(表一!C5:C12,"甲类",表一!D5:D12)',
        "=VLOOKUP(1,表一!A5:D12,4,FALSE)",
        "=B7+1",
    ]
    for row, formula in enumerate(formulas, 2):
        sheet.cell(row, 2).value = formula
    validation = DataValidation(type="list", formula1="=表一!$B$5:$B$12", allow_blank=True)
    validation.add("C2:C5")
    sheet.add_data_validation(validation)
    sheet["A11"] = "说明"
    sheet["A11"].hyperlink = Hyperlink(ref="A11", location="表一!A15", display="说明")
    sheet["A12"].hyperlink = "#表一!A15"
    chart = BarChart()
    chart.add_data(Reference(first, min_col=4, max_col=6, min_row=13, max_row=13), from_rows=True)
    sheet.add_chart(chart, "D2")
    other = book.create_sheet("a b'c")
    for row, formula in enumerate(["='表一'!D13", '=COUNTA(表一!B5:B12)&"个"', "=SUM(表一!5:12)", "=COUNT(表一!A:A)"], 1):
        other.cell(row, 1).value = formula
    book.defined_names["男"] = DefinedName("男", attr_text="表一!$E$5:$E$12")
    book.defined_names["说明"] = DefinedName("说明", attr_text="表一!$A$15")


book = Workbook()
first(book)
others(book)
book.save(sys.argv[1])
