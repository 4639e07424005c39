"""Accounts: who may come in, as whom, and what was done."""
