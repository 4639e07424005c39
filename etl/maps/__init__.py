"""Maps: where do townships and villages lie, as far as anybody knows?"""
