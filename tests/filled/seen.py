"""What openpyxl sees of a filled workbook, and whether LibreOffice computes what stands in it: blank, filled, recomputed."""

import sys
from zipfile import ZipFile

from openpyxl import load_workbook


def is_same(one, other):
    numbers = all(isinstance(it, (int, float)) and not isinstance(it, bool) for it in (one, other))
    return abs(one - other) <= 1e-9 * max(1, abs(one)) if numbers else one == other


def computed(filled, again):
    """How many formulas have a value that LibreOffice agrees with, and which have none or another."""
    formulas, values, others = load_workbook(filled), load_workbook(filled, data_only=True), load_workbook(again, data_only=True)
    n, differ = 0, []
    for sheet in formulas:
        for cell in (it for row in sheet.iter_rows() for it in row if it.data_type == "f"):
            one, other = (it[sheet.title][cell.coordinate].value for it in (values, others))
            if is_same(one, other):
                n += 1
            else:
                differ.append(f"{sheet.title}!{cell.coordinate}={one}")
    return n, " ".join(differ)


blank, filled, again = sys.argv[1:]
before, after = (set(ZipFile(it).namelist()) for it in (blank, filled))
print("lost", sorted(before - after), "new", sorted(after - before))
print("computed", *computed(filled, again))
book = load_workbook(filled)
sheet = book["表一"]
print("merged", *sorted(str(it) for it in sheet.merged_cells.ranges if it.max_row not in range(5, 18)))
print("merged rows", sum(str(it) == f"J{it.min_row}:K{it.min_row}" for it in sheet.merged_cells.ranges))
print("printed", sheet.print_area, sheet.print_title_rows, sheet.auto_filter.ref, sheet.freeze_panes, [it.id for it in sheet.row_breaks.brk])
for it in book["表一"], book["表二"]:
    print("valid", *(f"{one.sqref} {one.formula1}" for one in it.data_validations.dataValidation))
print("formats", *(f"{it.sqref} {[one.formula for one in it.rules]}" for it in sheet.conditional_formatting))
print("notes", *(f"{it.coordinate} {it.comment.text}" for row in sheet.iter_rows() for it in row if it.comment))
links = (it.hyperlink for one in book for row in one.iter_rows() for it in row if it.hyperlink)
print("links", *(f"{it.ref} {it.location or it.target}" for it in links))
print("names", *(f"{name} {it.attr_text}" for name, it in sorted(book.defined_names.items())))
for it in book["表一"], book["表二"]:
    print("charts", *(f"{one.anchor._from.row} {one.series[0].val.numRef.f}" for one in it._charts))
cell = sheet["H9"]
print("looks", [sheet.row_dimensions[it].height for it in (4, 5, 18, 19)], sheet["B16"].border.left.style, sheet["G14"].number_format, cell.value.date(), cell.number_format)
