"""Reports: what people take away, as files."""
