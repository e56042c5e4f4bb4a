"""The pages of the record stand in one blueprint."""

from app.core.pages import community_pages

pages = community_pages("journal")
