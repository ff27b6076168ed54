//! scratch
mod desk;
mod paper;
#[test]
fn x() {
    for f in desk::files(std::path::Path::new("/tmp/t-x")) {
        if f.0.ends_with("教务处党支部.pdf") {
            let p = paper::Paper::read(f.1);
            println!("{} {:?} {}", p.describe(), p.faces, p.language);
            for l in p.sheets.iter().flat_map(|s| &s.lines).filter(|l| l.is_upright() && l.width > 0.9) {
                println!("{l:?}");
            }
        }
    }
}
