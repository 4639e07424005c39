"""Charts: figures of plotly and layers of pydeck, made from frames alone."""
