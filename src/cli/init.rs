//! `huibian init`: a small working project to start from.

use super::arguments::InitArguments;
use super::{COULD_NOT_RUN, DONE, show};
use crate::session::init;

pub(super) fn run(arguments: &InitArguments) -> u8 {
    if let Err(fault) = init(&arguments.dir) {
        eprintln!("{fault}");
        return COULD_NOT_RUN;
    }
    show(&format!(
        "已在“{0}”新建项目。\n下一步：huibian check {0}，然后 huibian build {0}\n",
        arguments.dir.display()
    ));
    DONE
}
