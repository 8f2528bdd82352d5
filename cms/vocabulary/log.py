"""What the history says of a change: which field, from what to what."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter


class ChangedRow(LogFormatter):
    """A row of the shared language that was changed."""

    label = "Change the shared language"

    def format_message(self, log_entry: Any) -> str:
        changes = log_entry.data.get("changes", [])
        parts = [
            f"{label} from “{before}” to “{after}”" if before else f"{label} to “{after}”"
            for label, before, after in changes
        ]
        return f"Changed {'; '.join(parts)}" if parts else "Changed"


def register(actions: LogActionRegistry) -> None:
    """Let the history know of changes of rows."""
    actions.register_action("cms.change_row")(ChangedRow)
