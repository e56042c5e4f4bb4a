"""The desk: entering whom a posting reached, taking back what was wrong, and who is still to be reached."""

from datetime import date
from hashlib import sha256
from typing import Any

from flask import Response, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.context import actor, community
from app.core.errors import HouseError, NotFound
from app.core.forms import attempt
from app.core.house import house
from app.core.i18n import _, said
from app.core.pages import access, page, see_other
from app.core.values import Ref
from app.core.words import N_
from app.publication import actions, queries, rules
from app.publication.forms import ManyForm, ServiceForm
from app.publication.permissions import READ_SERVICE, RECORD_SERVICE
from app.publication.queries import PostingRow
from app.publication.routes.reading import allowed, pages, standing
from app.publication.serializers import unreached_csv

MOST_SHOWN = 400
ACT, LARGEST = "service_act", 10 * 1024 * 1024


def building_words(name: str) -> str:
    """What a building is called."""
    return _("%(number)s号楼", number=name) if name.isdigit() else name or _("其他")


def _listed(number: int) -> PostingRow:
    """A posting that has a list of whom to reach. Raises NotFound for others."""
    row = queries.get_by_number(community().id, number)
    if not row.lines:
        raise NotFound(N_("这份公示贴出来就行，没有逐户送达的名单。"))
    return row


@pages.route("/postings/<int:number>/service", methods=["GET", "POST"])
@access(RECORD_SERVICE)
def record_service(number: int) -> AnyResponse:
    """Type or scan a door, Enter, next; what was just entered stands below."""
    row = _listed(number)
    many = "many" in request.args
    form = _form(row, many=many)
    problem: HouseError | None = None
    well = form.sent_well()
    paper = _paper(form) if well else None
    if well and not form.errors:

        def act() -> str:
            keys = [] if form.whole_building else form.doors
            done = actions.record_service(
                actor(),
                row.id,
                form.way.data or "",
                form.day,
                keys=keys,
                building=form.whole_building,
                note=form.remark,
                witnesses=form.witnesses,
                attachment=sha256(paper.content).hexdigest() if paper else None,
            )
            if paper and done.act_id:
                _keep(row, done.act_id, paper)
            told: dict[str, Any] = {"added": done.added, "known": done.known, "door": done.first}
            if many:
                told["many"] = 1
            return url_for(".record_service", number=number, way=form.way.data, on=form.day.isoformat(), **told)

        where, problem = attempt(form, act)
        if problem is None:
            return see_other(where)
    return _desk(row, form, problem, many=many)


def _paper(form: ServiceForm) -> Any:
    """The photograph or sheet that was sent, made harmless; why it cannot be taken stands at its field."""
    sent, prepare = request.files.get("paper"), house().prepare_file
    if sent is None or not sent.filename or prepare is None:
        return None
    try:
        return prepare(sent.filename, sent.read(LARGEST + 1))
    except HouseError as error:
        form.paper.errors = [said(error.refusal)]
        return None


def _keep(row: PostingRow, act_id: int, paper: Any) -> None:
    keep = house().keep_file
    if keep is not None:
        keep(
            actor(),
            row.community_id,
            Ref(ACT, act_id),
            row.matter,
            paper,
            readers=READ_SERVICE,
            verb=RECORD_SERVICE,
        )


def _form(row: PostingRow, *, many: bool) -> ServiceForm:
    today = clock.today(community().zone)
    before = {
        "way": request.args.get("way", rules.HANDED),
        "on": _day(request.args.get("on")) or min(today, row.span.last),
    }
    if before["way"] not in rules.WAY_WORDS:
        before["way"] = rules.HANDED
    if not many:
        return ServiceForm.from_request(**before)  # type: ignore[no-any-return]  # the form of this class
    form: ManyForm = ManyForm.from_request(**before)
    found = standing(row)
    form.offer([(one.building, building_words(one.building)) for one in (found.buildings if found else ())])
    return form


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _desk(row: PostingRow, form: ServiceForm, problem: HouseError | None, *, many: bool) -> Response:
    args, today = request.args, clock.today(community().zone)
    told = None
    if problem is None and "added" in args:
        told = (_number(args["added"]), _number(args.get("known", "")), args.get("door", "")[:200])
    acts = queries.recent_acts(row.id)
    day = max(row.span.begins, min(today, row.span.last))
    return page(
        "publication/record_service.html",
        status=problem.status if problem else 422 if form.errors else 200,
        posting=row,
        form=form,
        many=many,
        problem=said(problem.refusal) if problem else "",
        standing=standing(row),
        acts=acts,
        files=house().files_of(row.community_id, ACT, [one.id for one in acts], actor()),
        ways=rules.WAY_WORDS,
        told=told,
        refusal=rules.service_refusal(row.span, rules.HANDED, day, today),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


@pages.post("/postings/<int:number>/service/<int:act_id>/undo")
@access(RECORD_SERVICE)
def undo_service(number: int, act_id: int) -> AnyResponse:
    """Take back an entry, for all of its households or for the one that is named."""
    row = _listed(number)
    act = queries.get_act(act_id)
    if act.posting_id != row.id:
        raise NotFound(N_("没有这一条送达记录。"))
    key = request.form.get("key", "")[:120]
    line = queries.get_line(row.id, key) if key else None
    # Pressed twice it is taken back once: the second press finds nothing left and is led to the same place.
    if queries.standing_marks(act_id, [line.id] if line else None):
        actions.undo_service(actor(), act_id, key)
    if line:
        return see_other(url_for(".evidence", number=number, key=key))
    return see_other(url_for(".record_service", number=number))


@pages.get("/postings/<int:number>/unreached")
@access(READ_SERVICE)
def unreached(number: int) -> Response:
    """Who is still to be reached, building by building: a list to take along."""
    row = _listed(number)
    building = request.args.get("building", "")[:40]
    lines, after = queries.unreached(row, building, _number(request.args.get("after", "")), MOST_SHOWN)
    walk: dict[str, list[queries.Line]] = {}
    for line in lines:
        walk.setdefault(line.building, []).append(line)
    return page(
        "publication/unreached.html",
        posting=row,
        standing=standing(row),
        walk=[(building_words(name), some) for name, some in walk.items()],
        building=building,
        after=after,
        paged=bool(request.args.get("after")),
        ways=rules.WAY_WORDS,
        ways_of=rules.ways_of,
        building_words=building_words,
        may_record=allowed(RECORD_SERVICE),
    )


@pages.get("/postings/<int:number>/unreached.csv")
@access(READ_SERVICE)
def unreached_file(number: int) -> Response:
    """The same as a file for a spreadsheet program."""
    row = _listed(number)
    response = make_response(unreached_csv(queries.unreached_lines(row, request.args.get("building", "")[:40])))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="unreached-{number}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.get("/postings/<int:number>/lines/<key>")
@access(READ_SERVICE)
def evidence(number: int, key: str) -> Response:
    """Everything that is on record about one household, also what was taken back."""
    row = _listed(number)
    line = queries.get_line(row.id, key)
    found, matter = queries.evidence(line.id), row.matter
    standing_acts = [one.act_id for one in found if one.undone_at is None] if allowed(RECORD_SERVICE) else []
    add = house().add_file
    return page(
        "publication/evidence.html",
        posting=row,
        line=line,
        served=rules.served(row.kind, line.ways),
        evidence=found,
        files=house().files_of(row.community_id, ACT, [one.act_id for one in found], actor()),
        add_urls={
            act: add(actor(), row.community_id, Ref(ACT, act), matter, request.path, READ_SERVICE)
            for act in standing_acts
        },
        ways=rules.WAY_WORDS,
        notes=rules.NOTE_WORDS,
        may_record=allowed(RECORD_SERVICE),
    )
