"""Who may come in: the browser of the person who started the page, and nobody else.

The server listens at 127.0.0.1 alone. Each address that is handed out has a ticket that is good for one visit; it is
exchanged for a cookie that scripts cannot read and that no other site sends. The Host of each request is checked, so that
no foreign name can lead here (DNS rebinding), and so are Origin and Sec-Fetch-Site, so that no other site can have its
visitor send anything (also one at another port of this computer, which SameSite would let through).
Whatever changes something needs an Origin, which browsers send with `fetch`.

Only who brings a good ticket may be led here by a page at another port: that of a desk beside this one, which got it as a
second start gets it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from processor.page.keys import ANOTHER, KEY_HEADER, Keys

_SAFE: Final = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_READS: Final = ("GET", "HEAD")
_KEPT_OUT: Final = (
    "이 화면은 시작한 사람만 볼 수 있습니다. 작업 폴더의 '시작'을 다시 두 번 눌러 여세요.\n"
    "This page is only for whoever started it. Open it again by a double click on 시작 in the folder of the desk.\n"
)

_COME_IN: Final = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={page}">'
"""Leads on to a page that asks for itself: a redirect would still be asked for by the other port."""


class Door:
    """Answers 403 to whoever may not come in, and gives each answer the headers that keep a page to itself."""

    def __init__(self, inside: ASGIApp, keys: Keys, heard: Callable[[], None]) -> None:
        """`heard` is called at each request that comes in."""
        self._inside, self._keys, self._heard = inside, keys, heard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_SAFE)
            await send(message)

        answer = self._at_the_door(request)
        if answer is None:
            self._heard()
        await (answer or self._inside)(scope, receive, safely)

    def _at_the_door(self, request: Request) -> Response | None:
        """The answer that is given at the door; None: come in."""
        keys, led_here_by = self._keys, request.headers.get("sec-fetch-site", "none")
        if not self._for_us(request):
            return _kept_out()
        tickets = parse_qs(request.url.query).get("token") if request.url.path == "/" else None
        page = keys.admitted(tickets[0]) if tickets else None
        if page is not None and led_here_by == "same-site":
            return self._welcomed(HTMLResponse(_COME_IN.format(page=page)))
        if led_here_by not in ("none", "same-origin"):
            return _kept_out()
        if request.url.path == ANOTHER:
            asked = keys.page_of(request.headers.get(KEY_HEADER, "")) if request.method == "POST" else None
            return _kept_out() if asked is None else JSONResponse({"url": keys.address(asked)})
        known = keys.is_visitor(request.cookies.get(keys.cookie, ""))
        if tickets and (known or page is not None):
            return self._welcomed(RedirectResponse(page or "/", 303))
        return None if known else _kept_out()

    def _welcomed(self, answer: Response) -> Response:
        answer.set_cookie(self._keys.cookie, self._keys.visitor, httponly=True, samesite="strict")
        return answer

    def _for_us(self, request: Request) -> bool:
        """Is this request for this server by its own name, and by none of another site's scripts?"""
        headers = request.headers
        origins = headers.getlist("origin")
        return (
            headers.getlist("host") == [self._keys.host]
            and all(origin == f"http://{self._keys.host}" for origin in origins)
            and (bool(origins) or request.method in _READS)
        )


def _kept_out() -> Response:
    return PlainTextResponse(_KEPT_OUT, 403)
