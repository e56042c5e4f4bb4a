"""Printing ballot papers, a whole compound or one building, and replacing a lost one."""

from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the type stubs are older than WTForms 3.3
from wtforms.validators import InputRequired

from app.communities.queries import get_community
from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError, NotFound, Refused
from app.core.forms import HouseForm, deliver, status_of
from app.core.i18n import _, _l, said
from app.core.jobs import job
from app.core.pages import access, page, see_other
from app.core.values import Refusal, the_house
from app.core.words import N_
from app.voting import actions, queries
from app.voting.permissions import PRINT_PAPERS
from app.voting.queries import PollRow, papers
from app.voting.routes.blueprint import pages
from app.voting.routes.view import about_poll
from app.voting.rules.papers import PER_OWNER, PER_UNIT, print_refusal, reading_order
from app.voting.serializers import papers_pdf


class PrintForm(HouseForm):
    """What is printed."""

    building = SelectField(_l("印哪些"), choices=[])
    per = RadioField(
        _l("怎样分"),
        [InputRequired(_l("请选一种"))],
        choices=[
            SelectChoice(PER_UNIT, _l("一户一张"), {"note": ""}),
            SelectChoice(PER_OWNER, _l("一位业主一张"), {"note": _l("名下几套房印在一张上，每套各有方格")}),
        ],
        default=PER_UNIT,
    )


class ReplaceForm(HouseForm):
    """Whose sheet was lost."""

    line = StringField(
        _l("房屋"),
        [InputRequired(_l("请写上是哪一户"))],
        description=_l("照名册上的写法，例如1-2-301或1号楼2单元301。"),
    )


@pages.route("/polls/<int:number>/papers", methods=["GET", "POST"])
@access(PRINT_PAPERS)
def ballot_papers(number: int) -> AnyResponse:
    """Which lines have their paper; print all or one building."""
    found = queries.get_by_number(community().id, number)
    return _papers_page(found, PrintForm.from_request(), ReplaceForm())


def _papers_page(found: PollRow, form: PrintForm, replace: ReplaceForm, unplaced: Refusal | None = None) -> AnyResponse:
    rows = sorted(papers.issued(found.id), key=lambda row: reading_order(row.building))
    form.building.choices = [
        SelectChoice("", _("全部")),
        *(SelectChoice(row.building, _called(row.building)) for row in rows if row.building),
    ]
    about, problem = about_poll(found), unplaced
    late = print_refusal(found.terms, found.state, found.lines > 0)

    def act() -> str:
        print_id = actions.begin_print(actor(), found.id, form.per.data, form.building.data or "", about["title"])
        return url_for(".ballot_print", number=found.number, print_id=print_id)

    if request.endpoint == "voting.ballot_papers":
        location, problem = deliver(form, act, late)
        if location:
            return see_other(location)
    return page(
        "voting/ballot_papers.html",
        status=status_of(replace if replace.errors else form, problem),
        **about,
        rows=rows,
        printings=papers.prints(found.id),
        refusal=late,
        form=form,
        replace=replace,
        sent=replace if request.endpoint == "voting.replace_paper" else form,
        problem=problem,
    )


def _called(building: str) -> str:
    return _("%(number)s号楼", number=building) if building.isdigit() else building


@pages.post("/polls/<int:number>/papers/replace")
@access(PRINT_PAPERS)
def replace_paper(number: int) -> AnyResponse:
    """A lost sheet is void; the new one is printed by itself."""
    found = queries.get_by_number(community().id, number)
    form = ReplaceForm.from_request()

    def act() -> str:
        try:
            key = papers.key_of(found.id, form.line.data or "")
        except NotFound as unknown:
            raise Refused(unknown.refusal) from None
        actions.reissue_paper(actor(), found.id, key)
        return url_for(".ballot_papers", number=number, replaced=key)

    location, problem = deliver(form, act, print_refusal(found.terms, found.state, found.lines > 0))
    return see_other(location) if location else _papers_page(found, PrintForm(), form, problem)


@pages.get("/polls/<int:number>/papers/<int:print_id>")
@access(PRINT_PAPERS)
def ballot_print(number: int, print_id: int) -> Response:
    """How far a printing has come; one may leave and come back."""
    found = queries.get_by_number(community().id, number)
    row = papers.get_print(community().id, found.id, print_id)
    return page("voting/ballot_print.html", **about_poll(found), printing=row, fragments=("_print",))


@pages.get("/polls/<int:number>/papers/<int:print_id>.pdf")
@access(PRINT_PAPERS)
def printed_papers(number: int, print_id: int) -> Response:
    """The sheets as one PDF."""
    found = queries.get_by_number(community().id, number)
    content = papers.printed_file(papers.get_print(community().id, found.id, print_id))
    if content is None:
        raise NotFound(N_("这一批选票没有保留：印好的文件只放一天。可以再印一次，选票码不变。"))
    return _as_pdf(content, f"ballots-{number}-{print_id}.pdf")


@pages.get("/polls/<int:number>/papers/one.pdf")
@access(PRINT_PAPERS)
def one_paper(number: int) -> Response:
    """The sheet of one line, for instance the one that replaces a lost one."""
    found = queries.get_by_number(community().id, number)
    key = papers.key_of(found.id, request.args.get("line", ""))
    sheets = [one for one in papers.sheets_of(found.id) if any(line.key == key for line in one.lines)]
    if not sheets:
        raise NotFound(N_("这一户还没有印过选票。"))
    content = papers_pdf(community(), found, about_poll(found)["title"], sheets, clock.now())
    actions.note_printing(actor(), found.id, len(sheets))
    return _as_pdf(content, f"ballot-{number}-{key}.pdf")


def _as_pdf(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@job(actions.PRINT_JOB)
def print_papers(print_id: int) -> None:
    """Make the papers of a printing; once, however often the queue asks."""
    row = papers.find_print_at_work(print_id)
    if row is None:
        return
    house = the_house(row.community_id)
    try:
        while actions.issue_papers(house, row.poll_id, row.per, row.building):
            actions.note_print(print_id, 0, row.total)
        poll = queries.get_poll(row.poll_id)
        sheets = papers.sheets_of(row.poll_id, row.building)
        content = papers_pdf(
            get_community(row.community_id),
            poll,
            row.title,
            sheets,
            clock.now(),
            lambda done: actions.note_print(print_id, done, len(sheets)),
        )
        actions.finish_print(house, print_id, content, len(sheets))
    except HouseError as error:
        actions.refuse_print(print_id, said(error.refusal))
