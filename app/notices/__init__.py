"""Notices: telling people. The home page, what was announced, feeds and calendars."""
