"""The practice place: one person plays several roles side by side and tries the whole product without any account.

It is the third platform, as Slack and Teams are the first two: its messages are rows of the database.
"""
