"""Finds the passages that answer a question, or says that none does.

Knows no chat. The only room with faiss, SudachiPy, GiNZA and sentence-transformers.
"""
