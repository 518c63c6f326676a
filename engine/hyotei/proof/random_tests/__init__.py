"""Random tests: before anything is called proved, drawn sheets on the real engine try to break it.

They prove nothing. They are independent of the proofs: they share no formula, no domain and no solver with them.
"""
