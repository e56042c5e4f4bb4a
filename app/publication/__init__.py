"""Publication: what was posted for everybody to read, for how long, and whom it reached."""
