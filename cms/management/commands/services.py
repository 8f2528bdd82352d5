"""Services out to a file and in from one: `manage.py services export all.xlsx`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.exchange.applying import Refused, apply_file
from cms.exchange.comparing import plan_for
from cms.exchange.exporting import as_csv, as_xlsx
from cms.exchange.plan import Plan
from cms.exchange.reading import Unreadable
from cms.exchange.scope import Scope, scope_of_operator


class Command(BaseCommand):
    help = "Export services to CSV or XLSX, and import them: looked at first, then all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        out = actions.add_parser("export", help="write a file; its name ends in .csv or .xlsx")
        into = actions.add_parser("import", help="say what a file would do, and do it with --apply")
        for action in (out, into):
            action.add_argument("file", type=Path)
            action.add_argument("--partner", help="only the services of the partner of this name")
            action.add_argument(
                "--confidential",
                action="store_true",
                help="with the addresses of confidential sites: keep such a file to yourself",
            )
        what = into.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="say what would happen (default)")
        what.add_argument("--apply", action="store_true", help="do it")
        into.add_argument("--draft", action="store_true", help="make drafts, publish nothing")

    def handle(self, *args: Any, action: str, file: Path, **options: Any) -> None:
        scope = _scope(options["partner"], options["confidential"])
        if action == "export":
            self._export(file, scope)
        else:
            self._import(file, scope, apply=options["apply"], publish=not options["draft"])

    def _export(self, file: Path, scope: Scope) -> None:
        if file.suffix.lower() not in (".csv", ".xlsx"):
            raise CommandError("Let the name of the file end in .csv or .xlsx.")
        with file.open("wb") as target:
            if file.suffix.lower() == ".csv":
                target.writelines(as_csv(scope))
            else:
                with as_xlsx(scope) as book:
                    target.write(book.read())
        self.stdout.write(f"Written to {file}.")

    def _import(self, file: Path, scope: Scope, apply: bool, publish: bool) -> None:
        try:
            data = file.read_bytes()
            plan = plan_for(data, scope, publish=publish, progress=self._looked)
        except (OSError, Unreadable) as error:
            raise CommandError(f"{file}: {error}") from error
        self._tell(plan)
        if plan.refused:
            raise CommandError("Nothing was written. Put these rows right and import again.")
        if not apply:
            self.stdout.write("Nothing was written. Add --apply to do it.")
            return
        try:
            done = apply_file(
                data,
                scope,
                publish=publish,
                agreed=plan.fingerprint,
                name=file.name,
                progress=self._done,
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.created:,} added, {done.changed:,} changed.")

    def _looked(self, done: int, of: int) -> None:
        self.stdout.write(f"looked at {done:,} of {of:,} rows")

    def _done(self, what: str, done: int, of: int) -> None:
        self.stdout.write(f"{what} {done:,} of {of:,}")

    def _tell(self, plan: Plan) -> None:
        for row in plan.doing("refused"):
            for problem in row.problems:
                place = f", {problem.column}" if problem.column else ""
                self.stderr.write(f"Row {row.number}{place}: {problem.message}")
        for row in plan.doing("changed"):
            columns = ", ".join(change.column for change in row.changes)
            self.stdout.write(f"Row {row.number}, {row.name}: changes {columns}")
        counts = ", ".join(f"{count:,} {action}" for action, count in plan.counts.items())
        self.stdout.write(f"{counts}.")


def _scope(name: str | None, confidential: bool) -> Scope:
    scope = scope_of_operator(confidential)
    if name is None:
        return scope
    found = [p for p in scope.partners if p.title.casefold() == name.strip().casefold()]
    if len(found) != 1:
        known = ", ".join(partner.title for partner in scope.partners[:40])
        raise CommandError(f"There is no single partner called '{name}'. There are: {known}")
    return scope.narrowed(found[0])
