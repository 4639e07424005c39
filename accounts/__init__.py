"""Accounts: who may come in, as whom, and what was done."""

# The cookie that holds the token of a session; scripts of a page cannot read it.
COOKIE = "village_session"
