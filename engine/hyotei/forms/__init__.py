"""Forms: the document that says what an authority prints and what it means, and which form a document is of."""
