"""``bywalec messages``: writes the texts that the source asks for into the catalogues. For developers."""

from typing import Annotated

import typer

from bywalec.cli.catalogues import compile_catalogues, untranslated, update_catalogue
from bywalec.cli.project import PROJECT, SOURCE
from bywalec.cli.terminal import result


def messages(
    areas: Annotated[list[str], typer.Argument(help="Areas, such as console or store.")],
    language: Annotated[str, typer.Option(help="The catalogue's language.")] = "pl",
) -> None:
    """Add missing texts to the areas' catalogues and drop those nobody asks for; translations stay."""
    for area in areas:
        path = update_catalogue(SOURCE / area, language)
        result.print(str(path.relative_to(PROJECT)))
        for text in untranslated(path, language):
            result.print(f"    {text!r}", markup=False)
    compile_catalogues()
