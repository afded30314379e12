"""Prints random requests and their signatures by botocore, with a frozen clock: a JSON object a line.

    python tests/botocore/sign.py 2000
    python tests/botocore/sign.py 60 > tests/botocore/signatures.jsonl

The requests are the same in every run, and the first ones of a longer run are those of a shorter one. Each has one of
botocore's signers: of Signature Version 4 (`v4`), of S3 (`s3`), and of their presigned URLs (`v4-query`, `s3-query`).

`headers` are all headers with which the request is signed, `payload` says how its body is signed: `bytes`, `unsigned`
or `trailer`. A presigned request has `expires` and the query string before (`query`) and after (`presigned`) it is
signed; its form, if it has one, is in the query string. Any other request has `authorization`.
"""

import datetime
import json
import random
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.compat import quote
from botocore.credentials import ReadOnlyCredentials
from botocore.utils import percent_encode_sequence

SIGNERS = {
    "v4": botocore.auth.SigV4Auth,
    "s3": botocore.auth.S3SigV4Auth,
    "v4-query": botocore.auth.SigV4QueryAuth,
    "s3-query": botocore.auth.S3SigV4QueryAuth,
}
UNRESERVED = "abcxyzABCXYZ0189-._~"
TEXTS = ["ü", "ሴ", "日本語", "😀", "é́", " ", "+", "%", "/", "?", "#", "&", "=", "'", "a", "Z9", "-._~", ":@", "*()!$,;"]
SEGMENTS = ["", ".", "..", "%2e%2e", "%2F", "%2f", "a.b", "...", "@connections", "a:b", "a+b", "a=b;c,d", "~", "'(*)!$", "%25"]
HEADERS = [
    "content-type", "content-md5", "accept", "range", "x-amz-acl", "x-amz-meta-one", "x-amz-meta-two", "x-team",
    "baggage", "traceparent", "x-amzn-trace-id", "expect", "te", "user-agent",
]  # fmt: skip


def text(rng, most=4):
    return "".join(rng.choice(TEXTS) for _ in range(rng.randint(0, most)))


def word(rng, most=8):
    return "".join(rng.choice(UNRESERVED) for _ in range(rng.randint(1, most)))


def path(rng):
    segments = []
    for _ in range(rng.randint(0, 4)):
        segments.append(rng.choice([rng.choice(SEGMENTS), word(rng), quote(text(rng), safe="~")]))
    return "/" + "/".join(segments)


def query(rng, odd):
    params = []
    for index in range(rng.choice([0, 0, 1, 2, 3, 6])):
        # A presigned URL of botocore has the first value of each name.
        name = quote(text(rng, 2), safe="-._~") + (word(rng, 3) if odd else f"n{index}")
        value = quote(text(rng), safe="-._~")
        params.append(rng.choice([name, f"{name}=", f"{name}={value}", f"{name}={value}"]))
        if odd and rng.random() < 0.2:
            params.append(rng.choice(["", "a=b=c", "a=1", "a", "A=%c3%bc", "a=x+y", params[-1]]))
    return "&".join(params)


def value(rng):
    spaces = ["", "", " ", "  ", "   "]
    words = [word(rng) + rng.choice(["", ",", ";", '"', "/"]) for _ in range(rng.randint(0, 3))]
    return rng.choice(spaces) + "".join(one + rng.choice(spaces) for one in words)


def request_of(rng):
    kind = rng.choice(list(SIGNERS))
    presigned = kind.endswith("query")
    method = rng.choice(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    host = rng.choice(["iam.amazonaws.com", "bucket.s3.eu-west-1.amazonaws.com", "127.0.0.1:4566", "localhost", "[::1]:9000"])
    scheme = "http" if ":" in host or host == "localhost" else "https"
    own_path, own_query = path(rng), query(rng, odd=not presigned)
    url = f"{scheme}://{host}{own_path}" + (f"?{own_query}" if own_query else "")
    body = rng.randbytes(rng.choice([0, 0, 1, 40, 300]))
    if presigned:
        body = b""
        if rng.random() < 0.3:
            # The form of a query protocol becomes a part of the URL.
            body = {"Action": "Do", "Version": "2010-05-08", "Name.member.1": text(rng), "Other": text(rng)}
    request = AWSRequest(method=method, url=url, data=body)
    for name in rng.sample(HEADERS, rng.choice([0, 1, 2, 5])):
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            request.headers[name] = value(rng)
    payload = rng.choice(["bytes", "bytes", "bytes", "unsigned", "trailer"])
    if presigned:
        # botocore signs the body of a URL without https.
        payload = "unsigned" if kind == "s3-query" or (payload == "unsigned" and scheme == "https") else "bytes"
        if payload == "unsigned":
            request.context["payload_signing_enabled"] = False
    elif payload == "unsigned" and kind == "v4":
        request.context["payload_signing_enabled"] = False
    elif payload == "unsigned" and scheme == "https":
        # S3's signer also asks for a checksum and a stream.
        request.context |= {"payload_signing_enabled": False, "has_streaming_input": True}
        request.headers["Content-MD5"] = "1B2M2Y8AsgTpgAmY7PhCfg=="
    elif payload == "trailer":
        request.context["checksum"] = {"request_algorithm": {"in": "trailer"}}
    else:
        payload = "bytes"
    secret = "".join(rng.choice(UNRESERVED + "/+") for _ in range(40))
    token = rng.choice([None, None, "".join(rng.choice(UNRESERVED + "/+=") for _ in range(rng.randint(1, 300)))])
    credentials = ReadOnlyCredentials("AKIDEXAMPLE" + word(rng, 3), secret, token)
    region = rng.choice(["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"])
    service = rng.choice(["iam", "execute-api", "bedrock", "s3"]) if kind.startswith("v4") else rng.choice(["s3", "s3-outposts"])
    time = datetime.datetime(2015, 8, 30) + datetime.timedelta(seconds=rng.randrange(10**9))
    botocore.auth.get_current_datetime = lambda: time
    expires = rng.choice([1, 60, 3600, 604800])
    arguments = {"expires": expires} if presigned else {}
    form = percent_encode_sequence(body) if isinstance(body, dict) else ""
    SIGNERS[kind](credentials, service, region, **arguments).add_auth(request)
    authorization = request.headers["authorization"]
    headers = [pair for pair in request.headers.items() if pair[0] != "Authorization"]
    signed = {
        "kind": kind, "method": method, "host": host, "path": own_path,
        "query": "&".join(part for part in (own_query, form) if part),
        "headers": headers, "body": body.hex() if isinstance(body, bytes) else "", "payload": payload,
        "access_key": credentials.access_key, "secret": secret, "token": token,
        "region": region, "service": service, "time": int(time.replace(tzinfo=datetime.timezone.utc).timestamp()),
    }  # fmt: skip
    if presigned:
        return signed | {"expires": expires, "presigned": request.url.partition("?")[2]}
    return signed | {"authorization": authorization}


random_requests = random.Random(13)
for _ in range(int(sys.argv[1])):
    print(json.dumps(request_of(random_requests)))
