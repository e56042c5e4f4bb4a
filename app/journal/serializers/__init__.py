"""The record for readers, for programs, and for the notice board."""

from app.journal.serializers.entries import Shown, in_words, receipt_json, shown
from app.journal.serializers.posters import Poster, head_text, poster, poster_pdf

__all__ = ["Poster", "Shown", "head_text", "in_words", "poster", "poster_pdf", "receipt_json", "shown"]
