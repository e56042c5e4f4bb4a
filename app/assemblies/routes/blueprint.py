"""The pages of assemblies stand in one blueprint."""

from app.core.pages import community_pages

pages = community_pages("assemblies")
