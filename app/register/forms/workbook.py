"""A spreadsheet as it arrives: judged by its content, never by its name, before a single cell is believed."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules import Headings, MergedRange, find_headings, unmerged

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
MOST_PARTS = 1000
MOST_ROWS = 100_000
MOST_COLUMNS = 256
_FAR_CELL = re.compile(rb"""\br\s*=\s*["'](?:([A-Z]{2,})[0-9]+|[A-Z]*([0-9]{6,}))["']""")

_SAVE_AS = N_("请用表格软件打开名册，另存为“Excel工作簿（.xlsx）”，再上传。")
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("PDF文件")),
    (b"\x89PNG", N_("图片")),
    (b"\xff\xd8\xff", N_("图片")),
    (b"GIF8", N_("图片")),
    (b"Rar!", N_("压缩包")),
    (b"7z\xbc\xaf", N_("压缩包")),
    (b"\x1f\x8b", N_("压缩包")),
    (b"MZ", N_("程序")),
    (b"\x7fELF", N_("程序")),
    (b"{\\rtf", N_("文字文档")),
    (b"<", N_("网页")),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The one sheet that holds the register: all its rows from the first, merged cells undone, and its headings."""

    name: str
    rows: Sequence[Sequence[object]]
    headings: Headings
    notes: tuple[Refusal, ...] = ()


def open_workbook(content: bytes) -> Sheet | Refusal:
    """The sheet with the register, or the sentence that says what is wrong with the file and what to do."""
    refusal = file_refusal(content)
    if refusal is not None:
        return refusal
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _register_sheet(workbook)
    except PasswordError:
        return _locked()
    except (CalamineError, OSError, ValueError, UnicodeError):
        return _damaged()
    except BaseException as error:
        # The library is written in Rust: what it cannot read at all arrives as a panic, outside of Exception.
        if type(error).__name__ != "PanicException":
            raise
        return _damaged()


def file_refusal(content: bytes) -> Refusal | None:
    """Why this cannot be a spreadsheet that we may unpack."""
    if not content:
        return Refusal(N_("文件是空的。请选名册的表格文件，再上传一次。"))
    if len(content) > LARGEST_FILE:
        return too_large(len(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _locked()
        return _other_kind(N_("旧版表格（.xls）或旧版文档"))
    if not content.startswith(b"PK"):
        return _other_kind(
            next(
                (kind for mark, kind in _KINDS if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(mark)),
                _by_text(content),
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _package_refusal(package)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        return _damaged()


def too_large(size: int) -> Refusal:
    """The file is larger than any register is."""
    return Refusal(
        N_("文件有%(size)s MB，超过%(limit)s MB。请删去图片和无关的工作表，只留名册，再上传。"),
        {"size": -(-size // MEGABYTE), "limit": LARGEST_FILE // MEGABYTE},
    )


def _package_refusal(package: zipfile.ZipFile) -> Refusal | None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return _locked()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return Refusal(
            N_("文件解开后超过%(limit)s MB，不像名册，没有打开。请新建一个表格，只把名册粘贴进去，再上传。"),
            {"limit": LARGEST_UNPACKED // MEGABYTE},
        )
    if "xl/workbook.xml" not in names:
        if any(name.startswith("word/") for name in names):
            return _other_kind(N_("文字文档（.docx）"))
        if "content.xml" in names or "xl/workbook.bin" in names:
            return _other_kind(N_("别的格式的表格"))
        return _other_kind(N_("压缩包"))
    for part in parts:
        # Reading stops at the announced size and compares the checksum, so an announcement cannot lie.
        text = package.read(part)
        if part.filename.startswith("xl/worksheets/") and _too_far(text):
            return Refusal(
                N_(
                    "工作表超过%(rows)s行或%(columns)s列，多半是很远的地方有一格没清掉。请新建一个表格，只把名册粘贴进去，再上传。"
                ),
                {"rows": MOST_ROWS, "columns": MOST_COLUMNS},
            )
    return None


def _too_far(sheet: bytes) -> bool:
    """Whether a cell stands so far out that the rectangle up to it would fill the memory."""
    for letters, digits in _FAR_CELL.findall(sheet):
        if digits and int(digits) > MOST_ROWS:
            return True
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if column > MOST_COLUMNS:
            return True
    return False


def _register_sheet(workbook: CalamineWorkbook) -> Sheet | Refusal:
    found: list[Sheet] = []
    missing: Refusal | None = None
    unread: list[str] = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
        if not rows:
            continue
        headings = find_headings(rows)
        if isinstance(headings, Refusal):
            unread.append(about.name)
            missing = missing or Refusal(N_("工作表“%(sheet)s”：%(why)s"), {"sheet": about.name, "why": headings})
            continue
        ranges: Sequence[MergedRange] = sheet.merged_cell_ranges or ()
        found.append(Sheet(about.name, unmerged(rows, ranges, headings), headings))
    if len(found) > 1:
        return Refusal(
            N_("有%(count)s张工作表都像名册：%(names)s。请把它们合成一张，或删去多余的，再上传。"),
            {"count": len(found), "names": "、".join(sheet.name for sheet in found)},
        )
    if not found:
        return missing or Refusal(N_("表格里一个字也没有。请选写了名册的表格文件，再上传一次。"))
    notes = (Refusal(N_("没有读这些工作表：%(names)s。"), {"names": "、".join(unread)}),) if unread else ()
    return Sheet(found[0].name, found[0].rows, found[0].headings, notes)


def _by_text(content: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content[:4096].decode(encoding, errors="strict" if len(content) <= 4096 else "ignore")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return N_("文本文件（例如.csv）")
    return N_("别的文件")


def _other_kind(kind: str) -> Refusal:
    return Refusal(
        N_("这个文件的内容是%(kind)s，不是.xlsx表格，改文件名没有用。%(cure)s"),
        {"kind": Refusal(kind), "cure": Refusal(_SAVE_AS)},
    )


def _locked() -> Refusal:
    return Refusal(N_("表格有打开密码。请先在表格软件里去掉密码，另存一份，再上传。"))


def _damaged() -> Refusal:
    return Refusal(N_("表格文件损坏了，打不开。请在表格软件里打开、另存为.xlsx，再上传。"))
