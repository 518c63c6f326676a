"""Writers of documents, one module a format; they know documents and nothing of results."""
