"""What differs between two workbooks: formulas, merged areas, names, what is printed. Sheets are named with or without quotes."""

import sys

from openpyxl import load_workbook


def plain(it):
    return it.replace("'表一'!", "表一!") if isinstance(it, str) else it


def told(book):
    for sheet in book:
        for cell in (it for row in sheet.iter_rows(max_col=9) for it in row):
            yield f"{sheet.title}!{cell.coordinate}", plain(cell.value)
        yield f"{sheet.title} merged", sorted(str(it) for it in sheet.merged_cells.ranges)
        yield f"{sheet.title} printed", (plain(sheet.print_area), sheet.print_title_rows)
    for name, it in book.defined_names.items():
        yield name, plain(it.attr_text)


one, other = (dict(told(load_workbook(it))) for it in sys.argv[1:])
print(len(one), *(f"{at}: {one.get(at)} {other.get(at)}" for at in one | other if one.get(at) != other.get(at)))
