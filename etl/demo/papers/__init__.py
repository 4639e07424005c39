"""The papers in which the invented world arrives, one module a kind."""
