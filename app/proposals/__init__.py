"""Proposals: what residents want done, from the draft to the agenda of the council."""
