"""Referrals over both platforms while processes are killed and the platforms falter: see `tests.faults.referrals`."""
