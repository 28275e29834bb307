"""The REST interface does what openapi.json says, whatever is sent to it."""

from __future__ import annotations

import json
import random
from importlib.resources import files

import anyio
import httpx2
import jsonschema
import pytest

from linewalker.console.bearer import BearerGate, Token
from linewalker.console.mes.application import MOST_BYTES, MOST_ORDERS, Counter, application
from linewalker.errors import StorageFault
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.records.records import Records
from linewalker.modeloptions import ModelOptions
from tests.factory.samples import HEADER, VINS, bad_car, good_car

OPENAPI = json.loads(files("linewalker.console.mes").joinpath("openapi.json").read_text(encoding="utf-8"))
MODELS = {"sedan": ModelOptions(options={"paint": ["red", "blue"]}, defaults={"paint": "red"})}
TOKEN = Token(secret="0123456789abcdef")
ORDER = {"sequence": 7, "model": "sedan"}
VIN, OTHER = "LSVAA49J132047371", "1M8GDM9AXKP042788"


class Client:
    """Every answer it gets is one that openapi.json knows."""

    def __init__(self, folder):
        self.book, self.records = OrderBook(folder / "orders.sqlite"), folder / "records.sqlite"
        self._app = BearerGate(application(Counter(orders=self.book, records=self.records, models=MODELS)), TOKEN)

    def __call__(self, method: str, path: str, content: object = None, **more) -> httpx2.Response:
        body = content if isinstance(content, bytes) else None if content is None else json.dumps(content).encode()

        async def ask() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self._app, raise_app_exceptions=False)
            headers = {"authorization": f"Bearer {TOKEN.secret}", **more.pop("headers", {})}
            async with httpx2.AsyncClient(transport=transport, base_url="http://station") as client:
                return await client.request(method, path, content=body, headers=headers, **more)

        answer = anyio.run(ask)
        check(method, path.partition("?")[0], answer)
        return answer


def check(method: str, path: str, answer: httpx2.Response) -> None:
    routes = {"/orders/": "/orders/{vin}", "/cars/": "/cars/{vin}"}
    described = next((template for begin, template in routes.items() if path.startswith(begin)), path)
    calls = OPENAPI["paths"].get(described, {})
    if method.lower() not in calls or "%2F" in path:
        assert answer.status_code in (401, 404, 405)
        return
    said = calls[method.lower()]["responses"][str(answer.status_code)]
    if "$ref" in said:
        said = OPENAPI["components"]["responses"][said["$ref"].rpartition("/")[2]]
    for kind, content in said.get("content", {}).items():
        assert answer.headers["content-type"] == kind
        jsonschema.validate(answer.json(), {**content["schema"], "components": OPENAPI["components"]})


@pytest.fixture
def call(tmp_path):
    return Client(tmp_path)


def test_it_describes_itself(call):
    assert call("GET", "/openapi.json").json() == OPENAPI


def test_without_the_token_nothing_is_said(call):
    for path in ("/orders", f"/orders/{VIN}", "/results", "/openapi.json", "/nothing"):
        assert call("GET", path, headers={"authorization": "Bearer wrong wrong wrong"}).status_code == 401


def test_an_order_is_new_then_known_then_corrected_then_outdated(call):
    told = [
        (call("PUT", f"/orders/{VIN}", {**ORDER, **changes}))
        for changes in ({}, {}, {"revision": 3, "options": {"paint": "blue"}}, {"revision": 2})
    ]
    assert [(answer.status_code, answer.json()["fate"]) for answer in told] == [
        (201, "new"), (200, "known"), (200, "corrected"), (200, "outdated")
    ]  # fmt: skip
    known = call("GET", f"/orders/{VIN}").json()
    assert (known["revision"], known["options"], known["begun"]) == (3, {"paint": "blue"}, [])


def test_two_contents_of_one_revision_and_a_change_of_what_has_begun_are_conflicts(call):
    call("PUT", f"/orders/{VIN}", ORDER)
    assert call("PUT", f"/orders/{VIN}", {**ORDER, "options": {"paint": "blue"}}).status_code == 409
    call.book.begin(VIN, 7, lambda order: order)
    late = call("PUT", f"/orders/{VIN}", {**ORDER, "revision": 2, "cancelled": True})
    assert (late.status_code, late.json()["member"]) == (409, "sequence")
    assert call("GET", f"/orders/{VIN}").json()["begun"] == [7]


def test_a_list_is_taken_whole_or_not_at_all(call):
    good, bad = {**ORDER, "vin": VIN}, {**ORDER, "vin": OTHER, "model": "suv"}
    refused = call("POST", "/orders", [good, bad])
    assert (refused.status_code, refused.json()["number"], refused.json()["member"]) == (422, 1, "model")
    assert call("GET", "/orders").json() == {"orders": []}
    call("PUT", f"/orders/{OTHER}", {**ORDER, "sequence": 8})
    contradicting = call("POST", "/orders", [good, {**ORDER, "vin": OTHER}])
    assert (contradicting.status_code, contradicting.json()["number"]) == (409, 1)
    assert [order["vin"] for order in call("GET", "/orders").json()["orders"]] == [OTHER]
    call("POST", "/orders", [good])
    assert [order["vin"] for order in call("GET", "/orders").json()["orders"]] == [VIN, OTHER]


def test_results_come_in_the_order_of_their_commits_and_each_once(call):
    assert call("GET", "/results").json() == {"results": [], "next": 0}
    with Records(call.records) as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        run.commit(bad_car())
    seen, after = [], 0
    while found := call("GET", f"/results?after={after}&limit=1").json()["results"]:
        seen += found
        after = found[-1]["position"]
    assert [result["car"]["vin"] for result in seen] == [VINS[0], VINS[1]]
    assert len({result["key"] for result in seen}) == 2
    assert call("GET", f"/cars/{VINS[1]}").json()["cars"][0]["verdict"] == "NOK"


def test_what_nobody_knows_is_not_there(call):
    for path in (f"/orders/{VIN}", f"/cars/{VIN}"):
        assert call("GET", path).status_code == 404


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=101", "limit=%F0%9F%98%80", "page=2"])
def test_a_page_that_is_none_is_named(call, query):
    assert call("GET", f"/results?{query}").json()["member"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"nul", b'{"sequence": 1e999, "model": "sedan"}', b"NaN"]
)
def test_what_is_no_order_is_refused(call, body):
    for method, path in (("PUT", f"/orders/{VIN}"), ("POST", "/orders")):
        assert call(method, path, body).status_code == 422


def test_what_is_too_large_is_not_read(call):
    assert call("PUT", f"/orders/{VIN}", b" " * (MOST_BYTES + 1)).status_code == 413
    assert call("POST", "/orders", [{}] * (MOST_ORDERS + 1)).status_code == 422


def test_a_disk_that_does_not_take_it_is_told_and_an_accident_of_ours_says_nothing_of_itself(call, monkeypatch):
    def fail(error):
        def take(*_):
            raise error

        monkeypatch.setattr(call.book, "take", take)
        return call("PUT", f"/orders/{VIN}", ORDER)

    assert fail(StorageFault("the disk is full")).status_code == 503
    OPENAPI["paths"]["/orders/{vin}"]["put"]["responses"]["500"] = {"description": "our fault"}
    try:
        assert "secret" not in fail(KeyError("secret")).text
    finally:
        del OPENAPI["paths"]["/orders/{vin}"]["put"]["responses"]["500"]


def test_odd_requests_get_an_answer_that_is_described(call):
    chance = random.Random(3)
    values = [None, True, 0, -1, 2**40, 1.5, "", "x" * 300, "\0", "🚗", [], {}, {"a": {"b": 1}}, VIN, "sedan", 7]
    names = ["vin", "sequence", "model", "options", "revision", "cancelled", "", "x", "__proto__"]
    for _ in range(150):
        order = {chance.choice(names): chance.choice(values) for _ in range(chance.randrange(7))}
        if chance.random() < 0.5:
            order = {**ORDER, **order}
        path = chance.choice([VIN, OTHER, "x", "%00", "..%2F..", "🚗", "a" * 300])
        call(chance.choice(["PUT", "GET", "DELETE", "PATCH"]), f"/orders/{path}", order)
        call("POST", "/orders", [order] * chance.randrange(3))
