"""Stands for a web worker that may be killed at any moment: makes changes as it is told.

One JSON line on standard input is one event, one line on standard output says that it was done.
"""

import json
import sys
import uuid

import django


def main() -> None:
    django.setup()
    from directory import listings
    from directory.records import MAIN, OrganizationRecord, ServiceNeed, ServiceRecord

    def record(told: dict[str, str]) -> ServiceRecord:
        partner = OrganizationRecord(id=uuid.UUID(int=1), name="A partner")
        return ServiceRecord(
            id=uuid.UUID(told["id"]), organization=partner, name=told["name"],
            summary="Somebody to talk to", needs=(ServiceNeed(told["need"], MAIN),),
        )  # fmt: skip

    print("ready", flush=True)
    for line in sys.stdin:
        event = json.loads(line)
        if event["do"] == "publish":
            listings.publish(record(event["services"][0]))
        elif event["do"] == "harvest":
            listings.publish_all([record(told) for told in event["services"]], "feed")
        else:
            listings.withdraw(uuid.UUID(event["services"][0]["id"]))
        print("done", flush=True)


if __name__ == "__main__":
    main()
