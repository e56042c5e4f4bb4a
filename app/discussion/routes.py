"""Pages of a discussion: a thread, saying something, and one comment with its replies and its answer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import actor, community, me
from app.core.errors import HouseError
from app.core.forms import HouseForm, attempt, half_width, sent_well
from app.core.house import Link, describe
from app.core.i18n import _, said
from app.core.limits import spend
from app.core.pages import access, community_pages, page, see_other, wants_fragment
from app.core.permissions import PUBLIC, may
from app.core.values import Refusal
from app.discussion import actions, queries, rules
from app.discussion.forms import AnswerForm, AskForm, EnterForm, HideForm, ReplyForm, SayForm
from app.discussion.permissions import ANSWER_COMMENT, ASK_PARTY, COMMENT, ENTER_COMMENT, HIDE_COMMENT
from app.discussion.queries import NEWEST, Remark, ThreadRow

pages = community_pages("discussion")
RATE = "40/hour"
LIST_VIEWS = (NEWEST, "for", "against", "questions")


def _label() -> str:
    return queries.speaker_label(community(), me())


def _account_id() -> int | None:
    reader = me()
    return reader.account_id if reader else None


def _subject(thread: ThreadRow) -> Link:
    found = describe([thread.subject]).get(thread.subject)
    return found or Link(_("讨论"), url_for(".thread", thread_id=thread.id))


@pages.get("/threads/<int:thread_id>")
@access(PUBLIC)
def thread(thread_id: int) -> Response:
    """All comments of a discussion, or of one side of it, page by page; htmx gets only the next ones."""
    found = queries.get_thread(thread_id, community().id)
    view = request.args.get("view", NEWEST)
    view = view if view in LIST_VIEWS else NEWEST
    remarks, after = queries.remarks(found.id, view, _account_id(), request.args.get("after", ""))
    values: dict[str, Any] = {
        "thread": found,
        "view": view,
        "remarks": remarks,
        "after": after,
        "may_speak": _may(COMMENT),
    }
    if wants_fragment():
        return make_response(render_template("discussion/_remarks.html", **values))
    return page("discussion/thread.html", subject=_subject(found), **values)


def _may(verb: Any) -> bool:
    return may(actor(), verb, community().id)


@pages.route("/threads/<int:thread_id>/say", methods=["GET", "POST"])
@access(COMMENT)
def say(thread_id: int) -> Response:
    """Say one reason, under the name that the form shows."""
    return _say(thread_id, SayForm.from_request(), "discussion/say.html")


@pages.route("/threads/<int:thread_id>/enter", methods=["GET", "POST"])
@access(ENTER_COMMENT)
def enter_comment(thread_id: int) -> Response:
    """Write down what somebody said who does not use the web."""
    return _say(thread_id, EnterForm.from_request(), "discussion/enter_comment.html")


def _say(thread_id: int, form: Any, template: str) -> Response:
    found = queries.get_thread(thread_id, community().id)
    label, subject, problem = _label(), _subject(found), None

    def act() -> str:
        typed = (form.stance.data, form.body.data)
        if isinstance(form, EnterForm):
            number = half_width(form.building.data or "").removesuffix("号楼")
            said_by = rules.public_label(form.name.data or "", f"{number}号楼" if number else "")
            comment_id = actions.enter_comment(actor(), found.id, *typed, said_by, form.asks.data or "")
        else:
            comment_id = actions.say(actor(), found.id, *typed, label, form.asks.data or "")
        return f"{subject.url}?view=newest#remark-{comment_id}"

    refusal = rules.closed_refusal(found.closed_at, clock.now())
    if sent_well(form, refusal):
        spend("comment", str(_account_id()), RATE)
        where, problem = attempt(form, act, refusal)
        if problem is None:
            return see_other(where)
    status = problem.status if problem else 422 if form.errors else 200
    return page(
        template, status=status, form=form, thread=found, subject=subject, label=label,
        problem=said(problem.refusal) if problem else "", refusal=refusal,
    )  # fmt: skip


@pages.get("/comments/<int:comment_id>")
@access(PUBLIC)
def comment(comment_id: int) -> Response:
    """One comment with its answer, its replies, and what the reader can do about it."""
    return _comment_page(comment_id)


def _comment_page(comment_id: int, sent: HouseForm | None = None, problem: HouseError | None = None) -> Response:
    here = community().id
    remark = queries.find_remark(here, comment_id, _account_id())
    found = queries.get_thread(remark.thread_id, here)
    replies, after = queries.replies(remark.id, _account_id(), request.args.get("after", ""))
    forms = {
        name: sent if isinstance(sent, kind) else kind.from_request()
        for name, kind in (("reply", ReplyForm), ("answer", AnswerForm), ("ask", AskForm), ("hide", HideForm))
    }
    answer, state = remark.answer, (remark.hidden, remark.withdrawn)
    answered = answer is not None and answer.answered_at is not None
    speaks = answer is not None and rules.speaks_for(answer.party, here, actor().acts_as)
    refusals: dict[str, Refusal | None] = {
        "reply": rules.closed_refusal(found.closed_at, clock.now()) or rules.reply_refusal(remark.stance, *state),
        "answer": rules.answer_refusal(answer.party if answer else None, answered, speaks),
        "ask": rules.asking_refusal("branch", answer is not None, remark.stance, *state),
        "hide": rules.gone_refusal(*state),
        "withdraw": rules.withdrawal_refusal(remark.mine, *state),
    }
    for name, form in forms.items():
        if form is sent and problem is not None and refusals[name] is not None:
            raise problem
    roles = {"reply": COMMENT, "answer": ANSWER_COMMENT, "ask": ASK_PARTY, "hide": HIDE_COMMENT, "withdraw": COMMENT}
    return page(
        "discussion/comment.html",
        status=problem.status if problem else 422 if sent is not None and sent.errors else 200,
        remark=remark,
        thread=found,
        subject=_subject(found),
        replies=replies,
        after=after,
        forms=forms,
        sent=sent,
        problem=said(problem.refusal) if problem else "",
        refusals=refusals,
        allowed={name: _may(verb) for name, verb in roles.items()},
        label=_label(),
        days=queries.answer_figures(community().id)[1],
    )


def _act_on(comment_id: int, form: Any, act: Callable[[], object]) -> Response:
    """Hand in one of the forms of a comment's page, or show the page again with what is wrong."""
    queries.find_remark(community().id, comment_id, None)
    if not form.sent_well():
        return _comment_page(comment_id, form if request.method == "POST" or "kept" in request.args else None)
    spend("comment", str(_account_id()), RATE)

    def led() -> str:
        act()
        return url_for(".comment", comment_id=comment_id)

    where, problem = attempt(form, led)
    return see_other(where) if problem is None else _comment_page(comment_id, form, problem)


@pages.route("/comments/<int:comment_id>/reply", methods=["GET", "POST"])
@access(COMMENT)
def reply(comment_id: int) -> Response:
    """Reply to a reason."""
    form = ReplyForm.from_request()
    return _act_on(comment_id, form, lambda: actions.reply(actor(), comment_id, form.reply.data, _label()))


@pages.route("/comments/<int:comment_id>/answer", methods=["GET", "POST"])
@access(ANSWER_COMMENT)
def answer_comment(comment_id: int) -> Response:
    """Give the answer that one's party owes."""
    form = AnswerForm.from_request()
    return _act_on(comment_id, form, lambda: actions.answer_comment(actor(), comment_id, form.answer.data, _label()))


@pages.route("/comments/<int:comment_id>/ask", methods=["GET", "POST"])
@access(ASK_PARTY)
def ask_party(comment_id: int) -> Response:
    """Name the party that has to answer."""
    form = AskForm.from_request()
    return _act_on(comment_id, form, lambda: actions.ask_party(actor(), comment_id, form.party.data))


@pages.route("/comments/<int:comment_id>/hide", methods=["GET", "POST"])
@access(HIDE_COMMENT)
def hide_comment(comment_id: int) -> Response:
    """Withhold a comment, with a reason for everybody to read."""
    form = HideForm.from_request()
    return _act_on(comment_id, form, lambda: actions.hide_comment(actor(), comment_id, form.reason.data))


@pages.post("/comments/<int:comment_id>/withdraw")
@access(COMMENT)
def withdraw_comment(comment_id: int) -> Response:
    """Take one's own comment back."""
    queries.find_remark(community().id, comment_id, None)
    actions.withdraw_comment(actor(), comment_id)
    return see_other(url_for(".comment", comment_id=comment_id))


@pages.post("/comments/<int:comment_id>/endorse")
@access(COMMENT)
def endorse(comment_id: int) -> Response:
    """Say of a reason that it is a good one, or take that back (`undo`)."""
    queries.find_remark(community().id, comment_id, None)
    act = actions.withdraw_endorsement if request.form.get("undo") else actions.endorse
    act(actor(), comment_id)
    remark: Remark = queries.find_remark(community().id, comment_id, _account_id())
    if wants_fragment():
        return make_response(render_template("discussion/_remark.html", remark=remark, may_speak=True))
    sent_from = urlsplit(request.referrer or "")
    if sent_from.netloc == request.host and sent_from.path:
        query = f"?{sent_from.query}" if sent_from.query else ""
        return see_other(f"{sent_from.path}{query}#remark-{comment_id}")
    return see_other(url_for(".comment", comment_id=remark.parent_id or comment_id))
