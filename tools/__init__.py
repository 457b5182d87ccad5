"""What the Makefile needs beside make: setting up the environment, asking for weaknesses. Not installed."""
