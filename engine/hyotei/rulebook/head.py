"""What says which rulebook a document is, and for which sheets it is in force."""

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Standing


@dataclass(slots=True)
class Head:
    """The part of the front matter by which a rulebook is found; empty where it could not be read."""

    id: str = ""
    title: str = ""
    authority: str = ""
    standing: Standing = "draft"
    first_year: int | None = None
    last_year: int | None = None
    version: str = ""
    effective: tuple[str, str] = ("", "")
    supersedes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    def in_force(self, fiscal_year: int) -> bool:
        """Whether the rulebook covers that evaluated fiscal year."""
        return (self.first_year is None or self.first_year <= fiscal_year) and (
            self.last_year is None or fiscal_year <= self.last_year
        )
