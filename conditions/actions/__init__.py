"""Every write: one verb, in one transaction, by someone, with one audit event."""
