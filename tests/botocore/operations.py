"""Compares requests and responses of all operations of a service with botocore's.

    python operations.py SERVICE

Prints a line for each random call and each random response, and reads from standard input what this project makes of it:

    {"operation": "ListUsers", "params": {...}}     {"method": "POST", "url": "...", "headers": {...}, "body": "<base64>"}
    {"operation": "ListUsers", "status": 200,       {"output": {...}}
     "headers": {...}, "body": "<base64>"}

or {"error": "..."}. The last line has the numbers of calls and responses, every difference, and what of the shapes occurred in
the calls. The first of five calls of an operation has the required members only, and the five together have every member, every
variant of a union, empty and absent lists and maps, and the limits of texts and numbers. `params` and `output` have the JSON format of this project. The output is the same in every run.
Needs no network and no credentials.
"""

import base64
import datetime
import hashlib
import json
import math
import random
import re
import sys
import urllib.parse
import zlib
from xml.etree import ElementTree

import botocore.loaders
import botocore.parsers
from botocore.awsrequest import create_request_object, prepare_request_dict
from botocore.config import Config
from botocore.httpchecksum import apply_request_checksum, resolve_checksum_context
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.utils import is_json_value_header

SEED = 20260801
CALLS, MOST_CALLS, RESPONSES = 5, 100, 2
# Below this depth, everything occurs three times in the calls of an operation, so that recursive shapes end.
DEEPEST, DEEP_OCCURRENCES = 4, 3
ENDPOINT = "http://localhost:1"
CHECKSUMS = Config(request_checksum_calculation="when_supported", response_checksum_validation="when_supported")
# Those that botocore has without its extension in C.
ALGORITHMS = {
    "crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
    "sha1": lambda body: hashlib.sha1(body).digest(),
    "sha256": lambda body: hashlib.sha256(body).digest(),
}
TOKEN = "00000000-0000-4000-8000-000000000000"
TEXTS = ["é日𝕏", "", "\"quoted\" <&>", "a/b?c#d", "100%+&=", "with space", "~-._*'()!", "x" * 40, "a"]
PLAIN = ["a", "value", "with space", "100%+&=", "a/b?c", "a,b", "say \"x\"", "x" * 40]
KEYS = ["key", "Other-Key", "é", "a b", "k.1"]


def json_text(value):
    return json.dumps(value, separators=(",", ":"), default=str)


class Coverage:
    """What occurs in the values of a service, and what can occur: members, absent members, variants of unions, empty and
    other lists and maps, and texts and numbers of each kind."""

    def __init__(self):
        self.possible, self.counts = {}, {}
        # Of the current operation.
        self.possible_here, self.counts_here, self.walked = {}, {}, set()

    def begin(self, shape, host_labels=()):
        """Begins an operation whose values have the structure `shape`."""
        self.possible_here, self.counts_here, self.walked = {}, {}, set()
        if shape is not None:
            self.walk(shape, "message", host_labels)
        self.possible |= self.possible_here

    def calls(self):
        """The numbers of the calls of the operation: more than five while they add what no call of the service had."""
        missing, in_vain = len(self.possible_here), 0
        for number in range(MOST_CALLS):
            if number >= CALLS:
                now = sum(key not in self.counts for key in self.possible_here)
                in_vain = in_vain + 1 if now == missing else 0
                missing = now
                if missing == 0 or in_vain > 15:
                    return
                self.counts_here = {}
            yield number

    def walk(self, shape, place, host_labels=()):
        """Notes everything that values of `shape` can have. Places that allow less are not counted."""
        if (shape.name, place) in self.walked:
            return
        self.walked.add((shape.name, place))
        kind = shape.type_name
        if kind == "structure" and not shape.is_document_type:
            is_union = getattr(shape, "is_tagged_union", False)
            for name, member in shape.members.items():
                inner = location_of(shape, name, host_labels) if place == "message" else "body"
                if inner == "none":
                    continue
                self.possible_here[shape.name, name] = "variants" if is_union else "members"
                if not is_union and name not in shape.required_members and inner not in ("uri", "host"):
                    self.possible_here[shape.name, name, "absent"] = "absent members"
                self.walk(member, inner)
        elif kind in ("list", "map"):
            self.walk(shape.member if kind == "list" else shape.value, place)
            for size in (0, 1):
                self.possible_here[shape.name, kind, size] = f"{'other' if size else 'empty'} lists and maps"
        elif place == "body" and kind != "structure":
            for choice in choices_of(shape)[:2]:
                is_text = kind == "string"
                self.possible_here[shape.name, kind, choice] = "unicode and empty texts" if is_text else "limits of other values"

    def note(self, key):
        self.counts[key] = self.counts.get(key, 0) + 1
        self.counts_here[key] = self.counts_here.get(key, 0) + 1

    def count(self, key):
        """How often `key` occurred, in the current operation first."""
        return self.counts_here.get(key, 0), self.counts.get(key, 0)

    def rarest(self, keys):
        """The first of the keys that occurred least, which is noted."""
        key = min(keys, key=self.count)
        self.note(key)
        return key

    def numbers(self):
        """For each kind of key, how many occurred and how many can."""
        numbers = {}
        for key, kind in self.possible.items():
            pair = numbers.setdefault(kind, [0, 0])
            pair[0] += key in self.counts
            pair[1] += 1
        return numbers

    def missing(self):
        """The members, variants, lists and maps that never occurred. Few texts and empty or absent values may be missing."""
        kinds = ("members", "variants", "other lists and maps")
        return ["/".join(map(str, key)) for key, kind in self.possible.items() if key not in self.counts and kind in kinds]


def location_of(shape, name, host_labels):
    """Where the member `name` of a request or a response is; `none` where it has no value of its own."""
    member = shape.members[name]
    is_stream = member.type_name == "structure" and getattr(member, "is_eventstream", False)
    location = member.serialization.get("location")
    if is_stream or location == "statusCode":
        return "none"
    return "host" if name in host_labels else location or "body"


INTEGERS = [2**31 - 1, -(2**31), 0, 1, -1]
LONGS = [2**63 - 1, -(2**63), 0, 2**53, 1, -1]
DOUBLES = [1.7976931348623157e308, math.nan, "random", math.inf, -math.inf, 5e-324, -1e-7, 0.0, 0.1]
FLOATS = [1.5, math.nan, "random", math.inf, -math.inf, -0.25, 0.0]
SECONDS = [0, 253402300799, "random", 951782400, 4102444799]
SIZES = [0, 3, 1, 2, 16]


def choices_of(shape):
    """The values of a scalar, the limits first; `random` stands for another value each time."""
    kind = shape.type_name
    if kind == "string":
        return ["enum"] + TEXTS[:1] if getattr(shape, "enum", None) else TEXTS
    kinds = {"boolean": [False, True], "long": LONGS, "float": FLOATS, "double": DOUBLES, "timestamp": SECONDS, "blob": SIZES}
    return kinds.get(kind, INTEGERS)


class Values:
    """Random values of shapes. Call 0 has required members only, call 1 everything, and the others some of it. Whatever
    occurred least in the calls of the operation, and then of the service, comes first."""

    def __init__(self, generator, call, coverage, host_labels=()):
        self.random, self.call, self.coverage, self.host_labels = generator, call, coverage, host_labels

    def is_given(self, name, shape, depth):
        if name in shape.required_members:
            return True
        member = shape.members[name]
        (given_here, given), (_, absent), (_, empty) = [
            self.coverage.count(key)
            for key in ((shape.name, name), (shape.name, name, "absent"), (member.name, member.type_name, 0))
        ]
        if self.call == 0 or depth >= DEEPEST and given_here >= DEEP_OCCURRENCES:
            return False
        if given == 0 or self.call == 1 and depth < DEEPEST:
            return True
        if member.type_name in ("list", "map") and empty == 0:
            return True
        if absent == 0:
            return False
        return given_here == 0 or member.type_name == "structure" or self.random.random() < 0.6

    def structure(self, shape, depth, is_message=False):
        if getattr(shape, "is_tagged_union", False):
            return self.union(shape, depth)
        given = {}
        for name, member in shape.members.items():
            location = location_of(shape, name, self.host_labels) if is_message else "body"
            if location == "none":
                continue
            if self.is_given(name, shape, depth) or location in ("uri", "host"):
                self.coverage.note((shape.name, name))
                given[name] = self.value(member, depth + 1, location)
            else:
                self.coverage.note((shape.name, name, "absent"))
        return given

    def union(self, shape, depth):
        if not shape.members:
            return {}
        keys = [(shape.name, name) for name in shape.members]
        scalars = [key for key in keys if shape.members[key[1]].type_name != "structure"]
        _, name = self.coverage.rarest(scalars if scalars and depth >= 4 * DEEPEST else keys)
        return {name: self.value(shape.members[name], depth + 1, "body")}

    def value(self, shape, depth, location):
        kind = shape.type_name
        if kind == "structure":
            if shape.is_document_type:
                return self.document()
            return self.structure(shape, depth)
        if kind == "list":
            length = self.length(shape, depth)
            return [self.value(shape.member, depth + 1, location) for _ in range(length)]
        if kind == "map":
            keys = {}
            for _ in range(self.length(shape, depth)):
                keys[self.key(shape.key, location)] = self.value(shape.value, depth + 1, location)
            # The order in which this project sends them.
            return dict(sorted(keys.items()))
        if kind == "string" and location != "body":
            return self.text_in(location, shape)
        _, _, choice = self.coverage.rarest([(shape.name, kind, choice) for choice in choices_of(shape)])
        return self.scalar(shape, choice)

    def scalar(self, shape, choice):
        kind = shape.type_name
        if kind == "timestamp":
            seconds = self.random.randrange(0, 4 * 10**9) if choice == "random" else choice
            return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
        if kind == "blob":
            return self.random.randbytes(choice)
        if kind == "string" and choice == "enum":
            return self.random.choice(shape.enum)
        if choice == "random":
            return self.random.randrange(-(10**4), 10**4) / 4
        return choice

    def length(self, shape, depth):
        empty, other = [(shape.name, shape.type_name, size) for size in (0, 1)]
        count = self.coverage.count
        if depth >= DEEPEST and (self.call == 0 or count(other)[0] >= DEEP_OCCURRENCES):
            is_empty = True
        else:
            is_empty = (self.call != 1 or depth >= DEEPEST) and count(empty) < count(other)
        self.coverage.note(empty if is_empty else other)
        if is_empty:
            return 0
        return self.call and self.variants(shape) or self.random.choice([1, 2] if depth < DEEPEST else [1])

    @staticmethod
    def variants(shape):
        """The number of variants if `shape` is a list of unions, so that it has all of them."""
        element = shape.member if shape.type_name == "list" else shape.value
        is_union = element.type_name == "structure" and getattr(element, "is_tagged_union", False)
        return len(element.members) if is_union else 0

    def key(self, shape, location):
        if getattr(shape, "enum", None):
            return self.random.choice(shape.enum)
        if location == "headers":
            return self.random.choice(["a", "other-key", "k1"])
        return self.random.choice(KEYS)

    def text_in(self, location, shape):
        """A text for a place outside of the body, which does not allow every text."""
        if location == "header" and is_json_value_header(shape):
            return {"a": [1, "b"]}
        if location == "host":
            return self.random.choice(["a1", "abc-d", "123456789012"])
        if getattr(shape, "enum", None) and self.random.random() < 0.9:
            return self.random.choice(shape.enum)
        if location in ("header", "headers"):
            return self.random.choice(PLAIN)
        return self.random.choice([text for text in TEXTS if text or location != "uri"])

    def document(self):
        # In params, null is absent.
        return self.random.choice([True, 1, "text", [1, "a", None], {"a": {"b": [1.5]}}])


def ours(value, shape, location=None):
    """`value` in the JSON format of this project."""
    kind = shape.type_name
    if value is None or (kind == "structure" and shape.is_document_type):
        return value
    if kind == "structure":
        return {
            name: ours(inner, shape.members[name], shape.members[name].serialization.get("location"))
            for name, inner in value.items()
            if name in shape.members
        }
    if kind == "list":
        return [ours(inner, shape.member, location) for inner in value]
    if kind == "map":
        return {key: ours(inner, shape.value, location) for key, inner in value.items()}
    if kind == "timestamp":
        if not isinstance(value, datetime.datetime):
            return value
        value = value.astimezone(datetime.timezone.utc)
        fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    if kind == "blob":
        if hasattr(value, "read"):
            value = value.read()
        return base64.b64encode(value).decode("ascii")
    if kind in ("float", "double") and isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if location == "header" and is_json_value_header(shape):
        return json_text(value)
    return value


def params_of(service, operation, call, coverage, host_labels):
    shape = operation.input_shape
    if shape is None:
        return {}
    generator = random.Random(f"{SEED} {service} {operation.name} {call}")
    params = Values(generator, call, coverage, host_labels).structure(shape, 0, is_message=True)
    algorithm = (operation.http_checksum or {}).get("requestAlgorithmMember")
    if algorithm in params:
        # botocore refuses others.
        params[algorithm] = generator.choice(list(ALGORITHMS)).upper()
    return params


def botocore_request(serializer, params, operation):
    params = dict(params)
    for member in operation.idempotent_members:
        params.setdefault(member, TOKEN)
    mode = (operation.http_checksum or {}).get("requestValidationModeMember")
    if mode:
        # As botocore's client does before it serializes.
        params.setdefault(mode, "ENABLED")
    # The order of the model, in which this project sends members.
    shape = operation.input_shape
    if shape is not None:
        params = {name: params[name] for name in shape.members if name in params}
    request = serializer.serialize_to_request(params, operation)
    prepare_request_dict(request, endpoint_url=ENDPOINT)
    request["context"] = {"client_config": CHECKSUMS}
    resolve_checksum_context(request, operation, params)
    apply_request_checksum(request)
    prepared = create_request_object(request).prepare()
    body = prepared.body or b""
    body = body.encode("utf-8") if isinstance(body, str) else body
    headers = {}
    for name, value in prepared.headers.items():
        value = value.decode("utf-8") if isinstance(value, bytes) else str(value)
        headers[name.lower()] = value
    # Of HTTP, not of the protocol.
    headers.pop("content-length", None)
    return {"method": prepared.method, "url": prepared.url, "headers": headers, "body": bytes(body)}


def cbor(body):
    parser = botocore.parsers.RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else None


def without_nan(value):
    if isinstance(value, dict):
        return {key: without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_nan(inner) for inner in value]
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


def canonical(body, protocol):
    """A form in which equal bodies are equal. A payload that is not a document stays as it is."""
    if not body:
        return b""
    if "cbor" in protocol:
        return without_nan(cbor(body))
    if "json" in protocol:
        try:
            return without_nan(json.loads(body))
        except ValueError:
            return body
    if "xml" in protocol:
        try:
            canonical = ElementTree.canonicalize(body.decode("utf-8"))
            return re.sub("(?<=>)[^<]+(?=<)", lambda text: str(number(text[0])), canonical)
        except (ElementTree.ParseError, UnicodeDecodeError):
            return body
    pairs = (pair.partition("=") for pair in body.decode("ascii").split("&"))
    return sorted((name, number(value)) for name, _, value in pairs)


def number(text):
    """One form of a number, which can have several: `1e-07` and `0.0000001`, `0.0` and `0`."""
    if not re.fullmatch("-?[0-9]+([.][0-9]+)?(e([+]|%2B|-)?[0-9]+)?", text) or re.fullmatch("-?[0-9]{1,20}", text):
        return text
    value = float(urllib.parse.unquote(text))
    return str(int(value)) if value.is_integer() else repr(value)


def split(url):
    path, _, query = url.partition("?")
    return path, sorted(query.split("&"))


# The protocols set them, and botocore does not.
MEDIA_TYPES = {"application/xml", "application/octet-stream", "text/plain"}
IGNORED = {"user-agent", "content-length", "host", "accept", "accept-encoding"}


def checksum(algorithm, body):
    return base64.b64encode(algorithm(body)).decode("ascii")


def request_difference(sent, theirs, protocol):
    if "error" in sent:
        return f"error: {sent['error']}"
    if sent["method"] != theirs["method"]:
        return f"method: {sent['method']}, not {theirs['method']}"
    if split(sent["url"]) != split(theirs["url"]):
        return f"url: {sent['url']}, not {theirs['url']}"
    headers = {name: value for name, value in sent["headers"].items() if name not in IGNORED}
    expected = {name: value for name, value in theirs["headers"].items() if name not in IGNORED}
    if "content-type" not in expected and headers.get("content-type") in MEDIA_TYPES:
        del headers["content-type"]
    body = base64.b64decode(sent["body"])
    for name, algorithm in ALGORITHMS.items():
        header = f"x-amz-checksum-{name}"
        if expected.get(header) == checksum(algorithm, theirs["body"]):
            # Equal documents can have different bytes.
            expected[header] = checksum(algorithm, body)
    if headers != expected:
        return f"headers: {headers}, not {expected}"
    if canonical(body, protocol) != canonical(theirs["body"], protocol):
        return f"body: {marked(body, theirs['body'])}"
    return None


def marked(found, expected):
    """Both bodies, from a little before the first byte that differs."""
    at = next((at for at, pair in enumerate(zip(found, expected)) if pair[0] != pair[1]), 0)
    start = max(at - 60, 0)
    return f"{found[start:start + 200]!r}, not {expected[start:start + 200]!r}"


class Writer:
    """Writes a response of a protocol, with botocore's serializer for the values of its document."""

    def __init__(self, model, protocol):
        self.model, self.protocol = model, protocol
        documents = {"query": "rest-xml", "ec2": "rest-xml"}.get(protocol, protocol)
        self.serializer = create_serializer(documents, include_validation=False)

    def document(self, value, shape, name):
        if self.protocol == "smithy-rpc-v2-cbor":
            written = bytearray()
            self.serializer._serialize_data_item(written, value, shape, None)
            return bytes(written)
        if "json" in self.protocol:
            written = {}
            self.serializer._serialize(written, value, shape, "value")
            if shape.type_name != "structure" or shape.is_document_type:
                written = written.get("value")
            elif list(written) == ["value"]:
                written = written["value"]
            return json.dumps(written).encode("utf-8")
        root = ElementTree.Element("")
        self.serializer._serialize(shape, value, root, name)
        return ElementTree.tostring(root[0], encoding="utf-8") if len(root) else b""

    def response(self, value, operation):
        shape = operation.output_shape
        if self.protocol in ("query", "ec2"):
            return 200, {}, self.query(value, operation)
        if self.protocol in ("json", "smithy-rpc-v2-cbor"):
            headers = {"smithy-protocol": "rpc-v2-cbor"} if self.protocol != "json" else {}
            return 200, headers, self.document(value, shape, shape.name)
        return self.rest(value, shape)

    def query(self, value, operation):
        shape, name = operation.output_shape, operation.name
        inner = self.document(value, shape, "inner").removeprefix(b"<inner>").removesuffix(b"</inner>")
        inner = b"" if inner == b"<inner />" else inner
        if self.protocol == "ec2":
            inner = b"<requestId>an-id</requestId>" + inner
        else:
            wrapper = shape.serialization.get("resultWrapper", f"{name}Result").encode()
            inner = b"<%s>%s</%s>" % (wrapper, inner, wrapper)
            inner += b"<ResponseMetadata><RequestId>an-id</RequestId></ResponseMetadata>"
        return b"<%sResponse>%s</%sResponse>" % (name.encode(), inner, name.encode())

    def rest(self, value, shape):
        headers, body = {}, {}
        payload = shape.serialization.get("payload")
        for name, inner in value.items():
            member = shape.members[name]
            location = member.serialization.get("location")
            key = member.serialization.get("name", name)
            if location == "header":
                if member.type_name == "list" and not inner:
                    continue
                headers[key] = self.serializer._convert_header_value(member, inner)
            elif location == "headers":
                headers.update({key + suffix: text for suffix, text in inner.items()})
            else:
                body[name] = inner
        if payload is None:
            return 200, headers, self.document(body, shape, shape.name)
        if payload not in value:
            return 200, headers, b""
        member, inner = shape.members[payload], value[payload]
        if member.type_name in ("blob", "string"):
            return 200, headers, inner.encode("utf-8") if isinstance(inner, str) else inner
        return 200, headers, self.document(inner, member, member.serialization.get("name", payload))


class Body:
    """A body that is read as a stream, as botocore gives it to its parser."""

    def __init__(self, content):
        self.content = content

    def read(self):
        return self.content


def response_of(service, operation, number, writer, parser, coverage):
    shape = operation.output_shape
    generator = random.Random(f"{SEED} {service} {operation.name} response {number}")
    value = Values(generator, number + 1, coverage).structure(shape, 0, is_message=True)
    status, headers, body = writer.response(value, operation)
    is_streaming = operation.has_streaming_output
    given = {
        "status_code": status,
        "headers": botocore.compat.HTTPHeaders(),
        "body": Body(body) if is_streaming else body,
    }
    for name, text in headers.items():
        given["headers"][name] = text
    parsed = parser.parse(given, shape)
    parsed.pop("ResponseMetadata", None)
    return {"status": status, "headers": headers, "body": body}, ours(parsed, shape)


def is_same(left, right):
    """Whether both are equal; an absent member equals `null`."""
    if isinstance(left, dict) and isinstance(right, dict):
        keys = {key for key in left | right if left.get(key) is not None or right.get(key) is not None}
        return all(is_same(left.get(key), right.get(key)) for key in keys)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def ask(question):
    print(json.dumps(question), flush=True)
    line = sys.stdin.readline()
    return json.loads(line)


def check_response(service, operation, number, writer, parser, coverage, report):
    response, expected = response_of(service, operation, number, writer, parser, coverage)
    body = base64.b64encode(response["body"]).decode("ascii")
    read = ask({"operation": operation.name, **response, "body": body})
    if not response["body"] and "output" in read:
        # botocore has an empty value for a payload without bytes.
        payload = operation.output_shape.serialization.get("payload")
        for output in (expected, read["output"]):
            if not output.get(payload):
                output.pop(payload, None)
    if "error" in read or not is_same(read["output"], expected):
        found = read.get("error") or json_text(read["output"])
        difference = f"{found}, not {json_text(expected)}, from {response}"
        report["differences"].append([f"{service}.{operation.name}", f"response {number}", difference])


def check(service, model, protocol, report):
    serializer = create_serializer(protocol, include_validation=False)
    parser, writer = create_parser(protocol), Writer(model, protocol)
    arguments, outputs = Coverage(), Coverage()
    for name in model.operation_names:
        operation = model.operation_model(name)
        full_name = f"{service}.{name}"
        has_output = operation.output_shape is not None
        report["responses"] += RESPONSES if has_output else 0
        if operation.has_event_stream_input:
            report["requests"] += CALLS
            report["differences"] += [[full_name, f"request {number}", "an event stream"] for number in range(CALLS)]
        else:
            host_labels = re.findall("{(.*?)}", (operation.endpoint or {}).get("hostPrefix", ""))
            arguments.begin(operation.input_shape, host_labels)
            for number in arguments.calls():
                params = params_of(service, operation, number, arguments, host_labels)
                theirs = botocore_request(serializer, params, operation)
                given = ours(params, operation.input_shape) if operation.input_shape else {}
                difference = request_difference(ask({"operation": name, "params": given}), theirs, protocol)
                report["requests"] += 1
                if difference:
                    report["differences"].append([full_name, f"request {number}", difference])
        if not has_output:
            continue
        outputs.begin(operation.output_shape)
        for number in range(RESPONSES):
            try:
                if operation.has_event_stream_input or operation.has_event_stream_output:
                    raise ValueError("an event stream")
                check_response(service, operation, number, writer, parser, outputs, report)
            except Exception as error:
                report["differences"].append([full_name, f"response {number}", f"not compared: {error!r}"])
    report["coverage"], report["missing"] = arguments.numbers(), arguments.missing()


def main():
    service = sys.argv[1]
    loader = botocore.loaders.create_loader()
    # The model as published, without what botocore adds to it (`service-2.sdk-extras.json`).
    version = loader.determine_latest_version(service, "service-2")
    model = ServiceModel(loader.load_data(f"{service}/{version}/service-2"), service)
    protocol = model.resolved_protocol
    report = {"protocol": protocol, "operations": len(model.operation_names), "requests": 0, "responses": 0}
    report["differences"] = []
    check(service, model, protocol, report)
    print(json.dumps({"report": report}), flush=True)


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
