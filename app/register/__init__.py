"""Who owns and who lives where: dwellings, owners and residents as separate facts with dates."""
