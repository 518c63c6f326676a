"""Writing sheets: as YAML for people, as an empty sheet to fill in, and as an empty form in a workbook."""
