"""Prints the values that botocore parses from each response on standard input.

The input has a response in each line, the output a result:

    {"service": "iam", "api_version": "2010-05-08", "operation": "ListMFADevices", "status": 200, "body": "<..."}
    {"parsed": {"MFADevices": [...], "IsTruncated": false, "ResponseMetadata": {...}}}

Values without a JSON type:

    a timestamp   a string in RFC 3339, "2024-05-02T10:00:00Z"
    a blob        {"$blob": "<base64>"}

An object `headers` is optional. If botocore rejects a body, the result is {"error": "..."}.
Needs no network and no credentials.
"""

import base64
import datetime
import json
import sys

from botocore.parsers import QueryParser

from serialize import service_model


def encode(value):
    """Converts values without a JSON type to the notation above."""
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


def result_of(line):
    try:
        return {"parsed": encode(parsed(json.loads(line)))}
    except Exception as error:  # For any error, continue with the next response.
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(result_of(line), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
