"""Finds the passages that answer a question, or says that none does.

Knows no chat. The only room with faiss, SudachiPy, GiNZA and sentence-transformers.
"""

import os

# A search is many small products; waking threads for each takes several times as long as doing it.
# OpenBLAS reads this once, when numpy is first imported; who sets it otherwise is left alone.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
