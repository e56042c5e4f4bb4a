"""Assemblies of the owners and of the residents: who is called to decide, on what, and when."""
