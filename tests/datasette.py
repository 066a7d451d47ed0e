"""Ask the database of a build through Datasette, as a reader would: `make datasette`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from mapper.export.database import FILE_NAME
from mapper.release.store import find_release


def main(program: str, out_dir: str) -> None:
    """Ask for a row with its keys, a view and a search, and say what came."""
    path = find_release(Path(out_dir)) / FILE_NAME

    def get(address: str) -> Any:  # noqa: ANN401 - JSON
        words = [program, str(path), "--get", f"/{path.stem}{address}"]
        return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)  # noqa: S603 - our own words

    row = get("/relations/huawei-belgrade-safe-city.json?_shape=objects")["rows"][0]
    found = get("/searched_texts.json?_search=zambia+interception&_shape=array")
    supplies = get("/supplies.json?supplier_org=huawei&_shape=array")
    keys = get("/relations.json?_facet=supplier_org&_size=1&_labels=on")
    assert row["supplier_org"] == "huawei"
    assert found
    assert all("Zambia" in text["text"] for text in found)
    assert supplies
    assert keys["rows"]
    print(f"datasette reads {path.name}: {len(found)} texts found, {len(supplies)} supplies")  # noqa: T201 - its purpose


if __name__ == "__main__":
    main(*sys.argv[1:])
