"""Sealing and checking the public record from the terminal."""

from base64 import b64encode

import click

from app.communities.queries import get_by_slug, get_community
from app.core.cli import json_option, refuse, reply, say
from app.core.errors import HouseError
from app.journal import actions, queries
from app.journal.rules import joint_root


@click.command("verify")
@click.option("--community", "slug", help="Only the record of this community.")
@json_option
def verify(slug: str | None, as_json: bool) -> None:
    """Recompute the tree and every signed head from the exact text of the entries."""
    verdicts = {}
    for community_id in _chosen(slug):
        verdict = queries.audit_log(community_id)
        origin = get_community(community_id).log_origin
        verdicts[origin] = verdict
        for fault in verdict.faults:
            say(f"{origin}: {fault}")
    ok = all(verdict.ok for verdict in verdicts.values())
    size = sum(verdict.size for verdict in verdicts.values())
    root = b64encode(
        joint_root({origin: (verdict.size, verdict.root) for origin, verdict in verdicts.items()})
    ).decode()
    reply({"ok": ok, "size": size, "root": root}, as_json, f"{'ok' if ok else 'NOT ok'}: {size} entries, root {root}")
    if not ok:
        raise SystemExit(1)


@click.command("seal")
@json_option
def seal(as_json: bool) -> None:
    """Seal whatever waits, in every community."""
    sealed = actions.seal()
    left = queries.unsealed_entries()
    reply({"sealed": sealed}, as_json, f"{sealed} entries sealed")
    if left:
        refuse(f"{left} entries could not be sealed; see the log of the house")


def _chosen(slug: str | None) -> list[int]:
    if slug is None:
        return queries.audited_communities()
    try:
        return [get_by_slug(slug).id]
    except HouseError as error:
        refuse(error)
