//! Books are made: the editions first, then the workbook that shows on which of their pages everything stands.

use super::finish::{Finished, Places, Workshop, finding_of, withhold};
use documents::handbook::{PlannedCatalogue, PlannedHandbooks};
use documents::{Artefact, Body, Cell, Sheet};
use finding::{Finding, Report, codes};

impl Workshop<'_> {
    /// Makes all books. An edition that cannot be made is withheld, with a finding, and so is the workbook that needs its
    /// pages; the others are made.
    pub fn finish_handbooks(&self, planned: &mut PlannedHandbooks, report: &mut Report) -> Vec<Finished> {
        let mut finished = Vec::new();
        let editions: Vec<&Artefact> = planned.books.iter().flat_map(|it| &it.editions).collect();
        let mut printed = self.print_placed(editions.into_iter()).into_iter();
        let mut withheld = Vec::new();
        for book in &planned.books {
            let mut places = Vec::new();
            for (artefact, printed) in book.editions.iter().zip(printed.by_ref()) {
                match printed {
                    Ok((it, of_it)) => {
                        finished.push(it);
                        places.push(of_it);
                    }
                    Err(fault) => {
                        let finding = finding_of(&fault, artefact);
                        withheld.push(withhold(artefact, None, &finding));
                        report.push(finding);
                    }
                }
            }
            let Some(catalogue) = &book.catalogue else { continue };
            let written = filled(catalogue, &places, book.editions.len()).and_then(|it| self.write(&it));
            match written {
                Ok(it) => finished.push(it),
                Err(finding) => {
                    withheld.push(withhold(&catalogue.artefact, None, &finding));
                    report.push(*finding);
                }
            }
        }
        planned.withheld.extend(withheld);
        finished
    }
}

/// The catalogue with its pages. One that some edition or label is missing from is not made.
fn filled(
    catalogue: &PlannedCatalogue,
    places: &[Places],
    n_editions: usize,
) -> Result<Artefact, Box<Finding>> {
    let title = &catalogue.artefact.title;
    let fault = |why: String| {
        let finding = Finding::new(&codes::LAYOUT_FAILED, format!("“{title}”不能生成：{why}"));
        Box::new(finding.hint("请先处理汇编的版式问题"))
    };
    if places.len() < n_editions {
        return Err(fault("有版本没有排成，页码不能确定".to_owned()));
    }
    let mut artefact = catalogue.artefact.clone();
    let Body::Book(book) = &mut artefact.body else { return Ok(artefact) };
    let Some(Sheet::Table(table)) = book.sheets.first_mut() else { return Ok(artefact) };
    for it in &catalogue.pages {
        let page = places.get(it.edition).and_then(|places| places.get(&it.label));
        let page = page.ok_or_else(|| fault(format!("版式没有给出“{}”的页码", it.label)))?;
        let cell = table.rows.get_mut(it.row).and_then(|row| row.cells.get_mut(it.column));
        if let Some(cell) = cell {
            *cell = page.parse().map_or_else(|_| Cell::Text(page.clone()), Cell::Integer);
        }
    }
    Ok(artefact)
}
