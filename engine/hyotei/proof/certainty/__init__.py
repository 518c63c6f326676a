"""What the unknown figures of one sheet could do to its verdict, and how far the known ones are from another."""
