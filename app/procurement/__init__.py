"""Buying services from social organisations: from a mandate to a signed contract, in one public thread."""
