"""The commands of the command line, one module each; `adapters.cli` puts them together."""
