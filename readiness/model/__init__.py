"""Values only: what the whole program speaks of."""
