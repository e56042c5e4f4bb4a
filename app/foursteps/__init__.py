"""四议两公开: four deliberations and two publications, one after the other."""
