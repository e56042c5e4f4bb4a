"""proofs.json: where each thing stands in the public record, and the way from there to the signed head."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence


def proof(index: int, entry: str, hashes: Sequence[str], salt: str | None) -> str:
    """One proof: the place, the exact entry, the hashes to the root (leaf side first), the salt of its commitment.

    The salt is empty for rules.json, which hides nothing, and None for a ballot whose choice the reader may not see.
    """
    return _compact({"index": index, "entry": entry, "proof": list(hashes), "salt": salt})


def proofs_text(
    rules: str,
    ballots: Iterable[tuple[str, str]],
    voided: Mapping[str, str] | None = None,
    imported: str | None = None,
    drawn: str | None = None,
) -> Iterator[str]:
    """The text of proofs.json in pieces, so that many ballots need little memory; `ballots` are codes and proofs.

    `voided` proves for ballots that the desk made void that it did, `imported` that a poll came in as a whole, `drawn` from
    which seed its lot was drawn.
    """
    yield f'{{"rules.json":{rules},"ballots":{{'
    for place, (code, one) in enumerate(ballots):
        yield f"{',' if place else ''}{_compact(code)}:{one}"
    yield "}"
    if voided:
        yield ',"voided":{' + ",".join(f"{_compact(code)}:{one}" for code, one in voided.items()) + "}"
    yield f',"imported":{imported}' if imported else ""
    yield (f',"lot":{drawn}' if drawn else "") + "}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
