"""What a browser's form sent, bounded before it is read."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from panel.errors import InputError

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 20


class Form(dict[str, str]):
    """Fields by name; a field that was not sent is empty."""

    def __missing__(self, name: str) -> str:
        return ""


async def read_form(request: Request) -> Form:
    """The fields of an ordinary form. Raises InputError when it is none or far too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise InputError("That is more text than this form takes. Shorten it and send it again.")
    try:
        return Form(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise InputError("This form could not be read. Open the page again and fill it in there.") from error
