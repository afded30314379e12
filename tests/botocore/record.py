"""Writes bodies.json: the body that botocore sends for each case of cases.json."""

import json
import pathlib

from serialize import form_body

HERE = pathlib.Path(__file__).parent


def main():
    cases = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    bodies = {
        case["name"]: form_body(
            {"service": "iam", "api_version": "2010-05-08", **case}
        )
        for case in cases
    }
    if len(bodies) != len(cases):
        raise SystemExit("two cases have the same name")
    text = json.dumps(bodies, indent=2, ensure_ascii=False) + "\n"
    (HERE / "bodies.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
