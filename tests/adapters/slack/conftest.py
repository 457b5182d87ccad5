from tests.postgres import postgres, postgres_url  # noqa: F401 - fixtures
