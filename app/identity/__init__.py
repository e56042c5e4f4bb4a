"""Identity: accounts, invitations, sessions, and roles with their terms of office."""
