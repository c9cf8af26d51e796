"""Reading a page as a browser without scripts would: its text, its links, its forms with what they would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SENT_AS_THEY_ARE = {"hidden", "text", "email", "password", "search", "number", ""}
SILENT = {"script", "style", "template"}


@dataclass(slots=True)
class Form:
    """A form: where it goes and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """A parsed page.

    Args:
        html: its source.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._text: list[str] = []
        self._form: Form | None = None
        self._silent = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """Return the visible words with single spaces."""
        return " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields and links."""
        named = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        elif tag == "form":
            self._form = Form(named.get("action", ""), named.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in named:
            self.links.append(named["href"])
        elif self._form is not None and named.get("name"):
            self._note_field(self._form, tag, named)

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a silent element."""
        if tag == "form":
            self._form = None
        elif tag in SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Note visible text."""
        if not self._silent:
            self._text.append(data)

    @staticmethod
    def _note_field(form: Form, tag: str, named: dict[str, str]) -> None:
        kind = named.get("type", "").lower()
        ticked = kind in {"radio", "checkbox"} and "checked" in named
        if tag == "textarea" or (tag == "input" and (kind in SENT_AS_THEY_ARE or ticked)):
            form.fields[named["name"]] = named.get("value", "on" if ticked else "")
