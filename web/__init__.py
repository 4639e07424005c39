"""Web: what is plain HTTP beside the pages: guard, commands, health."""
