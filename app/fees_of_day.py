"""The fees of a market day: what each vendor of the roll owes, and what they have paid."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from market.days.queries import presences_on
from market.fees.fees import Fee, contract_fee, fee
from market.fees.models import Payment
from market.fees.queries import holdings_on, payments_for, prices_on
from market.standing.queries import roll_rows
from market.standing.roll import RollLine, roll
from vendors.fields import identity


@dataclass(frozen=True)
class DayFee:
    """A line of the roll with what is owed on the day, and the payment if there is one.

    For a vendor who pays by the month or the season `contract` is what that costs, and `payment`
    the one for that month or season.
    """

    line: RollLine
    fee: Fee
    payment: Payment | None
    contract: Fee | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is owed on the day by somebody who is not away, and not yet paid."""
        away = self.line.state == "absent"
        return not self.fee.by_contract and self.payment is None and not away


def fees_of_day(session: Session, site_id: int, day: date) -> list[DayFee]:
    """What every vendor of a site owes on a day, in the order of the roll."""
    prices, holdings = prices_on(session, day), holdings_on(session, day)
    paid = payments_for(session, day)
    found = []
    for line in roll(roll_rows(session, site_id, day), presences_on(session, day)):
        owed = fee(line, prices, day, holdings)
        found.append(
            DayFee(
                line,
                owed,
                paid.get((identity(line.vendor), owed.period)),
                contract_fee(line, prices, day, holdings),
            )
        )
    return found
