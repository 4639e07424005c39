"""Demonstration data: an invented economy, and the papers in which it arrives."""
