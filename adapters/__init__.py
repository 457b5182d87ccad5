"""Everything that touches the outside: command line, settings, the local page, downloads."""
