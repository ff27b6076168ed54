//! A PDF read back: its pages, and the characters that they show.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, RectExt, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath};

/// What a PDF shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// How many pages there are.
    pub count: usize,
    /// Their characters, in the order in which they are drawn.
    pub text: String,
}

impl Pages {
    /// Reads a PDF; `None` if it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let pdf = Pdf::new(bytes.to_vec()).ok()?;
        let (cache, mut reader) = (InterpreterCache::new(), Reader(String::new()));
        for page in pdf.pages().iter() {
            let area = page.intersected_crop_box().to_kurbo();
            let settings = InterpreterSettings::default();
            let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
            interpret_page(page, &mut context, &mut reader);
        }
        Some(Self { count: pdf.pages().len(), text: reader.0 })
    }
}

/// Takes down the characters that are drawn, and nothing else.
struct Reader(String);

impl<'a> Device<'a> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph(&mut self, it: &Glyph<'a>, _: Affine, _: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        match it.as_unicode() {
            Some(BfString::Char(it)) => self.0.push(it),
            Some(BfString::String(it)) => self.0.push_str(&it),
            None => {}
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
