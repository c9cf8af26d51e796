"""The consultant: signs in to the console with the real form, finds the customer in the queue, takes over, answers."""

import httpx

from bywalec.cli.demo.notes import SignIn
from bywalec.cli.smoke.expectation import Disappointed, require_status
from bywalec.cli.smoke.pages import Form, Page

SIGN_IN = "/accounts/login/"
QUEUE = "/console/inbox/"


class Consultant:
    """A browser without scripts, in the hands of the staff.

    Args:
        address: of the server.
        sign_in: whose account.
    """

    def __init__(self, address: str, sign_in: SignIn) -> None:
        self._http = httpx.Client(
            base_url=address, timeout=httpx.Timeout(15), follow_redirects=True, headers={"Accept-Language": "pl"}
        )
        self._sign_in = sign_in

    def come_in(self) -> None:
        """Sign in.

        Raises:
            Disappointed: a stranger sees the queue, or the right password does not open it.
        """
        stranger = self._http.get(QUEUE)
        if not stranger.url.path.startswith(SIGN_IN):
            raise Disappointed(f"the queue is open to strangers: {stranger.url.path} {stranger.status_code}")
        form = self._form(Page(stranger.text), SIGN_IN)
        if "csrfmiddlewaretoken" not in form.fields:
            raise Disappointed("the sign-in form has no protection against forged requests")
        form.fields |= {"login": self._sign_in.email, "password": self._sign_in.password}
        answer = self._send(form, SIGN_IN)
        if not answer.url.path.startswith("/console/"):
            raise Disappointed(f"signing in led to {answer.url.path}: {Page(answer.text).text[:200]}")

    def find(self, conversation: str) -> Page:
        """Find a conversation among those that wait, open it, and return its page.

        Raises:
            Disappointed: it is not there.
        """
        queue = self._page(f"{QUEUE}?view=waiting")
        if not any(conversation in link for link in queue.links):
            raise Disappointed(f"conversation {conversation} does not wait in the queue")
        return self._page(f"{QUEUE}{conversation}/")

    def take_over(self, conversation: str) -> None:
        """Take the conversation."""
        path = f"{QUEUE}{conversation}/"
        self._send(self._form(self._page(path), "take-over/"), path)

    def reply(self, conversation: str, words: str) -> None:
        """Answer the customer.

        Raises:
            Disappointed: the answer does not stand on the page afterwards.
        """
        path = f"{QUEUE}{conversation}/"
        form = self._form(self._page(path), "write/")
        form.fields["text"] = words
        after = Page(self._send(form, path).text)
        if words not in after.text:
            raise Disappointed("the reply does not stand in the conversation")

    def close(self) -> None:
        """Leave."""
        self._http.close()

    def _page(self, path: str) -> Page:
        answer = self._http.get(path)
        require_status(answer, 200)
        return Page(answer.text)

    def _send(self, form: Form, page: str) -> httpx.Response:
        answer = self._http.post(
            form.action, data=form.fields, headers={"Referer": str(self._http.base_url.join(page))}
        )
        require_status(answer, 200)
        return answer

    @staticmethod
    def _form(page: Page, end: str) -> Form:
        found = [form for form in page.forms if form.action.partition("?")[0].endswith(end) and form.method == "post"]
        if not found:
            raise Disappointed(f"the page has no form that goes to …{end}: {page.text[:200]}")
        return found[0]
