"""``rules.json``: for each released column the rule that makes it and what the rule reads."""

import json

from mapper.model.columns import CAMERA, RULES_VERSION


def rules_text(code_version: str) -> str:
    """Write the rules as JSON, columns in released order."""
    columns = {
        column.name: {
            "rule_id": column.rule_id,
            "reads": list(column.keys),
            "meaning": column.meaning,
            "empty_means": column.null_means,
        }
        for column in CAMERA
    }
    content = {"rules_version": RULES_VERSION, "code_version": code_version, "columns": columns}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
