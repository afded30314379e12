"""Creates random calls and responses, and prints the bodies and values by botocore.

    python random_calls.py models FOLDER     writes IAM's service-2.json and paginators-1.json there
    python random_calls.py COUNT < methods   prints COUNT lines of each kind for each method

A method is a line of JSON: {"method": NAME, "operation": "ListUsers", "required": ["UserName"]}. The lines:

    {"method": NAME, "params": {...}, "body": "Action=..."}
    {"method": NAME, "response": "<...", "output": {...}}

`params` and `output` have the JSON format of this project: a timestamp is a string in RFC 3339, in UTC, a blob is
base64, and a policy document in a response is decoded. The output is the same in every run. Needs no network and no
credentials.
"""

import base64
import datetime
import json
import pathlib
import random
import sys
import urllib.parse
import xml.sax.saxutils

from botocore.awsrequest import AWSRequest
from botocore.parsers import QueryParser
from botocore.serialize import create_serializer

from serialize import LOADER, service_model

SERVICE, VERSION = "iam", "2010-05-08"
SEED = 20260801
POLICY = "policyDocumentType"
# Those that an encoder might get wrong, more often than by chance.
CHARACTERS = list("abcXYZ0189 +%&=~*/:@'\"<>;.-_") + ["\n", "\t", "é", "ß", "日", "𝕏", "\u00a0", "]]>"]
DEEPEST = 4


def text(random, shape=None):
    if shape is not None and getattr(shape, "enum", None) and random.random() < 0.9:
        return random.choice(shape.enum)
    return "".join(random.choice(CHARACTERS) for _ in range(random.choice([0, 1, 3, 8, 20])))


def policy(random):
    """A document as text: usually JSON, sometimes text that looks percent-encoded, sometimes empty."""
    kind = random.random()
    if kind < 0.1:
        return ""
    if kind < 0.2:
        return "%" + text(random)
    return json.dumps({"Version": "2012-10-17", "Statement": text(random)}, ensure_ascii=False)


def value(random, shape, all_of=(), depth=0):
    kind = shape.type_name
    if kind == "structure":
        given = {}
        for name, member in shape.members.items():
            must = name in shape.required_members or name in all_of
            if must or (depth < DEEPEST and random.random() < 0.6):
                given[name] = value(random, member, (), depth + 1)
        return given
    if kind == "list":
        length = 0 if depth >= DEEPEST else random.choice([0, 1, 1, 2, 3])
        return [value(random, shape.member, (), depth + 1) for _ in range(length)]
    if kind == "map":
        keys = sorted({text(random, shape.key) for _ in range(random.choice([0, 1, 2, 3]))})
        return {key: value(random, shape.value, (), depth + 1) for key in keys}
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "integer":
        return random.choice([0, 1, -1, 2**31 - 1, -(2**31), random.randrange(10**6)])
    if kind == "long":
        return random.choice([0, 2**63 - 1, -(2**63), random.randrange(10**12)])
    if kind in ("float", "double"):
        return random.randrange(-(10**6), 10**6) / 64
    if kind == "timestamp":
        seconds = random.randrange(0, 4 * 10**9)
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    if kind == "blob":
        return random.randbytes(random.choice([0, 1, 2, 3, 16]))
    return policy(random) if shape.name == POLICY else text(random, shape)


def ours(value, shape):
    """`value` in the JSON format of this project."""
    kind = shape.type_name
    if kind == "structure":
        return {name: ours(inner, shape.members[name]) for name, inner in value.items()}
    if kind == "list":
        return [ours(inner, shape.member) for inner in value]
    if kind == "map":
        return {key: ours(inner, shape.value) for key, inner in value.items()}
    if kind == "timestamp":
        utc = value.astimezone(datetime.timezone.utc)
        return utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    if kind == "blob":
        return base64.b64encode(value).decode("ascii")
    return value


def decoded(value, shape):
    """`value` with its encoded policy documents decoded."""
    kind = shape.type_name
    if kind == "structure":
        return {name: decoded(inner, shape.members[name]) for name, inner in value.items()}
    if kind == "list":
        return [decoded(inner, shape.member) for inner in value]
    if kind == "map":
        return {key: decoded(inner, shape.value) for key, inner in value.items()}
    if shape.name == POLICY and value.lstrip().startswith("%"):
        try:
            return urllib.parse.unquote(value, errors="strict")
        except UnicodeDecodeError:
            return value
    return value


def element(random, name, shape, value):
    """The elements for the member `name`."""
    kind = shape.type_name
    blank = random.choice(["", "", "\n  "])
    if kind == "list":
        own = shape.member.serialization.get("name", "member")
        if shape.serialization.get("flattened"):
            return "".join(element(random, own, shape.member, inner) for inner in value)
        inner = "".join(element(random, own, shape.member, inner) + blank for inner in value)
    elif kind == "map":
        key = shape.key.serialization.get("name", "key")
        val = shape.value.serialization.get("name", "value")
        entries = [
            element(random, key, shape.key, one) + blank + element(random, val, shape.value, other)
            for one, other in value.items()
        ]
        inner = "".join(f"<entry>{blank}{entry}</entry>" for entry in entries)
    elif kind == "structure":
        inner = members(random, shape, value) + blank
    else:
        inner = scalar(random, shape, value)
    if not inner and random.random() < 0.5:
        return f"<{name}/>"
    return f"<{name}>{inner}</{name}>"


def members(random, shape, value):
    found = [
        element(random, shape.members[name].serialization.get("name", name), shape.members[name], inner)
        for name, inner in value.items()
    ]
    # An unknown member, as a later version of the service may add.
    if random.random() < 0.1:
        found.append("<UnknownMember><a>1</a></UnknownMember>")
    return "".join(found)


def scalar(random, shape, value):
    kind = shape.type_name
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "blob":
        return base64.b64encode(value).decode("ascii")
    if kind == "timestamp":
        offset = datetime.timezone(datetime.timedelta(hours=random.choice([0, 0, 0, -7, 2])))
        moved = value.astimezone(offset).isoformat()
        return moved.replace("+00:00", random.choice(["Z", "+00:00", ".000Z"]))
    if kind != "string":
        return str(value)
    if shape.name == POLICY and not value.startswith("%") and random.random() < 0.8:
        value = urllib.parse.quote(value, safe="-_.~")
    if "]]>" not in value and random.random() < 0.1:
        return f"<![CDATA[{value}]]>"
    return xml.sax.saxutils.escape(value, {'"': "&quot;", "é": "&#233;", "\t": "&#x9;"})


def body_of(params, operation):
    request = create_serializer("query", False).serialize_to_request(params, operation)
    prepared = AWSRequest(
        method="POST", url="https://localhost/", headers=request["headers"], data=request["body"]
    ).prepare()
    return prepared.body.decode("utf-8") if isinstance(prepared.body, bytes) else prepared.body


def call(random, method, operation):
    shape = operation.input_shape
    params = value(random, shape, method["required"]) if shape else {}
    given = ours(params, shape) if shape else {}
    return {"method": method["method"], "params": given, "body": body_of(params, operation)}


def response(random, method, operation):
    shape = operation.output_shape
    name, wrapper = operation.name, shape.serialization["resultWrapper"]
    result = members(random, shape, value(random, shape))
    document = (
        f'<{name}Response xmlns="https://iam.amazonaws.com/doc/{VERSION}/"><{wrapper}>{result}</{wrapper}>'
        f"<ResponseMetadata><RequestId>an-id</RequestId></ResponseMetadata></{name}Response>"
    )
    http_response = {"status_code": 200, "headers": {}, "body": document.encode("utf-8")}
    parsed = QueryParser().parse(http_response, shape)
    parsed.pop("ResponseMetadata")
    output = decoded(ours(parsed, shape), shape)
    return {"method": method["method"], "response": document, "output": output}


def models(folder):
    for name in ("service-2", "paginators-1"):
        text = json.dumps(LOADER.load_service_model(SERVICE, name, VERSION))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def main():
    if sys.argv[1] == "models":
        models(pathlib.Path(sys.argv[2]))
        return
    model = service_model(SERVICE, VERSION)
    for line in sys.stdin:
        method = json.loads(line)
        operation = model.operation_model(method["operation"])
        generator = random.Random(f"{SEED} {method['method']}")
        for _ in range(int(sys.argv[1])):
            print(json.dumps(call(generator, method, operation), ensure_ascii=False))
            if operation.output_shape is not None:
                print(json.dumps(response(generator, method, operation), ensure_ascii=False))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
