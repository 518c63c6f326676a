"""Two rulebooks compared without a solver: what was edited, and for which inputs two tables answer differently."""
