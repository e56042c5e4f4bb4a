"""A poll in the shapes that leave the house: on paper, and as the record that anyone can count anew."""

from app.voting.serializers.exports import votes_csv, votes_xlsx
from app.voting.serializers.papers import code_address, papers_pdf
from app.voting.serializers.record import VERIFIER, record_tag, record_zip

__all__ = ["VERIFIER", "code_address", "papers_pdf", "record_tag", "record_zip", "votes_csv", "votes_xlsx"]
