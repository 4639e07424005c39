"""Bench: figures reached, as ratios in one run; never a test."""
