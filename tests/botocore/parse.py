"""Prints what botocore reads from each answer on standard input.

One answer a line, one result a line:

    {"service": "iam", "api_version": "2010-05-08", "operation": "ListMFADevices", "status": 200, "body": "<..."}
    {"parsed": {"MFADevices": [...], "IsTruncated": false, "ResponseMetadata": {...}}}

What JSON cannot say:

    a timestamp   a string in RFC 3339, "2024-05-02T10:00:00Z"
    a blob        {"$blob": "<base64>"}

`headers` may be given, an object. A body that botocore refuses gives {"error": "..."}.
Needs no network and no credentials.
"""

import base64
import datetime
import json
import sys

from botocore.parsers import QueryParser

from serialize import service_model


def encode(value):
    """Turns what JSON cannot say into the notation above."""
    if isinstance(value, dict):
        return {key: encode(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [encode(inner) for inner in value]
    if isinstance(value, bytes):
        return {"$blob": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    return value


def parsed(call):
    model = service_model(call["service"], call["api_version"])
    shape = model.operation_model(call["operation"]).output_shape
    response = {
        "status_code": call["status"],
        "headers": call.get("headers", {}),
        "body": call["body"].encode("utf-8"),
    }
    return QueryParser().parse(response, shape)


def answer(line):
    try:
        return {"parsed": encode(parsed(json.loads(line)))}
    except Exception as error:  # Whatever it is, the next line is another answer.
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(answer(line), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
