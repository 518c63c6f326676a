"""A rulebook over many sheets at once: its terms as Ibis expressions over relations, run by DuckDB, Spark and others.

It gives what the reference gives, figure by figure. Numbers are whole numbers of a known scale, unknown is a null beside its
reason, and a sheet whose figures do not fit is left to the engine of single sheets. Start at `program.py`.
"""
