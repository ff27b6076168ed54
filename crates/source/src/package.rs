//! Packages of workbooks and documents, opened within the limits; what is wrong with one is said to the clerk.

use super::sniff::encrypted;
use super::{Limits, Refusal, refusal};
use finding::codes;
use ooxml::{Package, PackageFault, Watch};

/// Opens the package of a workbook.
pub(super) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, Refusal> {
    open_watched(bytes, limits, &mut |_, _| {})
}

/// The same, while `watch` is shown the inflated bytes.
pub(super) fn open_watched<'b>(
    bytes: &'b [u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Package<'b>, Refusal> {
    Package::open_watched(bytes, &limits.package, watch).map_err(refused)
}

/// The finding for a file that is not whole.
pub(super) fn damaged(message: impl Into<String>) -> Refusal {
    refusal(&codes::FILE_DAMAGED, message, "请确认该文件能用 WPS 或 Excel 打开，另存为 xlsx 后重新提交")
}

/// The finding for a package that no office program would write.
pub(super) fn unsafe_package(message: impl Into<String>) -> Refusal {
    refusal(&codes::FILE_UNSAFE, message, "请用 WPS 或 Excel 打开，另存为 xlsx 后重新提交")
}

fn refused(fault: PackageFault) -> Refusal {
    let message = fault.to_string();
    match fault {
        PackageFault::Broken | PackageFault::Undecodable => damaged(message),
        PackageFault::Encrypted => encrypted(),
        PackageFault::TooManyParts { .. } => {
            refusal(&codes::FILE_TOO_LARGE, message, "请删去其中的图片等对象后另存")
        }
        PackageFault::TooLarge { .. } => {
            refusal(&codes::FILE_TOO_LARGE, message, "请删去无关的工作表、图片和空白格式后另存")
        }
        PackageFault::SameName | PackageFault::Outside(_) | PackageFault::Bomb => unsafe_package(message),
    }
}
