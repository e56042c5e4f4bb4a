"""A poll in the shapes that leave the house: on paper."""

from app.voting.serializers.papers import code_address, papers_pdf, qr_svg

__all__ = ["code_address", "papers_pdf", "qr_svg"]
