"""Taking a spreadsheet in: choose, look through, confirm; a large one is worked on while its sender goes on."""

from collections.abc import Iterator, Sequence

from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.communities.queries import get_community
from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError, NotFound
from app.core.forms import hand_in
from app.core.i18n import _, said
from app.core.jobs import job
from app.core.pages import access, page, see_other
from app.core.steady import steady
from app.core.values import Refusal
from app.register import actions, queries
from app.register.forms import LARGEST_FILE, ConfirmForm, Sheet, UploadForm, open_workbook
from app.register.permissions import IMPORT_REGISTER
from app.register.routes.desk import pages
from app.register.rules import Reading, missing_refusal, read_register
from app.register.serializers import rejected_csv

SHOWN_FINDINGS = 500
MANY_ROWS = 5000
STEP = 1000
Found = tuple[queries.Upload, Sheet, Reading]


@pages.route("/dwellings/import", methods=["GET", "POST"])
@access(IMPORT_REGISTER)
def import_register() -> AnyResponse:
    """Choose the committee's spreadsheet; nothing is written yet."""
    form = UploadForm.from_request()
    if form.sent_well():
        sent = request.files.get("file")
        content = sent.read(LARGEST_FILE + 1) if sent else b""
        sheet = open_workbook(content) if sent and sent.filename else Refusal(_("请选名册的表格文件。"))
        if not isinstance(sheet, Refusal) and sent:
            name = sent.filename or ""

            def act() -> str:
                return url_for(".preview", upload_id=actions.keep_upload(actor(), community().id, name, content))

            return see_other(hand_in(form, act))
        form.file.errors = [said(sheet)] if isinstance(sheet, Refusal) else []
    return page("register/import_register.html", form=form, status=422 if form.errors else 200)


@pages.route("/dwellings/import/<int:upload_id>", methods=["GET", "POST"])
@access(IMPORT_REGISTER)
def preview(upload_id: int) -> AnyResponse:
    """What was read from the spreadsheet: every cell to mend, or the figures and one button."""
    here = community()
    form = ConfirmForm.from_request()
    if form.sent_well():
        # Read before the transaction; the second of two clicks finds nothing any more and is led on by its token.
        ready = _find(upload_id)
        return see_other(hand_in(form, lambda: _confirm(upload_id, ready or _read(upload_id))))
    waiting = queries.get_upload(here.id, actor().account_id, upload_id)
    if waiting.state != queries.WAITING:
        return see_other(url_for(".import_work", upload_id=upload_id))
    upload, sheet, reading = _read(upload_id)
    changes = None if reading.findings else queries.foreseen_changes(here.id, reading)
    return page(
        "register/preview.html",
        upload=upload,
        reading=reading,
        notes=(*sheet.notes, *reading.notes),
        shown=reading.findings[:SHOWN_FINDINGS],
        changes=changes,
        filled=queries.is_filled(here.id),
        missing=missing_refusal(changes) if changes else None,
        form=form,
    )


def _confirm(upload_id: int, found: Found) -> str:
    """A small spreadsheet is taken in at once, a large one by the jobs."""
    upload, sheet, reading = found
    here = community()
    if len(sheet.rows) > MANY_ROWS and not reading.findings:
        actions.begin_import(actor(), here.id, upload_id, len(sheet.rows))
        return url_for(".import_work", upload_id=upload_id)
    actions.import_register(actor(), here.id, reading, upload.file_hash, clock.today(here.zone))
    actions.drop_upload(actor(), here.id, upload_id)
    return url_for(".dwellings")


@pages.get("/dwellings/import/<int:upload_id>/rejected.csv")
@access(IMPORT_REGISTER)
def rejected(upload_id: int) -> Response:
    """Every cell to mend, as a file for the committee's own spreadsheet program."""
    response = make_response(rejected_csv(_read(upload_id)[2].findings))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.get("/dwellings/import/<int:upload_id>/progress")
@access(IMPORT_REGISTER)
def import_work(upload_id: int) -> Response:
    """How far a large spreadsheet has come; one may leave and come back."""
    upload = queries.get_upload(community().id, actor().account_id, upload_id)
    return page("register/import_work.html", upload=upload, fragments=("_work",))


@job(actions.IMPORT_JOB)
def import_upload(upload_id: int) -> None:
    """Take in a spreadsheet that was confirmed; once, however often the queue asks."""
    upload = queries.find_upload_at_work(upload_id)
    if upload is None:
        return
    try:
        sheet = _opened(upload.content)
        today = clock.today(get_community(upload.community_id).zone)
        reading = steady(read_register)(_watched(upload_id, sheet.rows), sheet.headings, today)
        actions.finish_upload(upload_id, reading, today)
    except HouseError as error:
        actions.refuse_upload(upload_id, said(error.refusal))


def _watched(upload_id: int, rows: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            actions.note_progress(upload_id, number, len(rows))
        yield row


def _find(upload_id: int) -> Found | None:
    try:
        return _read(upload_id)
    except NotFound:
        return None


def _read(upload_id: int) -> Found:
    here = community()
    upload = queries.get_upload(here.id, actor().account_id, upload_id)
    sheet = _opened(upload.content)
    return upload, sheet, steady(read_register)(sheet.rows, sheet.headings, clock.today(here.zone))


def _opened(content: bytes) -> Sheet:
    sheet = open_workbook(content)
    assert not isinstance(sheet, Refusal), "only what could be opened is kept"
    return sheet
