"""The verdict on a sheet: what was derived, why, why not otherwise, how near, and what was unknown."""
