"""The language of the terminal: Polish unless BYWALEC_LANGUAGE says otherwise.

Texts of commands are needed before Django is set up, so they come from the catalogue directly.
"""

import gettext
import os
from pathlib import Path

from bywalec.cli.catalogues import compile_catalogues

LANGUAGE = os.environ.get("BYWALEC_LANGUAGE", "pl")

compile_catalogues()
_catalogue = gettext.translation(
    "django", localedir=str(Path(__file__).parent / "locale"), languages=[LANGUAGE], fallback=True
)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext
