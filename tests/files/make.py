"""Makes the small workbooks of this folder with programs that are not ours: xlwt, openpyxl, LibreOffice, SheetJS.

    python3 tests/files/make.py        needs xlwt, openpyxl, Pillow, soffice; for xlsb node with the package `xlsx`

The files are committed: the tests read them without any of these programs. People and organisations are made up.
"""

import datetime
import pathlib
import shutil
import subprocess
import tempfile

import openpyxl
import xlwt
from PIL import Image
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

HERE = pathlib.Path(__file__).resolve().parent
DAY, MONTH = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"'
HEADINGS = ["党支部名称", "党员人数", "到会率", "成立日期", "换届时间", "编码", "是否样板", "均分", "备注"]
ROWS = [
    ["机械工程学院教工第一党支部", 23, 0.955, datetime.date(2019, 7, 1), datetime.date(2024, 3, 1), "020100", "是", 88.50, "欧阳·示例\n两行"],
    ["外国语学院学生党支部（本科）", 8, 1, datetime.date(2021, 12, 31), datetime.date(2023, 11, 1), "020101", "否", 90.25, None],
]
FORMATS = ["@", "0", "0.0%", DAY, MONTH, "@", "General", "0.00", "@"]


def xls(path, encoding="utf-8"):
    book = xlwt.Workbook(encoding=encoding)
    sheet = book.add_sheet("党支部")
    sheet.write_merge(0, 0, 0, len(HEADINGS) - 1, "党支部情况")
    for col, title in enumerate(HEADINGS):
        sheet.write(1, col, title)
    for row, values in enumerate(ROWS, 2):
        for col, value in enumerate(values):
            if value is not None:
                sheet.write(row, col, value, xlwt.easyxf(num_format_str=FORMATS[col]))
    sheet.write(4, 0, "合计")
    sheet.write(4, 1, xlwt.Formula("SUM(B3:B4)"))
    sheet.row(3).hidden = True
    sheet.col(8).hidden = True
    book.add_sheet("旧数据").visibility = 1
    book.save(str(path))


def xlsx(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党支部"
    sheet.append(["党支部情况"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    sheet.append(HEADINGS)
    for values in ROWS:
        sheet.append(values)
        for col, code in enumerate(FORMATS, 1):
            sheet.cell(sheet.max_row, col).number_format = code
    sheet["A5"], sheet["B5"] = "合计", "=SUM(B3:B4)"
    sheet["C5"] = "=1/0"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["I"].hidden = True
    sheet["A3"].comment = Comment("请核对名称", "审核人")
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("G3:G4")
    sheet.add_data_validation(choice)
    book.create_sheet("旧数据").sheet_state = "hidden"
    book["旧数据"]["A1"] = "往年"
    book.save(path)


def convert(source, kind, target):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, source], check=True, capture_output=True)
        made = next(pathlib.Path(folder).iterdir())
        shutil.copy(made, target)


XLSB = """
const xlsx = require("xlsx");
const book = xlsx.readFile(process.argv[1], {cellNF: true, cellStyles: true});
xlsx.writeFile(book, process.argv[2], {bookType: "xlsb"});
"""


def sheetjs(source, target):
    """Needs NODE_PATH to lead to the package `xlsx`."""
    subprocess.run(["node", "-e", XLSB, source, target], check=True)


def photo(path, colour, **how):
    Image.new("RGB", (12, 16), colour).save(path, **how)


def main():
    photo(HERE / "photo.png", (180, 30, 30))
    photo(HERE / "photo.jpg", (30, 30, 180), quality=10, optimize=True)
    xls(HERE / "xlwt.xls")
    xls(HERE / "xlwt-gbk.xls", "gbk")
    xlsx(HERE / "openpyxl.xlsx")
    convert(HERE / "openpyxl.xlsx", "ods", HERE / "libreoffice.ods")
    convert(HERE / "openpyxl.xlsx", "xls:MS Excel 97", HERE / "libreoffice.xls")
    convert(HERE / "openpyxl.xlsx", "xlsx:Calc MS Excel 2007 XML", HERE / "libreoffice.xlsx")
    convert(HERE / "openpyxl.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1", HERE / "libreoffice.csv")
    sheetjs(HERE / "libreoffice.xlsx", HERE / "sheetjs.xlsb")
    convert(HERE / "openpyxl.xlsx", "html:HTML (StarCalc)", HERE / "libreoffice-html.xls")


if __name__ == "__main__":
    main()
