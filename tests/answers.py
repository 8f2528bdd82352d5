"""Answers made by hand, for tests of what is said of them."""

from dataclasses import replace
from uuid import UUID

from directory.records import LocationRecord, OrganizationRecord, ServiceNeed, ServiceRecord
from matching.answer import (
    Answer,
    EngineUsed,
    LevelOfNeed,
    NearMiss,
    NeedFound,
    PackageChoice,
    PlaceFound,
    Route,
    RuledOut,
    Safeguarding,
    ServiceFound,
)

SERVICE = UUID("11111111-1111-4111-8111-111111111111")
LARKMOOR = OrganizationRecord(id=UUID(int=2), name="Larkmoor", url="/directory/larkmoor/")
RECORD = ServiceRecord(
    id=SERVICE,
    organization=LARKMOOR,
    name="Debt help",
    summary="One adviser to the end.",
    url="/directory/larkmoor/debt-help/",
    needs=(ServiceNeed("debt-advice"),),
    delivery=("in_person", "phone"),
    phone="01632 960119",
    capacity="waiting_list",
    waiting_weeks=3,
    locations=(LocationRecord(id=UUID(int=3), name="Larkmoor House", city="Diss"),),
)
HUB = Route("hub", "Diss Early Help Hub", "01632 960011", "/hubs/diss/", "It is your hub.")
DUTY = Route("safeguarding", "Duty Service", "0344 800 8020", "https://example.org", "At risk.")
FOUND = ServiceFound(
    id=str(SERVICE),
    name="Debt help",
    partner="Larkmoor",
    url=RECORD.url,
    score=4.0,
    needs=("debt-advice",),
    distance_km=4.2,
    coverage="area",
    delivery=("in_person", "phone"),
    reasons=("Serves this area", "Free"),
)
ANSWER = Answer(
    needs=(NeedFound("debt-advice", "Debt Advice", 0.9, ("bailiffs & <b>",), "text"),),
    ruled_out=(RuledOut("substance-misuse", "x", ("no concerns about drink",), "absent"),),
    level=LevelOfNeed("targeted", True, "Several needs at once."),
    safeguarding=Safeguarding(False, (), None),
    place=PlaceFound("found", "Diss", "settlement", ("E07000149",), ()),
    services=(FOUND,),
    package=(PackageChoice(str(SERVICE), ("debt-advice",)),),
    unmet=(),
    near_misses=(NearMiss("n", "Far away help", ("debt-advice",), "area", "Breckland only."),),
    route=HUB,
    engine=EngineUsed("embedded", False),
    package_exact=True,
)
EMPTY = replace(ANSWER, services=(), package=(), near_misses=(), unmet=("debt-advice",))
URGENT = replace(ANSWER, safeguarding=Safeguarding(True, ("“he hit me”",), DUTY), route=DUTY)
ABUSE = replace(ANSWER, needs=(NeedFound("domestic-abuse", "x", 0.9, ("afraid",), "text"),))
