"""Which files may be attached, and under which name."""

import pytest

from app.attachments.rules import (
    LARGEST,
    MOST,
    count_refusal,
    file_name,
    kind_of_package,
    kind_refusal,
    pixels_refusal,
    remove_refusal,
    size_refusal,
)


def test_a_file_holds_something_and_at_most_ten_megabytes() -> None:
    assert size_refusal(1) is None
    assert size_refusal(LARGEST) is None
    empty, large = size_refusal(0), size_refusal(LARGEST + 1)
    assert empty is not None
    assert large is not None
    assert large.values == {"size": 11, "limit": 10}


def test_twenty_files_are_enough() -> None:
    assert count_refusal(MOST - 1) is None
    assert count_refusal(MOST) is not None


def test_a_picture_has_at_most_fifty_million_pixels() -> None:
    assert pixels_refusal(10_000, 5_000) is None
    assert pixels_refusal(10_001, 5_000) is not None


def test_only_kinds_without_programs_are_taken() -> None:
    assert kind_refusal("pdf") is None
    assert kind_refusal("exe") is not None
    assert kind_refusal(None) is not None


def test_what_is_gone_cannot_go_again() -> None:
    assert remove_refusal(False) is None
    assert remove_refusal(True) is not None


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("路灯 报价.pdf", "路灯 报价.pdf"),
        ("照片.exe", "照片.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ('a"b;c%d.pdf', "a b c d.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("\x00", "file.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("长" * 200 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_a_name_is_safe_everywhere_and_ends_as_its_content_does(given: str, name: str) -> None:
    assert file_name(given, "pdf") == name


def test_a_package_is_what_it_holds_and_nothing_with_a_program_in_it() -> None:
    assert kind_of_package(frozenset({"word/document.xml"})) == "docx"
    assert kind_of_package(frozenset({"xl/workbook.xml"})) == "xlsx"
    assert kind_of_package(frozenset({"ppt/presentation.xml"})) == "pptx"
    assert kind_of_package(frozenset({"word/document.xml", "word/vbaProject.bin"})) is None
    assert kind_of_package(frozenset({"a.txt"})) is None
