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


def main():
    project = sys.argv[1]
    pages, committees = returns.pages(project), returns.organisations(project)
    tables, cells = returns.returns(pages), dict(work.facts(pages))
    for part in (official, others):
        for name, number in part.cells(tables, committees):
            assert name not in cells, name
            cells[name] = number
    json.dump(cells, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
