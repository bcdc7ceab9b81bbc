"""Conditions, figures and notes that belong to no single support kind."""
