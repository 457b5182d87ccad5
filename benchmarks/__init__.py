"""How good and how fast the search is, beside the libraries that people would otherwise take.

No part of the program: nothing imports this room, and what it measures it starts in processes of
their own.
"""
