"""Run a module of the front end without a browser, and read what it answers."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parents[2] / "site" / "js"
_DENO = Path(sys.prefix) / "bin" / "deno"


def answer_of(script: str, given: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """
    Run a script with Deno and return what it hands to ``answer``.

    Parameters
    ----------
    script
        An ES module; ``site/`` in its imports is the folder of the scripts, ``given`` is what the
        caller gives, ``answer(value)`` gives back.
    """
    program = "\n".join(
        (
            "const given = JSON.parse(await new Response(Deno.stdin.readable).text());",
            "const answer = (value) => console.log(JSON.stringify(value));",
            script.replace('"site/', f'"{SCRIPTS.as_uri()}/'),
        )
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [str(_DENO), "eval", "--quiet", "--no-remote", "--no-npm", "--ext=js", program],
        input=json.dumps(given).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
