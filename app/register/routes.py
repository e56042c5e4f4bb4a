"""The register's pages: the desk's list, taking a spreadsheet in, and one's own entry."""

from cryptography.exceptions import InvalidTag
from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community, me
from app.core.errors import NotFound
from app.core.forms import hand_in
from app.core.i18n import _, said
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import SIGNED_IN
from app.core.secrets import decrypt, encrypt
from app.core.values import Refusal
from app.core.words import N_
from app.register import actions, queries
from app.register.forms import LARGEST_FILE, ConfirmForm, UploadForm, open_workbook
from app.register.permissions import IMPORT_REGISTER, INVITE_PERSON, READ_REGISTER
from app.register.rules import BASES, RELATIONS, USES, Reading, missing_refusal, place_words, read_register
from app.register.serializers import rejected_csv

pages = community_pages("register")
CODE = "invitation-code"
SHOWN_FINDINGS = 500


@pages.get("/dwellings")
@access(READ_REGISTER)
def dwellings() -> Response:
    """The register by building, with what it adds up to."""
    here = community().id
    return page(
        "register/dwellings.html",
        buildings=queries.buildings(here),
        last=queries.last_import(here),
        may_import=IMPORT_REGISTER,
    )


@pages.get("/dwellings/buildings/<building>")
@access(READ_REGISTER)
def building(building: str) -> Response:
    """The dwellings of one building."""
    found = queries.dwellings_of(community().id, building)
    return page("register/building.html", building=building, dwellings=found, uses=USES)


@pages.get("/dwellings/<code>")
@access(READ_REGISTER)
def dwelling(code: str) -> Response:
    """One dwelling: who owns it and who lives in it, now and before."""
    found = queries.get_dwelling(community().id, code)
    return page(
        "register/dwelling.html",
        dwelling=found,
        place=place_words(found.building, found.unit, found.room),
        uses=USES,
        bases=BASES,
        relations=RELATIONS,
        may_invite=INVITE_PERSON,
        form=ConfirmForm.from_request(),
    )


@pages.post("/dwellings/<code>/people/<int:person_id>/invite")
@access(INVITE_PERSON)
def invite_person(code: str, person_id: int) -> AnyResponse:
    """A code for somebody of the register, to be handed over on paper."""
    queries.get_dwelling(community().id, code)
    form = ConfirmForm.from_request()

    def act() -> str:
        invitation = actions.invite_person(actor(), community().id, person_id)
        return url_for(".invited_person", code=code, person_id=person_id, sealed=encrypt(invitation, CODE))

    return see_other(hand_in(form, act))


@pages.get("/dwellings/<code>/people/<int:person_id>/invited")
@access(INVITE_PERSON)
def invited_person(code: str, person_id: int) -> Response:
    """The letter with the code; the code itself is stored nowhere."""
    person = queries.get_person(community().id, person_id)
    shown = queries.shown_name(person.name, person.organisation)
    invitation = _opened(request.args.get("sealed", ""))
    return page("register/invited_person.html", code=code, name=shown, invitation=invitation)


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

        def act() -> str:
            upload, reading, _notes = ready or _read(upload_id)
            actions.import_register(actor(), here.id, reading, upload.file_hash, clock.today(here.zone))
            actions.drop_upload(actor(), here.id, upload_id)
            return url_for(".dwellings")

        return see_other(hand_in(form, act))
    upload, reading, notes = _read(upload_id)
    changes = None if reading.findings else queries.foreseen_changes(here.id, reading)
    return page(
        "register/preview.html",
        upload=upload,
        reading=reading,
        notes=notes,
        shown=reading.findings[:SHOWN_FINDINGS],
        changes=changes,
        filled=queries.is_filled(here.id),
        missing=missing_refusal(changes) if changes else None,
        form=form,
    )


@pages.get("/dwellings/import/<int:upload_id>/rejected.csv")
@access(IMPORT_REGISTER)
def rejected(upload_id: int) -> Response:
    """Every cell to mend, as a file for the committee's own spreadsheet program."""
    found = _read(upload_id)[1].findings
    response = make_response(rejected_csv(found))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.get("/my-entry")
@access(SIGNED_IN)
def my_entry() -> Response:
    """What the register says about me."""
    reader = me()
    entries = queries.own_entries(community().id, reader.account_id) if reader else []
    return page("register/my_entry.html", entries=entries, relations=RELATIONS, read_register=READ_REGISTER)


def _opened(sealed: str) -> str:
    try:
        return decrypt(sealed, CODE)
    except (InvalidTag, ValueError):
        raise NotFound(N_("这一页的网址不完整。请回到那一户，再发一次邀请码。")) from None


Found = tuple[queries.Upload, Reading, tuple[Refusal, ...]]


def _find(upload_id: int) -> Found | None:
    try:
        return _read(upload_id)
    except NotFound:
        return None


def _read(upload_id: int) -> Found:
    here = community()
    upload = queries.get_upload(here.id, actor().account_id, upload_id)
    sheet = open_workbook(upload.content)
    assert not isinstance(sheet, Refusal), "only what could be opened is kept"
    reading = read_register(sheet.rows, sheet.headings, clock.today(here.zone))
    return upload, reading, (*sheet.notes, *reading.notes)
