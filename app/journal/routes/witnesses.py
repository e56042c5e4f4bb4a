"""The witnesses of the four parties: who confirmed which head of the log, and confirming it from one's own browser."""

from base64 import b64encode
from collections.abc import Callable
from typing import cast

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.context import actor, community
from app.core.errors import HouseError, NotFound
from app.core.forms import HouseForm, attempt
from app.core.i18n import said
from app.core.pages import access, page, see_other
from app.core.permissions import PUBLIC, may
from app.core.values import PARTIES, Refusal
from app.core.words import N_
from app.journal import actions, queries
from app.journal.events import Reason
from app.journal.forms import REASON_WORDS, UNFINISHED, CosignForm, DoubtForm, RegisterWitnessForm, bytes_of
from app.journal.permissions import WITNESS_LOG
from app.journal.routes.blueprint import pages
from app.journal.routes.record import log_here, text_of
from app.journal.rules import speaks_for

PARTY_WORDS = {"branch": N_("党支部"), "residents": N_("居委会"), "owners": N_("业委会"), "property": N_("物业公司")}


@pages.get("/journal/witnesses")
@access(PUBLIC)
def witnesses() -> Response:
    """Who of the four parties confirmed the log, up to where and when; for a party's own members the way to do it."""
    return _page()


def _page(problem: Refusal | None = None) -> Response:
    here = community()
    standing = queries.witnesses(here.id)
    head = queries.latest_checkpoint(here.id)
    mine = [party for party in PARTIES if may(actor(), WITNESS_LOG, here.id) and speaks_for(actor(), here.id, party)]
    return page(
        "journal/witnesses.html",
        status=409 if problem else 200,
        party_words=PARTY_WORDS,
        parties=PARTIES,
        standing=standing,
        head=head,
        doubts=queries.doubts(here.id),
        reason_words=REASON_WORDS,
        party=mine[0] if mine else "",
        register=RegisterWitnessForm(party=mine[0]) if mine else None,
        cosign=CosignForm(party=mine[0]) if mine else None,
        doubt=DoubtForm(party=mine[0]) if mine else None,
        registered=b64encode(standing[mine[0]].key.public).decode() if mine and mine[0] in standing else "",
        vkey=str(queries.key(log_here())) if mine else "",
        problem=said(problem) if problem else "",
    )


def _done(form: HouseForm, act: Callable[[], None]) -> AnyResponse:
    if not form.sent_well():
        return _page(Refusal(UNFINISHED))

    def run() -> str:
        act()
        return url_for(".witnesses")

    location, error = attempt(form, run)
    return _page(error.refusal) if isinstance(error, HouseError) else see_other(location)


@pages.post("/journal/witnesses/register")
@access(WITNESS_LOG)
def register_witness() -> AnyResponse:
    """A party registers the key that its browser has just made."""
    form = RegisterWitnessForm.from_request()
    return _done(
        form,
        lambda: actions.register_witness(
            actor(), community().id, form.party.data, bytes_of(form.public.data, 32), bytes_of(form.proof.data, 64)
        ),
    )


@pages.post("/journal/witnesses/cosign")
@access(WITNESS_LOG)
def cosign() -> AnyResponse:
    """A party's browser confirms a head that it has checked."""
    form = CosignForm.from_request()
    return _done(
        form,
        lambda: actions.cosign(
            actor(),
            community().id,
            form.party.data,
            int(form.size.data),
            int(form.seconds.data),
            bytes_of(form.signature.data, 64),
        ),
    )


@pages.post("/journal/witnesses/doubt")
@access(WITNESS_LOG)
def doubt_log() -> AnyResponse:
    """A party makes public that it cannot confirm the log."""
    form = DoubtForm.from_request()
    return _done(
        form,
        lambda: actions.doubt_log(
            actor(),
            community().id,
            form.party.data,
            int(form.size.data),
            bytes_of(form.root.data, 32),
            cast(Reason, form.reason.data),
        ),
    )


@pages.get("/log/cosigned")
@access(PUBLIC)
def cosigned() -> Response:
    """The newest head that a witness confirmed, with the lines of all who did. Raises NotFound before the first."""
    note = queries.newest_cosigned(community().id)
    if note is None:
        raise NotFound(N_("还没有哪一方联署过账本。"))
    return text_of(note)
