"""A rulebook for one fiscal year as Python functions: source is generated from its terms and tables."""
