"""Which meeting do tests of the queries freeze, with a word and papers beside it?"""

from datetime import date

from base.viewer import operator
from office import meetings, strategy
from office.meetings import Plan
from store import Store
from tests.making import NOW
from tests.queries.asking import HESHUN, LIUQUAN, TOWNSHIP

OFFICE = operator("专班")
COUNTY, ELSEWHERE = "410581", "410581001"
PDF = ("材料.pdf", b"%PDF-1", "application/pdf")


def met(store: Store, as_of: date, place_code: str = COUNTY) -> int:
    """Freeze the figures of a day; return the number of the meeting."""
    plan = Plan(place_code, f"{as_of:%m-%d} 调度会", NOW.date())
    number = meetings.call(store, OFFICE, plan, NOW)
    meetings.freeze(store, OFFICE, number, NOW, as_of)
    for place in (TOWNSHIP, ELSEWHERE):
        if place.startswith(place_code):
            meetings.appeal(store, OFFICE, number, place, "资金月底到", NOW)
    for place in (place_code, TOWNSHIP, HESHUN, LIUQUAN):
        if place.startswith(place_code):
            meetings.keep_paper(store, OFFICE, number, "pdf", place, PDF, NOW)
    item = strategy.works(store, OFFICE, NOW)[0].item
    strategy.edit(store, OFFICE, item.model_copy(update={"name": "产业"}), NOW)
    return number
