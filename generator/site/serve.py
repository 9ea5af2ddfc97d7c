"""Show a site while it is being written, on this machine alone, and reload it on each change."""

from __future__ import annotations

import socket
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from generator.config import SiteConfig
from generator.errors import AuthorPagesError, UsageError

Make = Callable[[Path, str], object]
"""Build the site into a folder, for an address."""


def serve_site(
    config: SiteConfig,
    make: Make,
    *,
    watched: Sequence[Path],
    host: str,
    port: int,
    open_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Build into a temporary folder, serve it, and build again when a watched file changes.

    The site stands at the path that it will have when it is published (`/repo/`). A build that
    fails says why and leaves the last good one in place. Runs until it is interrupted.
    """
    path = urlsplit(config.site_url or "").path or "/"
    url = f"http://{host}:{port}{path}"
    _check_free(host, port)
    with tempfile.TemporaryDirectory(prefix="authorpages-") as folder:
        target = Path(folder) / "site"
        make(target, url)

        def rebuild() -> None:
            try:
                make(target, url)
            except AuthorPagesError as error:
                say(f"not rebuilt: {error}")

        server = LiveReloadServer(rebuild, host=host, port=port, root=str(target), mount_path=path)
        for place in watched:
            server.watch(str(place))
        say(f"Serving on {url} (stop with Ctrl+C)")
        if open_browser:
            webbrowser.open(url)
        try:
            server.serve()  # type: ignore[no-untyped-call]  # mkdocs 1.6 leaves it so
        except KeyboardInterrupt:
            say("Stopped.")
        finally:
            server.shutdown()


def _check_free(host: str, port: int) -> None:
    """Fail before the first build, not after it, when the address cannot be had."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another --port"
        ) from error
