"""The law as it stands on one day, as the criteria ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.eligibility.citation import Citation, Status
from bot.errors import ContentError, NotInForce
from bot.programmes.loader import Law


@dataclass(frozen=True, slots=True)
class RulesOn:
    """*law* on *day*; satisfies `eligibility.assessment.FigureRules`."""

    law: Law
    day: date

    def cite(self, provision: str) -> Citation:
        """Cite a provision in the wording of that day; `NotInForce` when there is none."""
        return self.law.cite(provision, self.day)

    def number(self, parameter: str) -> int | float:
        """Return a figure in force that day; `NotInForce` when none is."""
        value = self.law.parameter(parameter).on(self.day).value
        if value is None:
            raise NotInForce(f"{parameter} is not known for {self.day.isoformat()}")
        if not isinstance(value, int | float):
            raise ContentError(f"law: {parameter} is not a number")
        return value

    def is_in_force(self, provision: str) -> bool:
        """Whether a provision has a wording that day; `ContentError` for an unknown id."""
        try:
            self.law.cite(provision, self.day)
        except NotInForce:
            return False
        return True

    def first_in_force(self, *provisions: str) -> str:
        """Return the first of *provisions*, newest first, that is in force that day; `NotInForce` when none is."""
        for provision in provisions:
            if self.is_in_force(provision):
                return provision
        raise NotInForce(f"none of {', '.join(provisions)} is in force on {self.day.isoformat()}")

    def status(self, parameter: str) -> Status:
        """How the figure in force that day was seen."""
        return self.law.parameter(parameter).on(self.day).status

    def cite_figure(self, parameter: str) -> Citation:
        """Cite where the figure stands, no surer than the figure."""
        return self.law.cite_figure(parameter, self.day)
