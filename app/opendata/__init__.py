"""Open data: everything that is public, in files that other programs read; it reads every floor below and changes nothing."""
