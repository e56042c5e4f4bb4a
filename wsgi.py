"""The application that servers and `flask --app wsgi` find."""

import os

from app.core.jobs import embed
from app.wiring import create_app

app = create_app()
if os.environ.get("EMBEDDED_JOBS") == "1" and os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    embed(app)
