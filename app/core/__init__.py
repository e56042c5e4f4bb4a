"""Ground floor: clock, database, law rows, pages, errors."""
