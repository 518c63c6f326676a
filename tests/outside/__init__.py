"""A second reading of the rulebook language, written from docs/rulebook.en.md alone.

It imports nothing of the program, so a mistake of the program's checker, cell reader or engine is not repeated here. It reads
documents that the checker accepts; what the checker refuses has no meaning here.

    numerals: width, numbers with units, fiscal years        figures: what a sheet says
    expressions: the tree of an expression                   meaning: names, kinds and values of expressions
    cells: input cells as tests                              decisions: tables and their hit policies
    document: front matter, headings, tables
"""
