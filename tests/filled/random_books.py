"""Four workbooks of formulas at random, the same in every run: 1.xlsx to 4.xlsx in a folder."""

import random
import sys

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

N_ROWS = 30
SHEETS = ["表一", "a b'c"]


def mark():
    return random.choice(["", "$"])


def rows():
    return sorted(random.sample(range(1, N_ROWS), 2))


def reference():
    sheet = random.choice(["", "", "表一!", "'表一'!", "'a b''c'!"])
    kind = random.random()
    if kind < 0.4:
        return f"{sheet}{mark()}{random.choice('ABCDE')}{mark()}{random.randint(1, N_ROWS)}"
    first, last = rows()
    if kind < 0.9:
        left, right = sorted(random.sample("ABCDE", 2))
        return f"{sheet}{mark()}{left}{mark()}{first}:{mark()}{right}{mark()}{last}"
    return f"{sheet}${first}:${last}"


def fill(sheet):
    for row in range(1, N_ROWS + 1):
        for column in range(1, 6):
            sheet.cell(row, column).value = random.randint(1, 99)
        for column in range(7, 10):
            sheet.cell(row, column).value = f"=SUM({reference()})+COUNT({reference()},{reference()})"
    first, last = rows()
    sheet.merge_cells(f"K{first}:L{last}")


for number in range(1, 5):
    random.seed(number)
    book = Workbook()
    book.active.title = SHEETS[0]
    book.create_sheet(SHEETS[1])
    for sheet in book:
        fill(sheet)
    for name in "甲乙丙":
        first, last = rows()
        book.defined_names[name] = DefinedName(name, attr_text=f"表一!$A${first}:$B${last}")
    book.active.print_area = "A1:I25"
    book.active.print_title_rows = "2:6"
    book.save(f"{sys.argv[1]}/{number}.xlsx")
