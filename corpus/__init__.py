"""What may be told: documents, sections, passages, and the directory of bureaus, hotlines and languages.

This room knows no search and no chat. Its main words are in `corpus.model`.
"""
