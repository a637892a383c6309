"""Which requests come from this app's own pages, and which addresses are safe to go on to."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_NEXT = 1000


def is_own_request(headers: Headers) -> bool:
    """Whether a changing request comes from one of our pages.

    Browsers that state the relation (Sec-Fetch-Site, over https and on localhost) are believed, since no page can
    set that header. Otherwise the Origin must be this host. A request with neither is not from a browser's page.
    """
    relation = headers.get("sec-fetch-site")
    if relation is not None:
        return relation in ("same-origin", "none")
    return headers.get("origin") is None or origin_is_host(headers)


def origin_is_host(headers: Headers) -> bool:
    """Whether Origin names the host that was asked. A missing Origin does not."""
    try:
        origin = urlsplit(headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(origin) and origin.lower() == headers.get("host", "").lower()


def is_followed_by_hand(headers: Headers) -> bool:
    """Whether a browser says that one of our own pages was left for this one: a link, not an image or a prefetch."""
    return (
        headers.get("sec-fetch-site") == "same-origin"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and "sec-purpose" not in headers
    )


def safe_next(address: str) -> str:
    """The address when it is a page of this app, otherwise the first page.

    Browsers drop tabs and line ends and read a backslash as a slash, so none of these may occur.
    """
    plain = len(address) <= LONGEST_NEXT and address.isascii() and all("!" <= each != "\\" for each in address)
    if not plain or not address.startswith("/") or address.startswith("//"):
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else address
