//! The forms of each committee in one bundle, with the list of what is in it and what is lacking.

use sha2::{Digest, Sha256};

use crate::corrections::entries;
use crate::desk::Desk;

const BUNDLE: &str = "forms/model-branch/信息工程学院党委.zip";

#[test]
fn the_forms_of_a_committee_are_bundled_with_their_sums_and_what_is_lacking() {
    let desk = Desk::new("forms");
    desk.copy_returned();
    desk.run(&["build", "returned", "--only", "forms", "--out", "without"]).expect(1);
    let without = desk.files("without");
    assert!(!without.contains_key(BUNDLE), "it is made where it is asked for");
    desk.patch("returned/huibian.yaml", "[model-branch]", "[{id: model-branch, bundles: true}]");
    desk.run(&["build", "returned", "--only", "forms", "--out", "out"]).expect(1);
    let out = desk.files("out");
    let packed = entries(&out[BUNDLE]);
    assert!(packed.iter().map(|it| &it.0).is_sorted());
    let forms = |it: &&String| it.starts_with("forms/model-branch/信息工程学院/") && it.ends_with(".pdf");
    let made: Vec<&String> = out.keys().filter(forms).collect();
    assert!(!made.is_empty() && packed.len() == made.len() + 1, "{made:?}");
    let list = packed.iter().find(|it| it.0 == "文件清单.txt").unwrap();
    let list = str::from_utf8(&list.1).unwrap();
    for path in made {
        let name = path.rsplit('/').next().unwrap();
        let own = packed.iter().find(|it| it.0 == name).unwrap();
        assert_eq!(own.1, out[path], "{name}");
        let sum: String = Sha256::digest(&own.1).iter().map(|it| format!("{it:02x}")).collect();
        assert!(list.contains(&format!("{sum}  {name}\r\n")), "{name} in {list}");
    }
    // Those that could not be made are named, so that nobody takes the bundle for all.
    assert!(list.contains("缺：") && list.contains("没有生成"), "{list}");
    let text = |path: &str| String::from_utf8(out[path].clone()).unwrap();
    assert!(text("manifest.json").contains(BUNDLE));
    assert!(text("report.html").contains("（压缩包）"));
    desk.run(&["build", "returned", "--only", "forms", "--out", "again"]).expect(1);
    assert_eq!(desk.files("again")[BUNDLE], out[BUNDLE]);
}
