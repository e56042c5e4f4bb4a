"""One file a slice: what it hangs up in the house (pages, commands, what it can say about its things)."""
