"""What a reservation about a finding is called."""

from typing import Final

DOUBT: Final = ("留保", "reservation")
