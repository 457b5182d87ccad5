"""What the assistant does: one module a use case, and every sentence it says.

Pure of platforms, databases and the web.
"""
