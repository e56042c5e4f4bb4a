"""Speed, as ratios within one run: every figure is divided by what the smallest honest page serves on the same server."""
