"""The database's history, one revision a file in `versions`; `env.py` is run by Alembic."""
