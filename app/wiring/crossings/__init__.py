"""One file a crossing: from the queries of one slice to the action of a stranger, with values."""
