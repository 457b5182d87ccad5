"""The practice place: one person plays several roles side by side, and the whole product can be tried without an account.

It is the third platform, as Slack and Teams are the first two: its messages are rows of the database.
"""
