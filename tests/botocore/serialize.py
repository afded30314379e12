"""Prints the form body that botocore sends for each call on standard input.

The input has a call in each line, the output a body:

    {"service": "iam", "api_version": "2010-05-08", "operation": "EnableMFADevice", "params": {...}}
    {"body": "Action=EnableMFADevice&..."}

`params` is JSON. Values without a JSON type:

    a timestamp   a string in ISO 8601, "2024-05-02T10:00:00Z"
    a blob        {"$blob": "<base64>"}

If botocore rejects a call (a missing or unknown parameter, a wrong type), the result is {"error": "..."}.
Needs no network and no credentials.
"""

import base64
import json
import sys

import botocore.loaders
from botocore.awsrequest import AWSRequest
from botocore.model import ServiceModel
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator

LOADER = botocore.loaders.create_loader()
MODELS = {}


def service_model(service, api_version):
    """botocore's model of one version of a service."""
    key = (service, api_version)
    if key not in MODELS:
        description = LOADER.load_service_model(service, "service-2", api_version)
        MODELS[key] = ServiceModel(description, service)
    return MODELS[key]


def decode(value):
    """Converts the notation for blobs to bytes."""
    if isinstance(value, dict):
        if set(value) == {"$blob"}:
            return base64.b64decode(value["$blob"])
        return {key: decode(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [decode(inner) for inner in value]
    return value


def form_body(call):
    """The body of the request."""
    model = service_model(call["service"], call["api_version"])
    operation = model.operation_model(call["operation"])
    params = decode(call["params"])
    report = ParamValidator().validate(params, operation.input_shape)
    if report.has_errors():
        raise ValueError(report.generate_report())
    request = create_serializer("query", False).serialize_to_request(params, operation)
    prepared = AWSRequest(
        method=request["method"],
        url="https://localhost/",
        headers=request["headers"],
        data=request["body"],
    ).prepare()
    body = prepared.body
    return body.decode("utf-8") if isinstance(body, bytes) else body


def result_of(line):
    try:
        return {"body": form_body(json.loads(line))}
    except Exception as error:  # For any error, continue with the next call.
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(result_of(line), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
