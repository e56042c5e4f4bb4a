"""Files are known by their content, made harmless, kept under their hash, and gone when nobody needs them."""

import io
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.attachments import actions, queries
from app.attachments.actions import PreparedFile, prepare_file
from app.attachments.models import Attachment
from app.attachments.permissions import REMOVE_ATTACHMENT
from app.attachments.rules import LARGEST, MOST
from app.core.db import db
from app.core.errors import Forbidden, HouseError, Malformed, NotFound, Refused
from app.core.permissions import SIGNED_IN
from app.core.storage import fetch_file
from app.core.values import ANYONE, Ref
from app.journal.models import JournalEntry
from tests.books import SMALL, book
from tests.conftest import Clock
from tests.world import World

THING = Ref("proposal", 7)
TEXT = PreparedFile("说明.txt", "text", "说明".encode())


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "red").save(buffer, kind, **options)  # type: ignore[arg-type]  # the options of each format
    return buffer.getvalue()


def package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return buffer.getvalue()


def attach(world: World, role: str = "clerk", subject: Ref = THING, file: PreparedFile = TEXT, **more: object) -> int:
    actor = world.actor(role)
    return actions.attach_file(actor, world.community_id, subject, subject, file, **more)  # type: ignore[arg-type]  # readers and verb


def stored(world: World, number: int) -> Attachment:
    return queries.get_attachment(world.community_id, number)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.exe", b"%PDF-1.7\n1 0 obj", "pdf"),
        ("a.bin", picture("PNG"), "png"),
        ("a.bin", picture("JPEG"), "jpeg"),
        ("a.bin", picture("WEBP"), "webp"),
        ("a.bin", picture("GIF", mode="P"), "png"),
        ("a.bin", picture("BMP"), "png"),
        ("a.bin", book(SMALL), "xlsx"),
        ("a.bin", package(word__document_xml=b"<w/>"), "docx"),
        ("a.bin", package(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        ("a.csv", "楼栋,房号\n1,101\n".encode(), "text"),
    ],
)
def test_a_file_is_known_by_its_content(name: str, content: bytes, kind: str) -> None:
    prepared = prepare_file(name, content)
    assert prepared.kind == kind
    assert prepared.name.startswith("a.")
    assert not prepared.name.endswith((".exe", ".bin"))


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\0" * 100,
        b"\x7fELF" + b"\0" * 100,
        b"<!doctype html><script>alert(1)</script>",
        b"\n\n <html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"\0\0\0\x18ftypmp42" + b"\0" * 50,
        b"hello\0world",
        "你好".encode("gb18030"),
        package(b=b"x"),
        package(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"),
        package(mimetype=b"application/epub+zip"),
        b"PK\x03\x04 broken",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(content: bytes) -> None:
    with pytest.raises(Refused, match="不能上传这种文件"):
        prepare_file("a.pdf", content)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(Refused, match="空的"):
        prepare_file("a.txt", b"")
    with pytest.raises(Refused, match="MB"):
        prepare_file("a.txt", b"a" * (LARGEST + 1))


def test_a_picture_forgets_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    sent = picture("JPEG", exif=exif)
    assert b"secret place" in sent
    made = prepare_file("a.jpg", sent).content
    assert b"secret place" not in made
    with Image.open(io.BytesIO(made)) as found:
        assert found.size == (20, 40)
        assert not found.getexif()


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    made = prepare_file("a.png", picture("PNG") + b"<script>alert(1)</script>").content
    assert b"<script>" not in made


def test_a_large_picture_becomes_smaller_and_a_clear_one_stays_clear() -> None:
    with Image.open(io.BytesIO(prepare_file("a.png", picture("PNG", (5000, 100))).content)) as found:
        assert found.size == (4000, 80)
    with Image.open(io.BytesIO(prepare_file("a.png", picture("PNG", mode="RGBA")).content)) as found:
        assert found.mode == "RGBA"


def test_a_broken_picture_and_a_bomb_of_pixels_are_told() -> None:
    with pytest.raises(Refused, match="损坏"):
        prepare_file("a.png", picture("PNG")[:60])
    with pytest.raises(Refused, match="太大"):
        prepare_file("a.png", picture("PNG", (10_001, 5_000), mode="1"))
    with pytest.raises(Refused, match="太大"):
        prepare_file("a.png", picture("PNG", (30_000, 20_000), mode="1"))


def test_a_file_is_kept_under_its_hash_and_recorded_without_its_name(world: World) -> None:
    row = stored(world, attach(world))
    assert row.digest == sha256(TEXT.content).hexdigest()
    assert fetch_file(row.path) == TEXT.content
    assert row.path.endswith(f"/{row.digest}")
    line = db.session.scalars(select(JournalEntry).filter_by(event="FileAttached")).one()
    assert row.digest in line.text
    assert "说明" not in line.text
    assert line.matter == THING


def test_the_hash_of_what_not_everybody_may_read_is_not_published(world: World) -> None:
    row = stored(world, attach(world, readers=REMOVE_ATTACHMENT))
    line = db.session.scalars(select(JournalEntry).filter_by(event="FileAttached")).one()
    assert row.digest not in line.text


def test_numbers_count_up_in_each_community(world: World) -> None:
    assert [attach(world), attach(world, subject=Ref("tender", 1))] == [1, 2]


def test_what_is_attached_to_one_thing_is_listed_there_only(app: Flask, world: World) -> None:
    attach(world)
    attach(world, readers=REMOVE_ATTACHMENT)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        seen = queries.attachments(world.community_id, THING, ANYONE)
        assert [(line.number, line.name, line.public, line.remove_url) for line in seen] == [(1, "说明.txt", True, "")]
        clerk = queries.attachments(world.community_id, THING, world.actor("clerk"))
        assert [(line.number, bool(line.remove_url)) for line in clerk] == [(1, True), (2, True)]
        assert queries.attachments(world.community_id, Ref("proposal", 8), world.actor("clerk")) == []
        assert queries.attachments(world.other_id, THING, world.actor("clerk")) == []


def test_the_owning_slice_says_which_verb_it_takes(world: World) -> None:
    with pytest.raises(Forbidden):
        attach(world, "resident")
    assert attach(world, "resident", verb=SIGNED_IN) == 1


def test_the_twenty_first_file_is_refused(world: World) -> None:
    for _ in range(MOST):
        attach(world)
    with pytest.raises(Refused):
        attach(world)
    assert attach(world, subject=Ref("proposal", 8)) == MOST + 1


def test_a_file_is_taken_away_by_its_sender_or_the_desk(world: World) -> None:
    mine, theirs = attach(world, "resident", verb=SIGNED_IN), attach(world)
    with pytest.raises(Forbidden):
        actions.remove_attachment(world.actor("resident"), world.community_id, theirs)
    assert actions.remove_attachment(world.actor("resident"), world.community_id, mine) == THING
    assert actions.remove_attachment(world.actor("secretary"), world.community_id, theirs) == THING
    with pytest.raises(Refused):
        actions.remove_attachment(world.actor("secretary"), world.community_id, theirs)
    with pytest.raises(NotFound):
        queries.get_readable(world.community_id, mine)
    with pytest.raises(NotFound):
        actions.remove_attachment(world.actor("secretary"), world.other_id, theirs)


def test_bytes_go_a_day_after_the_last_thing_that_needs_them(world: World, clock: Clock) -> None:
    first, second = attach(world), attach(world, subject=Ref("tender", 1))
    path = stored(world, first).path
    actions.remove_attachment(world.actor("clerk"), world.community_id, first)
    clock.forward(hours=25)
    actions.forget_removed()
    assert fetch_file(path) == TEXT.content
    actions.remove_attachment(world.actor("clerk"), world.community_id, second)
    clock.forward(hours=23)
    actions.forget_removed()
    assert fetch_file(path) == TEXT.content
    clock.forward(hours=2)
    actions.forget_removed()
    assert fetch_file(path) is None
    third = attach(world)
    assert queries.content(stored(world, third)) == TEXT.content
    actions.forget_removed()
    assert queries.content(stored(world, third)) == TEXT.content


def test_an_undone_action_leaves_no_attachment(world: World) -> None:
    with pytest.raises(HouseError):
        actions.attach_file(ANYONE, world.community_id, THING, None, TEXT)
    assert queries.count(world.community_id, THING) == 0


def test_leave_to_attach_is_for_one_account_one_thing_and_one_day(app: Flask, world: World, clock: Clock) -> None:
    resident = world.actor("resident")
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        url = queries.upload_url(resident, world.community_id, THING, None, "/c/x")
    sealed = url.rsplit("/", 1)[1]
    given = queries.get_leave(sealed, resident, world.community_id)
    assert (given.subject, given.matter, given.back) == (THING, None, "/c/x")
    for actor, community_id in ((world.actor("member"), world.community_id), (resident, world.other_id)):
        with pytest.raises(Malformed):
            queries.get_leave(sealed, actor, community_id)
    for forged in ("", "x", sealed[:-2] + "AA", "é"):
        with pytest.raises(Malformed):
            queries.get_leave(forged, resident, world.community_id)
    clock.set(clock.now + timedelta(days=1, seconds=1))
    with pytest.raises(Malformed):
        queries.get_leave(sealed, resident, world.community_id)
