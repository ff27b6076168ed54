//! `huibian init`: a small working project to start from.
#![expect(clippy::disallowed_methods, reason = "init writes the starter project")]

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::arguments::InitArguments;
use super::{COULD_NOT_RUN, DONE};

/// The project that is written: it builds as it is.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/starter");

pub(super) fn run(arguments: &InitArguments) -> u8 {
    let dir = &arguments.dir;
    let is_taken = fs::read_dir(dir).is_ok_and(|mut it| it.next().is_some());
    if is_taken {
        eprintln!("“{}”中已有文件，没有写入。请换一个新文件夹", dir.display());
        return COULD_NOT_RUN;
    }
    if let Err((path, error)) = write(&STARTER, dir) {
        eprintln!("无法写入“{path}”：{error}");
        return COULD_NOT_RUN;
    }
    super::show(&format!(
        "已在“{0}”新建项目。\n下一步：huibian check {0}，然后 huibian build {0}\n",
        dir.display()
    ));
    DONE
}

fn write(from: &Dir<'_>, to: &Path) -> Result<(), (String, std::io::Error)> {
    let named = |path: &Path| {
        let path = path.display().to_string();
        move |error| (path, error)
    };
    fs::create_dir_all(to).map_err(named(to))?;
    for file in from.files() {
        let path = to.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(named(&path))?;
    }
    for dir in from.dirs() {
        write(dir, &to.join(dir.path().file_name().unwrap_or_default()))?;
    }
    Ok(())
}
