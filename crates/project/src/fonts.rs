//! The faces that documents are set in: the office's own first, then the bundled ones.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::collections::BTreeMap;
use std::path::Path;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

use super::Project;
use finding::{Finding, Origin, Report, Sources, codes};
use source::{Folders, Limits, SourceError, read_source, walk};

/// Faces under the SIL Open Font License.
static OPEN_FACES: [&[u8]; 6] = [
    include_bytes!("../../../templates/fonts/HuibianSong.otf"),
    include_bytes!("../../../templates/fonts/HuibianHei.otf"),
    include_bytes!("../../../templates/fonts/HuibianBiaosong.otf"),
    include_bytes!("../../../templates/fonts/HuibianFangSup.ttf"),
    include_bytes!("../../../templates/fonts/HuibianKaiSup.ttf"),
    include_bytes!("../../../templates/fonts/HuibianRare.otf"),
];

/// Faces made from Fandol: a binary with them inside is passed on under GPL-3.0-or-later as a whole.
#[cfg(feature = "embed-fandol")]
static FANDOL_FACES: [&[u8]; 2] = [
    include_bytes!("../../../templates/fonts/HuibianFang.otf"),
    include_bytes!("../../../templates/fonts/HuibianKai.otf"),
];
#[cfg(not(feature = "embed-fandol"))]
static FANDOL_FACES: [&[u8]; 0] = [];

/// The five styles of type in official documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 仿宋: body text.
    Fang,
    /// 楷体: second-level headings, signatures.
    Kai,
    /// 宋体: page numbers, tables.
    Song,
    /// 黑体: first-level headings.
    Hei,
    /// 小标宋: titles.
    Biaosong,
}

impl Style {
    /// All styles.
    pub const ALL: [Self; 5] = [Self::Fang, Self::Kai, Self::Song, Self::Hei, Self::Biaosong];

    /// The key in the project file and in the data of layouts.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fang => "fang",
            Self::Kai => "kai",
            Self::Song => "song",
            Self::Hei => "hei",
            Self::Biaosong => "biaosong",
        }
    }

    /// The bundled families in the order in which they are tried.
    fn bundled(self) -> &'static [&'static str] {
        match self {
            Self::Fang => &["Huibian Fang", "Huibian FangSup", "Huibian Song", "Huibian Rare"],
            Self::Kai => &["Huibian Kai", "Huibian KaiSup", "Huibian Song", "Huibian Rare"],
            Self::Song => &["Huibian Song", "Huibian Rare"],
            Self::Hei => &["Huibian Hei", "Huibian Song", "Huibian Rare"],
            Self::Biaosong => &["Huibian Biaosong", "Huibian Song", "Huibian Rare"],
        }
    }
}

/// All faces of a run, and which families each style is set in.
#[derive(Debug, Clone)]
pub struct Fonts {
    /// The faces.
    pub faces: Vec<Font>,
    /// The catalogue of the faces, in the same order.
    pub book: FontBook,
    /// Families by style, in the order in which they are tried.
    pub styles: Faces,
}

/// Families by style, in the order in which they are tried.
pub type Faces = BTreeMap<&'static str, Vec<String>>;

impl Fonts {
    /// The bundled faces, and those in the project's `fonts/` folder. A style for which the project names a
    /// family tries that one first.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn load(
        folder: &Path,
        project: &Project,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<Self, SourceError> {
        let mut fonts = Self::bundled();
        let n_bundled = fonts.faces.len();
        if folder.join("fonts").is_dir() {
            fonts.add_folder(folder, sources, report)?;
        }
        for (style, family) in &project.fonts {
            if fonts.book.contains_family(&family.text.to_lowercase()) {
                let named =
                    project.fonts.iter().filter(|(it, _)| it == style).map(|(_, it)| it.text.to_string());
                let families = named.chain(style.bundled().iter().map(|it| (*it).to_owned())).collect();
                fonts.styles.insert(style.id(), families);
            } else {
                report.push(unknown_family(&fonts.book, &family.text, family.origin));
            }
        }
        fonts.add_last_resort(n_bundled);
        fonts.require_main_faces(report);
        Ok(fonts)
    }

    /// The bundled faces alone.
    pub fn bundled() -> Self {
        let mut fonts = Self { faces: Vec::new(), book: FontBook::new(), styles: Faces::new() };
        for bytes in OPEN_FACES.iter().chain(&FANDOL_FACES) {
            fonts.add(Bytes::new(*bytes));
        }
        for style in Style::ALL {
            fonts.styles.insert(style.id(), style.bundled().iter().map(|it| (*it).to_owned()).collect());
        }
        fonts
    }

    /// Whether some face that documents are set in has the character.
    pub fn covers(&self, character: char) -> bool {
        self.styles.values().flatten().any(|family| {
            self.book
                .select_family(&family.to_lowercase())
                .any(|idx| self.book.info(idx).is_some_and(|it| it.coverage.contains(u32::from(character))))
        })
    }

    fn add(&mut self, bytes: Bytes) -> usize {
        let before = self.faces.len();
        for face in Font::iter(bytes) {
            self.book.push(face.info().clone());
            self.faces.push(face);
        }
        self.faces.len() - before
    }

    fn add_folder(
        &mut self,
        folder: &Path,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<(), SourceError> {
        let folders = Folders { root: folder, wanted: &["fonts".into()], excluded: &[] };
        for found in walk(folders, sources, report)? {
            let is_font =
                [".otf", ".ttf", ".ttc", ".otc"].iter().any(|it| found.shown.to_lowercase().ends_with(it));
            if !is_font {
                continue;
            }
            let file = sources.add(found.shown);
            let origin = Origin::file(file);
            match read_source(&found.path, file, &mut *sources, &Limits::standard()) {
                Ok(bytes) => {
                    if self.add(Bytes::new(bytes)) == 0 {
                        let finding =
                            Finding::new(&codes::FONT_UNREADABLE, "不是可以使用的字体文件").at(origin);
                        report.push(finding.hint("请换用 otf、ttf 或 ttc 字体"));
                    }
                }
                Err(finding) => report.push(finding.at(origin)),
            }
        }
        Ok(())
    }

    /// Every face of the project's folder is tried last in every style: one that is put there for a rare
    /// character serves without being named.
    fn add_last_resort(&mut self, n_bundled: usize) {
        for face in &self.faces[n_bundled..] {
            let family = &face.info().family;
            for families in self.styles.values_mut().filter(|it| !it.contains(family)) {
                families.push(family.clone());
            }
        }
    }

    /// Without the Fandol faces inside, the project has to bring a 仿宋 and a 楷体.
    fn require_main_faces(&self, report: &mut Report) {
        for style in [Style::Fang, Style::Kai] {
            let families = &self.styles[style.id()];
            if !families.iter().take(1).any(|it| self.book.contains_family(&it.to_lowercase())) {
                let message = format!("没有“{}”所需的字体“{}”", style.id(), families[0]);
                report.push(
                    Finding::new(&codes::FONT_MISSING, message)
                        .hint("请把 HuibianFang.otf、HuibianKai.otf 放入项目的 fonts 文件夹，或在项目文件的 fonts 中指定自有字体"),
                );
            }
        }
    }
}

fn unknown_family(book: &FontBook, family: &str, origin: Origin) -> Finding {
    let known: Vec<&str> = book.families().map(|(name, _)| name).collect();
    let hint = match source::nearest(family, known.iter().copied()) {
        Some(near) => format!("是否应为“{near}”？"),
        None => format!("请把字体文件放入项目的 fonts 文件夹；现有字体：{}", known.join("、")),
    };
    Finding::new(&codes::FONT_MISSING, format!("没有名为“{family}”的字体")).at(origin).hint(hint)
}
