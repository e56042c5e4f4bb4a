"""Communities: the tenants of the house; every query of the floors above is scoped by one."""
