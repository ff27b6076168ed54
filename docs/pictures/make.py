"""Makes the pictures of the README anew from the fixtures.

Needs a release build, Python with Pillow, and the programs pdftoppm, pdftotext, soffice and chromium.
From the root of the repository: python3 docs/pictures/make.py
"""

import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).resolve().parent
PROGRAM = ROOT / "target/release/huibian"
FORMS = "forms/model-branch"
FORM = f"{FORMS}/机械工程学院/党建工作样板支部申报书-机械工程学院机械硕士生第一党支部.pdf"
# Name of the picture: words that only its page has.
PAGES = {"cover": "填表日期", "basics": "（一）支部概况", "measures": "（四）进度安排", "opinions": "四、审核意见"}
BOOKS = "handbooks/party-regulations/示例理工大学党务工作制度汇编（A5）.pdf"
STEPS = "handbooks/member-development/示例理工大学发展党员工作手册（A5）.pdf"
SUMMARY = "summaries/university/示例理工大学2024年1月至5月基层党建工作总结.pdf"
# The same of the books and the work summary, with the document that each is of.
OTHERS = {
    "contents": (BOOKS, "细则······················3第一章"),
    "articles": (BOOKS, "应选委员人数差额最少人数"),
    "steps": (STEPS, "附录一发展党员工作流程图申请入党"),
    "work-summary": (SUMMARY, "各二级党组织党员数单位"),
}
# The forms that come with the program: name of the picture, the form's id and what its file is called, in the small project of the tests.
OWN = {
    "activist": ("activist-record", "入党积极分子考察登记表-赵磊-20240011"),
    "confirmation": ("confirmation-check", "转正审批前核对单-周敏-19950008"),
    "count": ("election-result", "选举结果-机械硕士生第一党支部-2024-05-16"),
    "transfer": ("transfer-letter", "组织关系介绍信-孙晓燕-20190021"),
}
# Forms that others prescribe: one that is drafted, and one that is filled, with the first of its files.
DRAFTED = "附件3-党支部基本情况登记表"
FILLED = "附件10-支部党员评议汇总表"
# The committee of the second project on the page of its run.
COMMITTEE = "#c1"
# A workbook that goes back.
BOOK_BACK = "信息工程学院党支部情况表.xlsx"
# What is late when the pictures of a university are made whose returns have not all come.
LATE = ["returns/外国语学院/外国语学院党建工作情况表.et", "returns/物理学院/关怀帮扶.csv"]
# Numbers that are put for others in files of a committee: telephone numbers that lack a digit, and a project that ends
# before it begins, from which it follows that it is overdue.
SPOILT = "物理学院党委"
SPOIL = [("党员", b",166", b",16"), ("党员", b",170", b",17"), ("立项与课题", b",2024.12,3000,", b",2021.12,3000,")]
# A bundle that is sent out, and a branch's forms in it.
SENT = "机械工程学院党委.zip"
FORM_SENT = "党支部/机械工程学院机械制造系教师党支部填报表.xlsx"
WIDTH = 620
WIDTH_WIDE = 1500
COLOURS = 16


def run(*command):
    subprocess.run([str(it) for it in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def build(project, out):
    # Exit code 1 says that the data have errors, which the second project is there to show.
    subprocess.run([PROGRAM, "build", ROOT / "fixtures" / project, "--out", out], stdout=subprocess.DEVNULL)


def page_with(pdf, words):
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = text.replace(" ", "").replace("　", "").split("\f")
    return 1 + next(number for number, page in enumerate(pages) if words in page.replace("\n", ""))


def picture_of_page(pdf, number, work):
    run("pdftoppm", "-r", 160, "-f", number, "-l", number, "-singlefile", "-png", pdf, work / "page")
    return Image.open(work / "page.png").convert("RGB")


def save(picture, name, width, colours=COLOURS):
    height = round(picture.height * width / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    few = small.quantize(colours, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def annexes(work):
    """A blank with its places, a filled one, and the sheet by which the filled ones are checked."""
    project, blanks = work / "annexes", ROOT / "fixtures/annexes"
    shutil.copytree(ROOT / "fixtures/university", project)
    run(PROGRAM, "import", blanks / f"{DRAFTED}.docx", "--as", "form", "--of", "党支部", "--project", project)
    places = project / f"templates/forms/{DRAFTED}/填表位置.pdf"
    save(picture_of_page(places, 1, work), "places", WIDTH)
    folder = project / f"templates/forms/{FILLED}"
    folder.mkdir(parents=True)
    shutil.copy(blanks / f"{FILLED}.docx", folder)
    shutil.copy(blanks / f"forms/{FILLED}/form.yaml", folder)
    declared = project / "huibian.yaml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("forms: [model-branch]", f"forms: [{FILLED}]"), encoding="utf-8")
    run(PROGRAM, "build", project, "--only", "forms", "--out", work / "filled")
    filled = work / f"filled/forms/{FILLED}"
    first = min(filled.rglob("*.docx"))
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work, first)
    save(picture_of_page(work / f"{first.stem}.pdf", 1, work), "filled", WIDTH)
    save(picture_of_page(filled / "填表核对单.pdf", 1, work), "filled-check", WIDTH)


def folded(work):
    """The report where findings alike are one line, and what follows from an error stands under it."""
    project = work / "folded"
    shutil.copytree(ROOT / "fixtures/university", project)
    for name, old, new in SPOIL:
        file = project / f"returns/物理学院/{name}.csv"
        file.write_bytes(file.read_bytes().replace(old, new))
    subprocess.run([PROGRAM, "check", project, "--out", work / "folded-out"], stdout=subprocess.DEVNULL)
    report = (work / "folded-out/report.html").read_text(encoding="utf-8")
    section = re.search(r'<section id="(c\d+)">\s*<h2>' + SPOILT, report).group(1)
    # The consequence is unfolded, as if the reader had clicked on it; what is withheld for it would fill the page.
    style = f"<style>body > :not(#{section}), #{section} > h3, #{section} > ul, #{section} .file > details:not(.alike), #{section} :is(.branch, .file):not(:has(tr.error, tr.query)) {{display: none}}</style></head>"
    page = work / "folded.html"
    page.write_text(report.replace("</head>", style).replace('<details class="follows">', '<details class="follows" open>'), encoding="utf-8")
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--window-size=1000,850", f"--screenshot={work / 'folded.png'}", page.as_uri())
    sheet = Image.open(work / "folded.png").convert("RGB")
    save(sheet.crop((0, 50, sheet.width, sheet.height)), "report-folded", 800, colours=200)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        build("university", work / "university")
        build("returned", work / "returned")
        form = work / "university" / FORM
        for name, words in PAGES.items():
            save(picture_of_page(form, page_with(form, words), work), name, WIDTH)
        build("../tests/files/own_forms", work / "own")
        for name, (kind, file) in OWN.items():
            save(picture_of_page(work / f"own/forms/{kind}/机械工程学院/{file}.pdf", 1, work), name, WIDTH)
        annexes(work)
        folded(work)
        for name, (document, words) in OTHERS.items():
            document = work / "university" / document
            save(picture_of_page(document, page_with(document, words), work), name, WIDTH)
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work,
            work / "university" / FORMS / "申报汇总表.xlsx")
        sheet = picture_of_page(work / "申报汇总表.pdf", 1, work)
        # The table without the empty half of the page below it.
        save(sheet.crop((0, round(sheet.height * 0.05), sheet.width, round(sheet.height * 0.70))), "overview", WIDTH_WIDE)
        # What goes back to the committee of the second project: the list in front of a workbook, and the notice.
        with zipfile.ZipFile(next((work / "returned/returns").glob("*.zip"))) as bundle:
            bundle.extractall(work / "back")
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work, work / "back" / BOOK_BACK)
        sheet = picture_of_page((work / BOOK_BACK).with_suffix(".pdf"), 1, work)
        save(sheet.crop((0, round(sheet.height * 0.06), sheet.width, round(sheet.height * 0.56))), "corrections", WIDTH_WIDE)
        notice = picture_of_page(work / "back/退改通知.pdf", 1, work)
        save(notice.crop((0, round(notice.height * 0.1), notice.width, round(notice.height * 0.8))), "notice", WIDTH)
        # The roster that is sent out to a branch, as far as the page shows it well.
        run(PROGRAM, "collect", ROOT / "fixtures/university", "--prefill", "--out", work / "university")
        with zipfile.ZipFile(work / "university/collection" / SENT) as bundle:
            bundle.extract(FORM_SENT, work)
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work, work / FORM_SENT)
        run("pdftoppm", "-r", 330, "-f", page_with((work / Path(FORM_SENT).name).with_suffix(".pdf"), "党员填报表"), "-singlefile",
            "-png", (work / Path(FORM_SENT).name).with_suffix(".pdf"), work / "form")
        sheet = Image.open(work / "form.png").convert("RGB")
        save(sheet.crop(tuple(round(it * 330 / 72) for it in (36, 36, 370, 150))), "form", WIDTH_WIDE)
        # How far the returns have come, where not all have.
        shutil.copytree(ROOT / "fixtures/university", work / "late")
        for late in LATE:
            (work / "late" / late).unlink()
        subprocess.run([PROGRAM, "check", work / "late", "--out", work / "progress"], stdout=subprocess.DEVNULL)
        for name, path, (top, bottom) in [
            ("progress", work / "progress/收表进度.xlsx", (0.07, 0.6)),
            ("reminders", work / "university/reminders/到期提醒.xlsx", (0.04, 0.5)),
        ]:
            run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work, path)
            page = 2 if name == "reminders" else 1
            sheet = picture_of_page((work / path.name).with_suffix(".pdf"), page, work)
            save(sheet.crop((0, round(sheet.height * top), sheet.width, round(sheet.height * bottom))), name, WIDTH_WIDE)
        report = (work / "returned/report.html").read_text(encoding="utf-8")
        # One committee's part of the page, as if it had been scrolled to.
        page = work / "report.html"
        style = f"<style>body > :not({COMMITTEE}) {{display: none}}</style></head>"
        page.write_text(report.replace("</head>", style), encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--window-size=1000,1150", f"--screenshot={work / 'report.png'}", page.as_uri())
        save(Image.open(work / "report.png").convert("RGB"), "report", 800, colours=200)


main()
