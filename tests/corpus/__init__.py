"""Which bad files does the program have to answer? See README.md beside."""
