"""The local page: a counsellor asks in the browser, without any platform."""
