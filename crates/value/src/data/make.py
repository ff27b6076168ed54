"""Makes strokes.txt, stroke_counts.txt and simplified.txt; README.md beside this file says from what.

    python3 make.py FOLDER

FOLDER holds Unihan_*.txt.bz2 of Debian's package unicode-data (15.0.0) and all_word.json of the
Python package cn-sort (0.14.0).
"""

import bisect
import bz2
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# 通用规范汉字表 has three levels, each in the order of its strokes.
LEVELS = [(1, 3500), (3501, 6500), (6501, 8105)]
# A run of stroke counts in stroke_counts.txt: one character per code point, '0' + count.
RUN = 128


def unihan(folder, file, field):
    """The values of one Unihan field by character."""
    found = {}
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.rstrip("\n").partition(f"\t{field}\t")
            if rest:
                found[chr(int(code[2:], 16))] = rest.split()
    return found


def table_by_level(folder):
    numbers = {}
    for char, values in unihan(folder, "OtherMappings", "kTGH").items():
        for value in values:
            numbers[int(value.split(":")[1])] = char
    return [[numbers[i] for i in range(first, last + 1)] for first, last in LEVELS]


def corrected(level, counts):
    """Stroke counts that never fall along a level: Unihan counts rare simplified forms too high."""
    given = [counts[char] for char in level]
    tails, ends, before = [], [], [-1] * len(given)
    for i, count in enumerate(given):
        at = bisect.bisect_right(tails, count)
        tails[at:at + 1], ends[at:at + 1] = [count], [i]
        before[i] = ends[at - 1] if at else -1
    sound, i = set(), ends[-1]
    while i >= 0:
        sound.add(i)
        i = before[i]
    fixed = []
    for i, count in enumerate(given):
        # Where the neighbours differ, it closes the group of the lower count (䴙, 𬙊).
        fixed.append(count if i in sound else fixed[-1])
    return fixed


def ranks(folder):
    entries = json.loads((folder / "all_word.json").read_text(encoding="utf-8"))["all_word"]
    return {it["chinese"]: it["stroke_increment_level"] for it in entries}


def merged(levels, rank):
    """One order from three: each level keeps its own, `rank` says how they interleave."""
    queues = []
    for level in levels:
        keys, last = [], 0
        for char in level:
            last = rank.get(char, last)
            keys.append((last, char))
        queues.append(keys)
    order = []
    while any(queues):
        first = min((queue for queue in queues if queue), key=lambda queue: queue[0][0])
        order.append(first.pop(0)[1])
    return order


def strokes(folder):
    counts = {c: int(v[0]) for c, v in unihan(folder, "IRGSources", "kTotalStrokes").items()}
    levels = table_by_level(folder)
    for level in levels:
        counts.update(zip(level, corrected(level, counts)))
    rank = ranks(folder)
    lines = []
    for count in range(1, max(counts[c] for level in levels for c in level) + 1):
        lines.append("".join(merged([[c for c in level if counts[c] == count] for level in levels], rank)))
    (HERE / "strokes.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    points, runs = sorted(map(ord, counts)), []
    for point in points:
        mark = chr(ord("0") + min(counts[chr(point)], 78))
        if runs and runs[-1][0] + len(runs[-1][1]) == point and len(runs[-1][1]) < RUN:
            runs[-1][1].append(mark)
        else:
            runs.append((point, [mark]))
    text = "".join(f"{start:04X} {''.join(marks)}\n" for start, marks in runs)
    (HERE / "stroke_counts.txt").write_text(text, encoding="utf-8")
    return {char for level in levels for char in level}


# Forms that Unihan gives no simplified variant for, though the mainland writes another.
SUPPLEMENT = {
    "佔": "占", "佈": "布", "証": "证", "讚": "赞", "鍊": "炼", "豔": "艳",
    "鬨": "哄", "籤": "签", "慼": "戚", "姪": "侄", "崑": "昆", "崙": "仑",
    "嶽": "岳", "痲": "麻", "綵": "彩", "繙": "翻", "餵": "喂", "鎚": "锤",
    "羶": "膻", "諮": "咨", "霑": "沾", "癒": "愈", "燬": "毁", "嚐": "尝",
    "衹": "只", "週": "周", "註": "注", "託": "托", "併": "并", "倖": "幸",
    "兇": "凶", "廻": "回", "濶": "阔", "囌": "苏", "噹": "当", "鑑": "鉴",
    "汙": "污", "跡": "迹", "採": "采", "捲": "卷", "鬱": "郁", "歎": "叹",
    "勳": "勋", "燻": "熏", "蹟": "迹", "糰": "团", "燐": "磷", "壎": "埙",
    "鼇": "鳌", "譁": "哗", "穨": "颓",
}


def simplified(folder, table):
    """Characters outside the table with the one inside it that the mainland writes."""
    pairs = {}
    for field in ["kSimplifiedVariant", "kZVariant", "kSemanticVariant"]:
        for char, values in unihan(folder, "Variants", field).items():
            forms = [chr(int(it.split("<")[0][2:], 16)) for it in values]
            # Rare simplified forms (𬱖) came so late that names are rightly kept with the other (頔).
            inside = [it for it in forms if it in table and "\u4E00" <= it <= "\u9FA5"]
            unsure = field != "kSimplifiedVariant" and (len(inside) != 1 or ord(char) > 0x9FFF)
            if char not in table and char not in pairs and inside and not unsure:
                pairs[char] = inside[0]
    for char, plain in SUPPLEMENT.items():
        if char not in table:
            pairs[char] = plain
    text = "".join(f"{char}{pairs[char]}\n" for char in sorted(pairs))
    (HERE / "simplified.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    source = Path(sys.argv[1])
    simplified(source, strokes(source))
