"""How often one thing is asked for within a minute, counted in this process, so that no GET writes."""

MINUTE = 60.0  # seconds
MOST_COUNTED = 1_000  # things


class Pace:
    """Counts for each of some things, by a key."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[float, int]] = {}

    def is_too_fast(self, key: str, most: int, moment: float) -> bool:
        """Whether it was asked for `most` times in the minute before `moment` (seconds) already; counts this time."""
        if len(self._seen) > MOST_COUNTED:
            self._seen.clear()
        since, count = self._seen.get(key, (moment, 0))
        since, count = (since, count) if moment - since < MINUTE else (moment, 0)
        self._seen[key] = (since, count + 1)
        return count >= most
