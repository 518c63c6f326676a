"""The workbench: the pages and the REST interface for people who do not open a terminal. The only package that knows Django.

`serve.py` starts it. Its modules can be imported only where `settings.py` has set Django up, but for `options.py`, `roles.py`,
`log_chain.py` and `reading_process.py`, which know nothing of it.
"""
