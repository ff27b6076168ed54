//! Publishing: bytes go into the output folder so that a killed run leaves every file either old or new.
//!
//! Documents are staged beside the output folder and moved into place one by one, the manifest last.
//! Our files are known by path and SHA-256 from the manifest of the last run, completed by the
//! manifest that a killed run left in its staging folder. All other files belong to somebody else
//! and are never overwritten, moved or removed. Without a readable manifest no file is known to be
//! ours; only files that already hold the new content are taken over.
#![cfg_attr(not(test), forbid(clippy::print_stdout, clippy::print_stderr))]

mod edition;
mod manifest;
mod plan;
mod folder;
mod outcome;

pub use edition::{About, Edition, Scope};
pub use manifest::{Dates, Entry, Manifest, WithheldEntry};
pub use outcome::{PublishError, Published};

use std::path::Path;

use folder::Folder;
use plan::Steps;

/// Writes an edition into the output folder, which is made if it is missing.
///
/// Errors leave every file old or new, and the next run completes what this one began. Calling it
/// again with the same edition changes no file, not even its time.
pub fn publish(out: &Path, edition: &Edition<'_>) -> Result<Published, PublishError> {
    let folder = Folder::open(out)?;
    let last = folder.settle()?;
    let plan = Steps::new(&folder, edition, &last.manifest)?;
    if !plan.is_done(&last.manifest) {
        folder.carry_out(&plan)?;
    }
    Ok(Published { damaged_manifest: last.damaged, ..plan.outcome() })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the folder that was published")]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use jiff::civil::date;

    use super::*;
    use documents::{Artefact, Kind, Made, Withheld};

    const FORMS: Kind = Kind::new("forms");

    /// An output folder for one test, below the system's temporary folder.
    struct Desk(PathBuf);

    impl Desk {
        fn new(test: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("huibian-publish-{}-{test}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn out(&self) -> PathBuf {
            self.0.join("out")
        }

        fn staging(&self) -> PathBuf {
            self.0.join(".out.staging")
        }

        fn publish(&self, documents: &[(&str, &str)]) -> Published {
            publish(&self.out(), &edition(documents)).unwrap()
        }

        fn write(&self, path: &str, text: &str) {
            fs::create_dir_all(self.out().join(path).parent().unwrap()).unwrap();
            fs::write(self.out().join(path), text).unwrap();
        }

        fn text(&self, path: &str) -> Option<String> {
            fs::read_to_string(self.out().join(path)).ok()
        }

        fn manifest(&self) -> Manifest {
            Manifest::parse(self.text("manifest.json").unwrap().as_bytes()).unwrap()
        }

        fn listed(&self) -> Vec<String> {
            self.manifest().files.into_iter().map(|it| it.path).collect()
        }
    }

    impl Drop for Desk {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn edition<'a>(documents: &[(&str, &str)]) -> Edition<'a> {
        let document = |(path, text): &(&str, &str)| {
            let kind = if path.starts_with("forms/") { FORMS } else { Kind::REPORT };
            Made::unplanned(*path, kind, text.as_bytes().to_vec())
        };
        let documents = documents.iter().map(document).collect();
        let period = (date(2024, 1, 1), date(2024, 12, 31));
        Edition {
            about: Some(About { project: Some("2024"), institution: "示例", period }),
            documents,
            withheld: &[],
            is_complete: true,
            scope: Scope::Everything,
        }
    }

    /// The codes of what the clerk is told.
    fn codes(done: &Published) -> Vec<String> {
        done.report().findings().iter().map(|it| it.code.to_string()).collect()
    }

    fn withheld(path: &str) -> Withheld {
        Withheld {
            artefact: Artefact::unplanned(path, FORMS).into(),
            codes: vec!["missing-value".to_owned()],
            reasons: Vec::new(),
            causes: Vec::new(),
        }
    }

    #[test]
    fn documents_arrive_with_their_manifest_and_nothing_else_stays_behind() {
        let desk = Desk::new("first");
        let done = desk.publish(&[("report.html", "r"), ("forms/甲/申报书.pdf", "a")]);
        assert_eq!(done.written, ["forms/甲/申报书.pdf", "report.html"]);
        assert_eq!(desk.text("forms/甲/申报书.pdf").as_deref(), Some("a"));
        assert_eq!(desk.listed(), ["forms/甲/申报书.pdf", "report.html"]);
        assert!(!desk.staging().exists() && !desk.out().join(".huibian.staging").exists());
    }

    #[test]
    fn the_same_edition_again_touches_no_file() {
        let desk = Desk::new("again");
        let documents = [("forms/a.pdf", "a"), ("report.html", "r")];
        desk.publish(&documents);
        let times = || {
            ["forms/a.pdf", "manifest.json"]
                .map(|it| fs::metadata(desk.out().join(it)).unwrap().modified().unwrap())
        };
        let before = times();
        std::thread::sleep(std::time::Duration::from_millis(20));
        let done = desk.publish(&documents);
        assert_eq!((done.written.len(), done.unchanged.len()), (0, 2));
        assert_eq!(times(), before);
    }

    #[test]
    fn a_document_that_somebody_deleted_is_written_again() {
        let desk = Desk::new("deleted");
        desk.publish(&[("forms/a.pdf", "a")]);
        fs::remove_file(desk.out().join("forms/a.pdf")).unwrap();
        assert_eq!(desk.publish(&[("forms/a.pdf", "a")]).written, ["forms/a.pdf"]);
        assert_eq!(desk.text("forms/a.pdf").as_deref(), Some("a"));
    }

    #[test]
    fn what_is_no_longer_planned_goes_with_its_folder_but_not_what_somebody_changed() {
        let desk = Desk::new("stale");
        desk.publish(&[("forms/甲/a.pdf", "a"), ("forms/乙/b.xlsx", "b"), ("report.html", "r")]);
        desk.write("forms/乙/b.xlsx", "b, with the clerk's remarks");
        for _ in 0..2 {
            let done = desk.publish(&[("report.html", "r")]);
            assert_eq!(done.kept, ["forms/乙/b.xlsx"]);
            assert_eq!(codes(&done), ["stale-file-kept"]);
        }
        assert!(!desk.out().join("forms/甲").exists());
        assert_eq!(desk.text("forms/乙/b.xlsx").as_deref(), Some("b, with the clerk's remarks"));
    }

    #[test]
    fn a_document_withheld_now_moves_to_superseded() {
        let desk = Desk::new("superseded");
        desk.publish(&[("forms/甲/a.pdf", "old"), ("forms/乙/b.pdf", "b")]);
        desk.write("superseded/forms/甲/a.pdf", "older");
        let withheld = [withheld("forms/甲/a.pdf")];
        let edition = Edition { withheld: &withheld, ..edition(&[("forms/乙/b.pdf", "b")]) };
        let done = publish(&desk.out(), &edition).unwrap();
        assert_eq!((done.superseded.len(), done.removed.len()), (1, 0));
        assert_eq!(desk.text("superseded/forms/甲/a.pdf").as_deref(), Some("old"));
        assert!(!desk.out().join("forms/甲").exists());
        assert_eq!(desk.manifest().withheld[0].codes, ["missing-value"]);
        assert_eq!(desk.listed(), ["forms/乙/b.pdf"]);
    }

    #[test]
    fn an_edition_with_errors_removes_nothing_for_good() {
        let desk = Desk::new("incomplete");
        desk.publish(&[("forms/甲/a.pdf", "a"), ("forms/乙/b.pdf", "b")]);
        let edition = Edition { is_complete: false, ..edition(&[("forms/乙/b.pdf", "b")]) };
        let done = publish(&desk.out(), &edition).unwrap();
        assert_eq!((done.superseded.len(), done.removed.len()), (1, 0));
        assert_eq!(desk.text("superseded/forms/甲/a.pdf").as_deref(), Some("a"));
    }

    #[test]
    fn a_file_of_somebody_else_is_never_overwritten_and_the_others_are_written() {
        let desk = Desk::new("foreign");
        desk.write("forms/a.pdf", "scan with seals");
        desk.write("forms/same.pdf", "s");
        desk.write("notes.txt", "mine");
        let done = desk.publish(&[("forms/a.pdf", "a"), ("forms/b.pdf", "b"), ("forms/same.pdf", "s")]);
        assert_eq!(
            (done.refused.as_slice(), done.written.as_slice()),
            (&["forms/a.pdf".to_owned()][..], &["forms/b.pdf".to_owned()][..])
        );
        assert_eq!(desk.text("forms/a.pdf").as_deref(), Some("scan with seals"));
        assert_eq!(desk.listed(), ["forms/b.pdf", "forms/same.pdf"]);
        assert_eq!(codes(&done), ["foreign-file"]);
        assert!(done.report().has_errors());
        assert_eq!(desk.publish(&[]).removed, ["forms/b.pdf", "forms/same.pdf"]);
        assert_eq!(desk.text("notes.txt").as_deref(), Some("mine"));
    }

    #[test]
    fn a_published_file_that_somebody_changed_is_not_overwritten_until_it_is_restored() {
        let desk = Desk::new("changed");
        desk.publish(&[("forms/a.xlsx", "1")]);
        desk.write("forms/a.xlsx", "1, with remarks");
        assert_eq!(desk.publish(&[("forms/a.xlsx", "2")]).refused, ["forms/a.xlsx"]);
        desk.write("forms/a.xlsx", "1");
        assert_eq!(desk.publish(&[("forms/a.xlsx", "2")]).written, ["forms/a.xlsx"]);
    }

    #[test]
    fn an_edition_of_one_kind_leaves_the_others_in_place_and_listed() {
        let desk = Desk::new("only");
        desk.publish(&[("forms/a.pdf", "a"), ("forms/b.pdf", "b"), ("report.html", "r")]);
        let forms = Edition { scope: Scope::Only(FORMS), ..edition(&[("forms/a.pdf", "a2")]) };
        let done = publish(&desk.out(), &forms).unwrap();
        assert_eq!(done.removed, ["forms/b.pdf"]);
        assert_eq!(desk.listed(), ["forms/a.pdf", "report.html"]);
        assert_eq!(desk.text("report.html").as_deref(), Some("r"));
    }

    #[test]
    fn a_killed_run_is_completed_by_the_next_one() {
        let desk = Desk::new("killed");
        desk.publish(&[("forms/a.pdf", "a1"), ("forms/b.pdf", "b1")]);
        let old = desk.text("manifest.json").unwrap();
        // The killed run had moved a and the new c, but neither b nor the manifest.
        desk.publish(&[("forms/a.pdf", "a2"), ("forms/b.pdf", "b2"), ("forms/c.pdf", "c2")]);
        fs::create_dir_all(desk.staging().join("forms")).unwrap();
        fs::rename(desk.out().join("manifest.json"), desk.staging().join("manifest.json")).unwrap();
        fs::rename(desk.out().join("forms/b.pdf"), desk.staging().join("forms/b.pdf")).unwrap();
        desk.write("manifest.json", &old);
        desk.write("forms/b.pdf", "b1");
        let done = desk.publish(&[("forms/a.pdf", "a3"), ("forms/b.pdf", "b3")]);
        assert_eq!((done.written.len(), done.refused.len()), (2, 0));
        assert_eq!(done.removed, ["forms/c.pdf"]);
        assert_eq!(desk.text("forms/a.pdf").as_deref(), Some("a3"));
        assert!(!desk.staging().exists());
    }

    #[test]
    fn a_run_killed_while_staging_leaves_nothing_to_complete() {
        let desk = Desk::new("torn");
        desk.publish(&[("forms/a.pdf", "a")]);
        fs::create_dir_all(desk.staging().join("forms")).unwrap();
        fs::write(desk.staging().join("forms/a.pdf"), "half of").unwrap();
        assert_eq!(desk.publish(&[("forms/a.pdf", "a")]).unchanged, ["forms/a.pdf"]);
        assert!(!desk.staging().exists());
    }

    #[test]
    fn where_nothing_can_be_staged_beside_the_folder_it_is_staged_within() {
        let desk = Desk::new("drive");
        fs::write(desk.staging(), "in the way").unwrap();
        assert_eq!(desk.publish(&[("forms/a.pdf", "a")]).written, ["forms/a.pdf"]);
        assert_eq!(fs::read_to_string(desk.staging()).unwrap(), "in the way");
        assert!(!desk.out().join(".huibian.staging").exists());
    }

    #[test]
    fn with_a_damaged_manifest_nothing_counts_as_ours() {
        let desk = Desk::new("damaged");
        desk.publish(&[("forms/a.pdf", "a"), ("forms/b.pdf", "b"), ("forms/c.pdf", "c")]);
        desk.write("manifest.json", "{");
        let edition = Edition {
            withheld: &[withheld("forms/c.pdf")],
            ..edition(&[("forms/a.pdf", "a"), ("forms/b.pdf", "b2")])
        };
        let done = publish(&desk.out(), &edition).unwrap();
        assert_eq!(
            (done.unchanged.as_slice(), done.refused.as_slice()),
            (&["forms/a.pdf".to_owned()][..], &["forms/b.pdf".to_owned()][..])
        );
        assert_eq!(done.kept, ["forms/c.pdf"]);
        assert_eq!(codes(&done), ["foreign-file", "stale-file-kept", "manifest-damaged"]);
        assert_eq!(done.damaged_manifest.as_deref(), Some("manifest.damaged-1.json"));
        assert_eq!(desk.text("manifest.damaged-1.json").as_deref(), Some("{"));
    }

    #[test]
    fn a_second_run_waits_for_the_first_and_a_dead_one_blocks_nobody() {
        let desk = Desk::new("lock");
        let first = Folder::open(&desk.out()).unwrap();
        let second = publish(&desk.out(), &edition(&[]));
        assert!(matches!(second, Err(PublishError::Locked(_))), "{second:?}");
        drop(first);
        assert!(publish(&desk.out(), &edition(&[])).is_ok());
    }

    #[test]
    fn a_path_that_leads_elsewhere_or_meets_another_on_some_system_costs_its_own_documents_only() {
        let desk = Desk::new("paths");
        let documents = [
            ("../a", "a"),
            ("manifest.json", "m"),
            ("forms/A.pdf", "a"),
            ("forms/a.pdf", "b"),
            ("forms/c.pdf", "c"),
        ];
        let done = desk.publish(&documents);
        assert_eq!(done.written, ["forms/c.pdf"]);
        assert_eq!(done.unusable, ["../a", "forms/A.pdf", "forms/a.pdf", "manifest.json"]);
        assert_eq!(codes(&done), ["file-name-unusable"; 4]);
        assert!(done.report().has_errors());
        assert_eq!(desk.listed(), ["forms/c.pdf"]);
        assert!(!desk.0.join("a").exists());
    }

    #[test]
    fn a_path_that_the_system_refuses_costs_its_own_document_only() {
        let desk = Desk::new("long");
        // Names of 80 characters are allowed, but a path of some systems may not be longer than a few thousand bytes.
        let folders = vec!["支".repeat(80); 20].join("/");
        let long = format!("forms/{folders}/a.pdf");
        let withheld = [withheld(&long)];
        let edition = Edition { withheld: &withheld, ..edition(&[("forms/b.pdf", "b")]) };
        assert_eq!(publish(&desk.out(), &edition).unwrap().kept.len(), 0, "nothing can stand there");
        let done = desk.publish(&[(&long, "a"), ("forms/b.pdf", "b2")]);
        assert_eq!(
            (done.unusable.as_slice(), done.written.as_slice()),
            (&[long][..], &["forms/b.pdf".to_owned()][..])
        );
        assert_eq!(desk.listed(), ["forms/b.pdf"]);
    }

    #[test]
    fn what_belongs_to_no_project_leaves_the_folder_to_the_project_whose_it_was() {
        let desk = Desk::new("about");
        let comparison = || Edition { about: None, scope: Scope::Only(Kind::COMPARISON), ..edition(&[]) };
        publish(&desk.out(), &comparison()).unwrap();
        assert_eq!((desk.manifest().project, desk.manifest().period), (None, None));
        desk.publish(&[("forms/a.pdf", "a")]);
        publish(&desk.out(), &comparison()).unwrap();
        let manifest = desk.manifest();
        assert_eq!(
            (manifest.project.as_deref(), manifest.institution.as_deref()),
            (Some("2024"), Some("示例"))
        );
        assert_eq!(manifest.period.map(|it| it.to).as_deref(), Some("2024-12-31"));
    }
}
