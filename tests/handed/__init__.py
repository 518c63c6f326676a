"""Inputs from outside the project with their right values, run where the folder `shared` stands beside the checkout."""
