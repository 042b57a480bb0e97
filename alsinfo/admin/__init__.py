"""The back office: Django's admin, in which every write is one of our actions and nothing else."""
