"""Handed: what is handed to the people who report."""
