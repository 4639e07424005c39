"""Etl: what arrives: files to accepted rows, and the commands."""
