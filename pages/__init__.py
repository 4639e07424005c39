"""Pages: one question a page. Functions only: select, query, show."""
