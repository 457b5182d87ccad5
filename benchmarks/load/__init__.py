"""How fast `madoguchi serve` acknowledges and answers under load, and the memory it takes; see `__main__`."""
