"""Edits that mend a problem of a rulebook's document, as data: `mends.mends_of` says which a problem has."""
