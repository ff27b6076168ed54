"""Counts cells of the statistics workbooks again, from the returned files and without the program.

    python3 tests/statistics/recompute.py fixtures/university

prints a JSON object of cell names and numbers: `party-annual/t2/students/age.to_30` is the cell of that row and column
in table t2 of `templates/statistics/party-annual/`, `facts/talks_held` a fact of `templates/facts/`. Of a table with a line
for each committee, the row is `committees.` and its code.
"""

import json
import sys

import official
import others
import returns
import work
import yearly


def main():
    project = sys.argv[1]
    pages, committees = returns.pages(project), returns.organisations(project)
    tables, cells = returns.returns(pages), dict(work.facts(pages))
    counted = [*official.cells(tables, committees), *others.cells(tables, committees), *yearly.cells(tables, committees, pages, returns.lists(project))]
    for name, number in counted:
        # What two of them count, they count alike.
        assert cells.setdefault(name, number) == number, name
    json.dump(cells, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
