"""The smallest honest page: Flask, Jinja, 25 rows, one indexed SQLAlchemy query, 30 KB."""

import os

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Integer, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ROWS, PAGES, SIZE = 25, 40, 30_000
TEMPLATE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page }}</title></head><body>
<h1>Page {{ page }}</h1>
<ul>{% for row in rows %}
<li><a href="/rows/{{ row.id }}">{{ row.title }}</a><p>{{ row.body }}</p></li>{% endfor %}</ul></body></html>"""


class Base(DeclarativeBase):
    """The reference's one table."""


class BenchRow(Base):
    """A row of the reference page."""

    __tablename__ = "bench_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(Integer, index=True)
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(String(2000))


db = SQLAlchemy(model_class=Base)


def create_reference(url: str = "") -> Flask:
    """The reference application over a database; makes and fills its table when it is not there."""
    app = Flask("reference")
    app.config["SQLALCHEMY_DATABASE_URI"] = url or os.environ["DATABASE_URL"]
    if "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"]:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 12, "max_overflow": 4, "pool_timeout": 60}
    db.init_app(app)

    @app.get("/page/<int:page>")
    def one_page(page: int) -> str:
        rows = db.session.scalars(select(BenchRow).filter_by(page=page).order_by(BenchRow.id).limit(ROWS)).all()
        return render_template_string(TEMPLATE, rows=rows, page=page)

    return app


def fill(app: Flask) -> None:
    """Forty pages of rows, each page 30 KB."""
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if db.session.scalar(select(BenchRow.id).limit(1)) is None:
            words = "community " * (SIZE // ROWS // 10 - 6)
            for page in range(PAGES):
                db.session.add_all(
                    BenchRow(page=page, title=f"Row {n} of page {page}", body=words) for n in range(ROWS)
                )
            db.session.commit()
        db.session.remove()
        db.engine.dispose()
