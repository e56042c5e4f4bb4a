"""Files that belong to something: a mechanism that knows nothing of what they belong to."""
