"""A whole province of invented villages, to measure how pages read at that size."""
