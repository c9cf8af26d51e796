"""A shop's own website on another origin, with the embed code on it and as strict a content policy as there is."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Sklep z bułkami</title>
  <link rel="icon" href="data:,">
</head>
<body><main><h1>Bułki na zamówienie</h1><p><a href="#menu">Cennik</a></p></main>
{snippet}
</body>
</html>"""


class Website:
    """Serves one page that embeds the widget.

    Attributes:
        url: its address, an origin of its own.
        snippet: the embed code, to be set before the page is asked for.
        server: the origin that may serve scripts and answers.
    """

    def __init__(self) -> None:
        website = self
        self.snippet = ""
        self.server = ""
        self.language = "pl"

        class Handler(BaseHTTPRequestHandler):
            """Answers everything with the one page."""

            def do_GET(self) -> None:
                """Serve the page."""
                page = PAGE.format(snippet=website.snippet, language=website.language).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.send_header(
                    "Content-Security-Policy",
                    f"default-src 'none'; script-src {website.server}; connect-src {website.server}; img-src data:;"
                    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
                )
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="website", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
