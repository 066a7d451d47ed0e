"""Drive an installed Firefox by Marionette, its own remote protocol, with no driver between."""

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

_NAMES = ("firefox-esr", "firefox")
_START_S = 60
_POLL_S = 0.2
# No page of Mozilla's, no telemetry, no update: nothing but the page under test is asked.
_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


def firefox_path() -> str | None:
    """Find an installed Firefox."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Firefox:
    """One Firefox without a window, in a profile of its own."""

    def __init__(self, profile_dir: Path) -> None:
        profile_dir.mkdir(parents=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
        (profile_dir / "user.js").write_text("\n".join(lines), encoding="utf-8")
        program = firefox_path()
        assert program, "make browser installs a Firefox"
        self._process = subprocess.Popen(  # noqa: S603 - the program that was found
            [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile_dir)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stream = self._connect(profile_dir / "MarionetteActivePort")
        self._number = 0
        self._read()
        self.command("WebDriver:NewSession", {"capabilities": {}})

    def close(self) -> None:
        """End this Firefox."""
        self._stream.close()
        self._process.terminate()
        self._process.wait(_START_S)

    def _connect(self, port_file: Path) -> socket.socket:
        for _ in range(int(_START_S / _POLL_S)):
            if port_file.exists() and (text := port_file.read_text(encoding="ascii")):
                return socket.create_connection(("127.0.0.1", int(text)), timeout=_START_S)
            try:
                self._process.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                continue
            break
        msg = "Firefox did not open its remote protocol"
        raise AssertionError(msg)

    def _read(self) -> Any:  # noqa: ANN401 - whatever the protocol carries
        head = b""
        while not head.endswith(b":"):
            head += self._received(1)
        length = int(head[:-1])
        body = b""
        while len(body) < length:
            body += self._received(length - len(body))
        return json.loads(body)

    def _received(self, size: int) -> bytes:
        piece = self._stream.recv(size)
        assert piece, "Firefox ended"
        return piece

    def command(self, name: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - see above
        """Send one command and return its value."""
        self._number += 1
        body = json.dumps([0, self._number, name, arguments]).encode()
        self._stream.sendall(str(len(body)).encode() + b":" + body)
        _, _, error, value = self._read()
        assert error is None, error
        return value

    def size(self, width: int, height: int) -> None:
        """Make the window such that the page is this large, in CSS pixels."""
        outer = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]")
        wanted = {"width": width + outer[0], "height": height + outer[1]}
        self.command("WebDriver:SetWindowRect", wanted)

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.command("WebDriver:Navigate", {"url": "about:blank"})
        self.command("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Run the body of a function in the page and return its value; a promise is awaited."""
        arguments: dict[str, Any] = {"script": script, "args": [], "sandbox": None}
        return self.command("WebDriver:ExecuteScript", arguments)["value"]

    def _element(self, selector: str) -> str:
        arguments = {"using": "css selector", "value": selector}
        (element,) = self.command("WebDriver:FindElement", arguments)["value"].values()
        return str(element)

    def click(self, selector: str) -> None:
        """Click an element as a reader does: in its middle, refused where it is covered."""
        self.command("WebDriver:ElementClick", {"id": self._element(selector)})

    def type(self, selector: str, text: str) -> None:
        """Type into an element, key by key."""
        self.command("WebDriver:ElementSendKeys", {"id": self._element(selector), "text": text})

    def wait(self, expression: str) -> None:
        """Wait until an expression holds in the page."""
        self.run(
            "return new Promise((resolve, reject) => { const end = Date.now() + 20000;"
            f" const look = () => ({expression}) ? resolve(true)"
            f" : Date.now() > end ? reject(new Error({json.dumps(expression)}))"
            " : setTimeout(look, 30); look(); })"
        )

    def printed(self) -> str:
        """Print the page; return the PDF in base64."""
        value = self.command("WebDriver:Print", {"background": True, "shrinkToFit": True})
        return str(value["value"])
