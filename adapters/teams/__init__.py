"""Microsoft Teams: cards, reading of activities, the app package, and the connection to the Bot Connector.

`rendering`, `forms`, `extension`, `incoming` and `manifest` are pure and know only activity JSON as plain dicts; the
Bot Framework SDK is known to the modules beside them alone.
"""
