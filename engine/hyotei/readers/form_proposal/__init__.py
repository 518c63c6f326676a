"""Proposes a form from one document and its right reading, so that other documents of the same form read as well."""
