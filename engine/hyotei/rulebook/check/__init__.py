"""From syntax to the checked model: names are looked up, types inferred, everything that is wrong is told at once."""
