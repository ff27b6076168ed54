//! Charts: a category for each record, or declared ones, with figures that are facts.

use super::loading::Loading;
use crate::declaring::chart_kind;
use crate::summary::declaration::{ChartPoint, ChartSpec, Points};
use dataset::SchemaScope;
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node, Parts, all};

impl Loading<'_> {
    /// Reads `chart:`.
    pub(super) fn chart(&self, node: &Node, report: &mut Report) -> Result<ChartSpec, Reported> {
        let mut fields = Fields::new(node, "图表", report)?;
        let origin = fields.origin();
        let title = self.required("title", &self.scope, &mut fields);
        let kind = fields.required_as("kind", chart_kind);
        let unit = fields.required_string("unit");
        let series = fields.texts_as("series", |it, report| self.label(it, &self.scope, report));
        // A chart that is zero throughout is always left out.
        fields.text("empty");
        let points = match fields.text("each") {
            Some(each) => self.by_records(&each, &mut fields),
            None => {
                let points = fields.list("points").iter();
                all(points.map(|it| self.fixed_point(it, fields.report()))).map(Points::Fixed)
            }
        };
        let (series, points) = fields.whole((series, points))?;
        let n_values = match &points {
            Points::Each { point, .. } => vec![point.values.len()],
            Points::Fixed(all) => all.iter().map(|it| it.values.len()).collect(),
        };
        if series.is_empty() || n_values.iter().any(|it| *it != series.len()) {
            let finding = Finding::new(&codes::WRONG_KIND, "图表各点的 values 与 series 的个数不同");
            return Err(report.error(finding.at(origin).hint("每个点应给每个系列一个数")));
        }
        let (title, kind, unit) = (title, kind, unit).whole()?;
        Ok(ChartSpec { title, kind, unit, series, points })
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
        let (point, when) = fields.whole((point, when))?;
        Ok(ChartPoint { when, ..point })
    }

    fn point_of(
        &self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        scope: &SchemaScope<'_>,
    ) -> Result<ChartPoint, Reported> {
        let title = fields.required_as(key, |it, report| self.label(it, scope, report));
        let values = fields.texts_as("values", |it, report| self.figure(it, scope, report));
        let (title, values) = (title, values).whole()?;
        Ok(ChartPoint { title, values, when: None })
    }
}
