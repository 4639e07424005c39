"""Tables: where in a sheet do they stand, and what do their lines say?"""
