"""The application that servers and `flask --app wsgi` find."""

from app.wiring import create_app

app = create_app()
