"""Walks all paginators and waiters of all services over random responses, as botocore does.

    python walks.py COUNT > walks      prints COUNT lines for each paginator and waiter

No request is sent: the operation is a function that returns the next response. The lines:

    {"service": "iam", "version": "2010-05-08", "paginator": "ListUsers", "responses": [{...}],
     "params": [{...}], "rows": [[...]], "error": false}
    {"service": "iam", "version": "2010-05-08", "waiter": "UserExists", "outcomes": [...], "end": "success"}

`params` are those of each request that continue the listing, `rows` the result key of each page if it is one. An outcome
is {"status": 200, "output": {...}} or {"status": 404, "code": "NoSuchEntity"}. A waiter ends with "success", "failure",
"attempts" (it gave up) or "error" (an error that it does not expect). The output is the same in every run.
"""

import base64
import json
import os
import random
import re
import sys

import botocore
import jmespath
from botocore import waiter as waiters
from botocore.exceptions import ClientError, PaginationError, WaiterError
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.paginate import Paginator

SEED = 20261201
ATTEMPTS = 5
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TEXT = re.compile(r"'([^']*)'")
LOADER = Loader(extra_search_paths=[os.path.join(os.path.dirname(botocore.__file__), "data")])


class Responses:
    """Random values of shapes, only with the members whose names are in expressions."""

    def __init__(self, chosen, names, texts):
        self.random, self.names, self.texts, self.count = chosen, names, texts, 0

    def text(self):
        if self.texts:
            return self.random.choice(self.texts)
        self.count += 1
        return self.random.choice(["", f"token-{self.count}", f"tokén {self.count}", f"t{self.count}"])

    def value(self, shape, depth=0, must=False):
        kind = shape.type_name
        if kind == "structure":
            return {
                name: self.value(member, depth + 1)
                for name, member in shape.members.items()
                if name in self.names
                and depth < 8
                # JMESPath's length() of an absent value is an error.
                and (member.type_name == "list" or self.random.random() < 0.85)
            }
        if kind == "list":
            size = self.random.choice([0, 1, 2, 3])
            return [self.value(shape.member, depth + 1) for _ in range(size)]
        if kind == "map":
            if "BOOL" in getattr(shape.value, "members", {}):
                return self.key()
            size = self.random.choice([0, 1, 2])
            return {f"key{at}": self.value(shape.value, depth + 1) for at in range(size)}
        if kind == "boolean":
            return self.random.random() < 0.7
        if kind in ("integer", "long"):
            self.count += 1
            return self.random.choice([0, 1, 2]) if self.texts else self.count * self.random.choice([0, 1, 1])
        if kind in ("float", "double"):
            return 0.5
        if kind == "string":
            return self.text()
        return None

    def key(self):
        """The key of an item in DynamoDB."""
        self.count += 1
        if self.random.random() < 0.2:
            return {}
        key = {"id": {"S": f"item {self.count}"}}
        if self.random.random() < 0.5:
            key["sort"] = self.random.choice(
                [{"N": str(self.count)}, {"B": f"bytes {self.count}".encode()}, {"L": [{"BOOL": True}, {"M": {}}]}]
            )
        return key


def plain(value):
    """With base64 instead of bytes, as this project has it in JSON."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    return [plain(item) for item in value] if isinstance(value, list) else value


def listed(value):
    return value if isinstance(value, list) else [value]


def page(chosen, operation, config):
    """A walk of the paginator with this configuration."""
    paths = [*listed(config["output_token"]), *listed(config.get("more_results", [])), *listed(config["result_key"])]
    names = {name for path in paths for name in NAME.findall(path)}
    responses = Responses(chosen, names, [])
    sent, given, rows = [], [], []
    tokens = listed(config["input_token"])
    compiled = [jmespath.compile(path) for path in listed(config["output_token"])]
    more = jmespath.compile(config["more_results"]) if "more_results" in config else None
    single = None
    if not isinstance(config["result_key"], list) or len(config["result_key"]) == 1:
        single = jmespath.compile(listed(config["result_key"])[0])

    def method(**params):
        sent.append({name: params[name] for name in tokens if name in params})
        if given and chosen.random() < 0.05:
            response = given[-1]
        else:
            response = responses.value(operation.output_shape) if operation.output_shape else {}
        # A service that says that there is more without a marker is an error for us, and the end for botocore.
        while len(given) > 4 or (more and more.search(response) and not any(it.search(response) for it in compiled)):
            response = {} if len(given) > 4 else responses.value(operation.output_shape)
            if not response:
                break
        given.append(response)
        if single:
            rows.append(single.search(response))
        return response

    error = False
    try:
        for _ in Paginator(method, {**config}, None).paginate():
            pass
    except PaginationError:
        error = True
    return {"responses": plain(given), "params": plain(sent), "rows": plain(rows), "error": error}


def wait(chosen, name, config, operation):
    """A walk of the waiter with this configuration."""
    arguments = [it["argument"] for it in config["acceptors"] if "argument" in it]
    names = {name for path in arguments for name in NAME.findall(path)}
    texts = [text for path in arguments for text in TEXT.findall(path)]
    texts += [it["expected"] for it in config["acceptors"] if "argument" in it and isinstance(it["expected"], str)]
    texts = sorted(set(texts)) + ["another"]
    # More of the same in one response, so that matchers of all elements match.
    codes = [it["expected"] for it in config["acceptors"] if it["matcher"] == "error" and isinstance(it["expected"], str)]
    statuses = [it["expected"] for it in config["acceptors"] if it["matcher"] == "status"]
    outcomes = []

    def method(**_):
        if chosen.random() < 0.3:
            code = chosen.choice(codes * 3 + ["Unexpected"])
            status = chosen.choice([it for it in statuses if it >= 300] * 3 + [400])
            outcomes.append({"status": status, "code": code})
            return {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
        pool = chosen.choice([texts, [chosen.choice(texts)]])
        status = chosen.choice([it for it in statuses if it < 300] * 3 + [200])
        output = Responses(chosen, names, pool).value(operation.output_shape) if operation.output_shape else {}
        outcomes.append({"status": status, "output": plain(output)})
        return {**output, "ResponseMetadata": {"HTTPStatusCode": status}}

    config = waiters.SingleWaiterConfig({**config, "maxAttempts": ATTEMPTS, "delay": 0})
    try:
        waiters.Waiter(name, config, method).wait()
        end = "success"
    except WaiterError as error:
        reason = str(error)
        end = "attempts" if "Max attempts" in reason else "failure" if "terminal failure" in reason else "error"
    return {"outcomes": outcomes, "end": end}


def main(count):
    for service in LOADER.list_available_services("service-2"):
        version = LOADER.determine_latest_version(service, "service-2")
        model = ServiceModel(LOADER.load_service_model(service, "service-2", version), service)
        about = {"service": service, "version": version}

        def lines(kind, file, key, walk):
            try:
                configs = LOADER.load_service_model(service, file, version)[key]
            except botocore.exceptions.UnknownServiceError:
                return
            for name in sorted(configs):
                for at in range(count):
                    chosen = random.Random(f"{SEED} {service} {name} {at}")
                    found = walk(chosen, name, configs[name])
                    print(json.dumps({**about, kind: name, **found}, sort_keys=True))

        def paginate(chosen, name, config):
            return page(chosen, model.operation_model(name), config)

        def waits(chosen, name, config):
            return wait(chosen, name, config, model.operation_model(config["operation"]))

        lines("paginator", "paginators-1", "pagination", paginate)
        lines("waiter", "waiters-2", "waiters", waits)


if __name__ == "__main__":
    main(int(sys.argv[1]))
