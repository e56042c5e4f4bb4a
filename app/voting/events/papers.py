"""Ballot papers are made, printed and replaced; the record knows how many, never their codes."""

from dataclasses import dataclass

from app.core.words import N_


@dataclass(frozen=True, slots=True)
class PapersIssued:
    """Ballot papers with codes of their own were made for lines of the roll."""

    community_id: int
    poll_id: int
    number: int
    papers: int


@dataclass(frozen=True, slots=True)
class PapersPrinted:
    """Ballot papers went to a printer; each printing shows their codes once more."""

    community_id: int
    poll_id: int
    number: int
    papers: int


@dataclass(frozen=True, slots=True)
class PaperReplaced:
    """A lost or spoilt paper is void, and another took its place."""

    community_id: int
    poll_id: int
    number: int
    void: int
    valid: int


WORDS = {
    PapersIssued: N_("第%(number)s号表决制作%(papers)s张选票纸"),
    PapersPrinted: N_("第%(number)s号表决印出%(papers)s张选票纸"),
    PaperReplaced: N_("第%(number)s号表决第%(void)s张选票纸作废，换成第%(valid)s张"),
}
