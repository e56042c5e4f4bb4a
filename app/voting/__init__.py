"""A roll, terms and ballots become an outcome; nothing here knows what is voted on."""
