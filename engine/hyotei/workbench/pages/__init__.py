"""The pages: one file a subject, with the views of its routes."""
