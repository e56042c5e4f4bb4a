"""Files of any length, made while they are sent."""

from collections.abc import Iterator

from flask import Response, current_app


class Pipe:
    """Takes what a zip file writes, and gives it on."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Keep it until it is taken."""
        self.waiting.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to wait for."""

    def take(self) -> bytes:
        """Everything that was written since."""
        found, self.waiting, self.size = b"".join(self.waiting), [], 0
        return found


def streamed(pieces: Iterator[bytes], kind: str) -> Response:
    """A file of any length, sent as it is read; each piece asks the database on its own, so that nothing is held open.

    What goes wrong with the first piece is still answered as a page.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own way to the application
    first = next(pieces, b"")

    def run() -> Iterator[bytes]:
        yield first
        while True:
            with app.app_context():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    return Response(run(), content_type=kind)
