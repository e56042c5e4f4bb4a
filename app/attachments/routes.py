"""Handing files out, taking them in, taking them away."""

from urllib.parse import quote

from flask import Response, make_response, request
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response as AnyResponse

from app.attachments import actions, queries
from app.attachments.forms import AttachForm
from app.attachments.rules import KINDS, LARGEST
from app.core.context import actor, community, me
from app.core.errors import Forbidden, HouseError, Refused, SignInNeeded
from app.core.forms import HouseForm, hand_in
from app.core.house import describe
from app.core.i18n import said
from app.core.pages import access, community_pages, page, see_other
from app.core.permissions import PUBLIC, SIGNED_IN, permissions
from app.core.values import Refusal
from app.core.words import N_

pages = community_pages("attachments")
SANDBOX = "default-src 'none'; sandbox"


@pages.get("/attachments/<int:number>")
@access(PUBLIC)
def attachment(number: int) -> Response:
    """A file to keep or open: never part of this site, whatever is in it."""
    row = queries.get_readable(community().id, number)
    reader = actor()
    if not queries.may_read(reader, row):
        if me() is None:
            raise SignInNeeded
        raise Forbidden(Refusal(N_("这个附件不对您公开。")))
    everybody = row.readers == PUBLIC.name
    response = make_response(queries.content(row))
    response.headers["Content-Type"] = KINDS[row.kind].media
    response.headers["Content-Disposition"] = _disposition(row.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=300" if everybody else "private, no-store"
    if everybody:
        response.set_etag(row.digest)
        response.make_conditional(request)
    return response


@pages.route("/attachments/new/<leave>", methods=["GET", "POST"])
@access(SIGNED_IN)
def attach_file(leave: str) -> AnyResponse:
    """Attach a file to the thing whose page led here."""
    given = queries.get_leave(leave, actor(), community().id)
    form = AttachForm.from_request()
    if form.sent_well():
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise Refused(Refusal(N_("请选一个文件。")))
            file = actions.prepare_file(sent.filename, sent.read(LARGEST + 1))
        except HouseError as error:
            form.file.errors = [said(error.refusal)]
        else:

            def act() -> str:
                readers = next(verb for verb in permissions() if verb.name == given.readers)
                actions.attach_file(
                    actor(), community().id, given.subject, given.matter, file, readers=readers, verb=SIGNED_IN
                )
                return given.back

            return see_other(hand_in(form, act))
    return page("attachments/attach_file.html", form=form, back=given.back, status=422 if form.errors else 200)


@pages.route("/attachments/<int:number>/remove", methods=["GET", "POST"])
@access(SIGNED_IN)
def remove_attachment(number: int) -> AnyResponse:
    """Take a file away, after a second look."""
    row = queries.get_readable(community().id, number)
    if not queries.may_remove(actor(), row):
        raise Forbidden(Refusal(N_("只有添加的人和服务台可以删去这个附件。")))
    form = HouseForm.from_request()
    if form.sent_well():

        def act() -> str:
            subject = actions.remove_attachment(actor(), community().id, number)
            found = describe([subject]).get(subject)
            return found.url if found and found.url else f"/c/{community().slug}/"

        return see_other(hand_in(form, act))
    return page("attachments/remove_attachment.html", form=form, attachment=row)


def _disposition(name: str) -> str:
    """To keep, under its name: in plain letters for old readers, in UTF-8 for all others (RFC 6266, RFC 5987)."""
    plain = "".join(char if char.isascii() else "_" for char in name)
    return dump_options_header("attachment", {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"})
