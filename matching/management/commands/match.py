"""Match from the command line: `manage.py match "what is going on" --place Diss`."""

import json
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from directory.reference import current_reference
from matching.contract import BadRequest, MatchRequest, as_json, field_errors, parse
from matching.enquiry import Enquiry
from matching.pipeline import answer
from matching.readable import lines_of
from matching.records import records_of
from matching.understanding.artefact import ModelDamaged, ModelMissing


def _member(value: str) -> dict[str, Any]:
    """ "15" or "young person:15" as a household member."""
    role, _, age = value.rpartition(":")
    if not age.isdigit():
        raise ArgumentTypeError(f"'{value}': write an age, or role:age, for example child:9")
    return {"role": role, "age": int(age)}


class Command(BaseCommand):
    help = (
        "Match what a family says to services. With --jsonl: one JSON request a line on standard "
        "input, one JSON answer a line on standard output."
    )
    # What it stands on. All checks would build each form of the admin: longer than an answer takes.
    requires_system_checks = ("opensearch", "matching")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="?", default="", help="what is going on, in any words")
        parser.add_argument("--place", help="town, village or postcode")
        parser.add_argument("--need", action="append", default=[], metavar="CODE")
        parser.add_argument("--without", action="append", default=[], metavar="CODE")
        parser.add_argument("--level", metavar="CODE")
        parser.add_argument("--member", action="append", default=[], type=_member)
        parser.add_argument("--resident", action="store_true", help="in a resident's words")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--jsonl", action="store_true")

    def handle(self, *args: Any, jsonl: bool, **options: Any) -> None:
        try:
            if jsonl:
                self._answer_lines()
            else:
                self._answer_one(options)
        except (ModelMissing, ModelDamaged) as error:
            raise CommandError(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"The directory cannot be read ({error}). Run manage.py migrate first, then "
                "load_language, load_places and load_helplines; if that was done, look whether the "
                "database of DATABASE_URL can be reached."
            ) from error

    def _answer_one(self, options: dict[str, Any]) -> None:
        enquiry = self._enquiry(options)
        found = answer(enquiry)
        records = records_of(found)
        for line in lines_of(found, enquiry.audience, current_reference(), records):
            self.stdout.write(line)

    def _enquiry(self, options: dict[str, Any]) -> Enquiry:
        from pydantic import ValidationError

        try:
            return MatchRequest(
                text=options["text"],
                needs=options["need"],
                exclude_needs=options["without"],
                level=options["level"],
                household=options["member"],
                place=options["place"],
                audience="resident" if options["resident"] else "practitioner",
                limit=options["limit"],
            ).enquiry()
        except ValidationError as error:
            raise CommandError(str(BadRequest(field_errors(error.errors())))) from error
        except BadRequest as error:
            raise CommandError(str(error)) from error

    def _answer_lines(self) -> None:
        """One bad line is answered with what is wrong with it; the others are not harmed."""
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                values = as_json(answer(parse(line)))
            except BadRequest as error:
                values = {
                    "error": {"title": "This line cannot be answered.", "errors": error.errors}
                }
            self.stdout.write(json.dumps(values))
            self.stdout.flush()
