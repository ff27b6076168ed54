//! Charts: a category for each record, or declared ones, with figures that are facts.

use super::loading::Loading;
use crate::book::ChartKind;
use crate::declaring::unknown_word;
use crate::summary::declaration::{ChartPoint, ChartSpec, Points};
use dataset::SchemaScope;
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node};

/// The kinds of charts, as declarations write them.
const KINDS: [(&str, ChartKind); 4] = [
    ("column", ChartKind::Column),
    ("bar", ChartKind::Bar),
    ("line", ChartKind::Line),
    ("pyramid", ChartKind::Pyramid),
];

impl Loading<'_> {
    /// Reads `chart:`.
    pub(super) fn chart(&self, node: &Node, report: &mut Report) -> Result<ChartSpec, Reported> {
        let mut fields = Fields::new(node, "图表", report)?;
        let origin = fields.origin();
        let title = self.required("title", &self.scope, &mut fields);
        let kind = fields.required_text("kind").and_then(|it| kind_named(&it, fields.report()));
        let unit = fields.required_text("unit");
        let series: Vec<_> =
            fields.texts("series").iter().map(|it| self.label(it, &self.scope, fields.report())).collect();
        // A chart that is nought throughout is always left out.
        fields.text("empty");
        let points = match fields.text("each") {
            Some(each) => self.by_records(&each, &mut fields),
            None => {
                let points = fields.list("points");
                let points: Vec<_> = points.iter().map(|it| self.fixed_point(it, fields.report())).collect();
                points.into_iter().collect::<Result<_, _>>().map(Points::Fixed)
            }
        };
        fields.finish();
        let series = series.into_iter().collect::<Result<Vec<_>, _>>()?;
        let points = points?;
        let n_values = match &points {
            Points::Each { point, .. } => vec![point.values.len()],
            Points::Fixed(all) => all.iter().map(|it| it.values.len()).collect(),
        };
        if series.is_empty() || n_values.iter().any(|it| *it != series.len()) {
            let finding = Finding::new(&codes::WRONG_KIND, "图表各点的 values 与 series 的个数不同");
            return Err(report.error(finding.at(origin).hint("每个点应给每个系列一个数")));
        }
        Ok(ChartSpec { title: title?, kind: kind?, unit: unit?.text, series, points })
    }

    fn by_records(&self, each: &LocatedText, fields: &mut Fields<'_, '_>) -> Result<Points, Reported> {
        let is_narrowed = fields.flag("narrow").unwrap_or(false);
        let (each, scope) = self.each(each, fields.report())?;
        let scope = if is_narrowed { self.narrowed(scope) } else { scope };
        let point = self.point_of(fields, "label", &scope)?;
        Ok(Points::Each { each, is_narrowed, point })
    }

    fn fixed_point(&self, node: &Node, report: &mut Report) -> Result<ChartPoint, Reported> {
        let mut fields = Fields::new(node, "图表的点", report)?;
        let scope = self.scope.clone();
        let point = self.point_of(&mut fields, "title", &scope);
        let when = self.when(&scope, &mut fields);
        fields.finish();
        Ok(ChartPoint { when: when?, ..point? })
    }

    fn point_of(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        scope: &SchemaScope<'_>,
    ) -> Result<ChartPoint, Reported> {
        let title = fields.required_text(key).and_then(|it| self.label(&it, scope, fields.report()));
        let values = fields.texts("values");
        let values: Vec<_> = values.iter().map(|it| self.figure(it, scope, fields.report())).collect();
        let values = values.into_iter().collect::<Result<_, _>>()?;
        Ok(ChartPoint { title: title?, values, when: None })
    }
}

fn kind_named(word: &LocatedText, report: &mut Report) -> Result<ChartKind, Reported> {
    let found = KINDS.iter().find(|(name, _)| *name == &*word.text).map(|(_, it)| *it);
    found.ok_or_else(|| unknown_word(word, "图表类型", KINDS.map(|it| it.0), report))
}
