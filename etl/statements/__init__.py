"""Statements: how is each kind of paper that is no ledger read?"""
