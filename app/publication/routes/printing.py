"""Posters for the notice board: a page to print, and A4 and A3 as PDF."""

from flask import Response, current_app, make_response, request, url_for

from app.core.context import community
from app.core.i18n import lang
from app.core.pages import access, fresh, page
from app.core.permissions import PUBLIC
from app.publication import queries, rules
from app.publication.queries import PostingRow
from app.publication.routes.reading import pages
from app.publication.serializers import A3, A4, full_day, poster_pdf, qr_rows


def _address(row: PostingRow) -> str:
    """The full address of a posting's page, as a telephone reads it from the wall."""
    return str(current_app.config["PUBLIC_URL"]) + url_for("publication.posting", number=row.number)


@pages.get("/postings/<int:number>/poster")
@access(PUBLIC)
def poster(number: int) -> Response:
    """The poster as a page to be printed: one sentence, the days, a code, and a way without a telephone."""
    row = queries.get_by_number(community().id, number)
    rows = qr_rows(_address(row))
    return fresh(
        page(
            "publication/poster.html",
            posting=row,
            kind=rules.KINDS[row.kind],
            rows=rows,
            begins=full_day(row.span.begins, lang()),
            last=full_day(row.span.last, lang()),
            address=_address(row),
        )
    )


@pages.get("/postings/<int:number>/poster.pdf")
@access(PUBLIC)
def poster_as_pdf(number: int) -> Response:
    """The poster on A4, or on A3 where `size` asks for it."""
    row = queries.get_by_number(community().id, number)
    size = A3 if request.args.get("size") == A3 else A4
    response = make_response(poster_pdf(row, community(), _address(row), size))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="posting-{number}-{size}.pdf"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
