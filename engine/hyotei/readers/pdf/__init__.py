"""PDF files as blocks: lines of text and tables of cells, found by where things are printed on a page.

`ink` is what a page prints, `extraction` takes it out of a file, `lattice`, `text`, `columns` and `page` make blocks of it,
`continued` joins tables over pages, `pages` is all of that for one file, `worker` runs it in a process of its own with
limits, and `client` is the side that asks.
"""
