"""Base: what every room may use; it imports no other room."""
