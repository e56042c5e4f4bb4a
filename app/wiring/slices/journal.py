"""The journal: the public record's pages and log, its sealer and its relay, and the process that runs them."""

from app.core import jobs, metrics
from app.core.house import FooterLink, House
from app.core.words import N_
from app.journal import actions, cli, events, queries, routes


def register(house: House) -> None:
    """Hang up."""
    house.hang(routes.pages)
    house.words_for(events.WORDS)
    house.command("journal", cli.verify)
    house.command("journal", cli.seal)
    house.command("jobs", jobs.run_command)
    house.footer.append(FooterLink(N_("公开账本"), "/journal"))
    house.every(1.0, "journal.seal", actions.seal)
    house.every(1.0, "journal.relay", actions.relay)
    metrics.watch("sifang_unsealed_entries", "Entries of the record that wait to be sealed", queries.unsealed_entries)
    metrics.watch("sifang_overdue_readings", "Readings in the outbox that are due", queries.overdue_readings)
    metrics.watch("sifang_failing_readings", "Readings that failed and will be tried again", queries.failing_readings)
