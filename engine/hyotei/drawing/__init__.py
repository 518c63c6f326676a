"""Drawn sheets: figures on, just under and just over what a rulebook asks, alone and in the pairs that a law speaks of.

Nothing here knows where the choices come from: `hyotei.testing` takes them from Hypothesis, `hyotei.proof` from a seed.
"""
