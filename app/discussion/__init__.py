"""Discussion: reasons for and against on anything, endorsed by others, and the duty of a party to answer."""
