"""The record of a poll to take home."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community
from app.core.pages import access
from app.core.permissions import PUBLIC, may
from app.core.streams import streamed
from app.journal import queries as journal
from app.voting import queries, serializers
from app.voting.permissions import READ_CHOICES
from app.voting.queries import PollRow
from app.voting.routes.blueprint import pages
from app.voting.rules import DECLARED, choices_refusal


def sees_choices(poll: PollRow) -> bool:
    """Whether the reader may see how the ballots of a poll are marked: owners and auditors where they are open ballots."""
    named = may(actor(), READ_CHOICES, poll.community_id) or queries.stands_on(poll, actor().acts_as)
    return choices_refusal(poll.terms, poll.state == DECLARED, named) is None


@pages.get("/polls/<int:number>/record.zip")
@access(PUBLIC)
def record(number: int) -> AnyResponse:
    """Everything that it takes to count a poll anew; with the choices for whom they are. Raises Refused before its end."""
    here = community()
    poll = queries.get_by_number(here.id, number)
    shown = sees_choices(poll)
    found = queries.get_record(poll)
    tag = serializers.record_tag(found, shown=shown)
    if request.if_none_match.contains(tag):
        return _kept(Response(status=304), tag)
    vkey = str(journal.key(journal.get_log(here.id)))
    response = streamed(serializers.record_zip(found, vkey, shown=shown), "application/zip")
    name = f"{here.slug}-{number}{'' if shown else '-public'}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept(response, tag)


def _kept(response: Response, tag: str) -> Response:
    # The same address gives owners more than others: whoever keeps it asks again, and says who asks.
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    return response
