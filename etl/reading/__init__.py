"""Reading: what cells does a file hold, and what does a cell say?"""
