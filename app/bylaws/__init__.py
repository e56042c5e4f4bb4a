"""Bylaws: what a community has published on top of the law's rows, and its own working days."""
