"""What the Makefile needs beside make: setting up the environment. Standard library only; not installed."""
