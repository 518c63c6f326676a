"""Recorded evaluations against derived ones, and what else an auditor wants to see."""
