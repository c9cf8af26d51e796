"""What commands share about the terminal: results go to standard output, progress and notes to standard error."""

from rich.console import Console

result = Console(highlight=False, soft_wrap=True)
progress = Console(stderr=True, highlight=False, soft_wrap=True)


def note(text: str) -> None:
    """Say in passing what happens."""
    progress.print(f"bywalec: {text}", markup=False)
