"""What Schemathesis cannot know of Kommunity: how to sign in, which objects there are, and what no schema can say."""

import os
import random
import unicodedata
import uuid
from urllib.parse import parse_qsl, urlsplit

import requests
import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation

URL = os.environ["KOMMUNITY_FUZZ_URL"]
COMMUNITY = "willow-park"
API = f"{URL}/api/v1"
HERE = f"{API}/communities/{COMMUNITY}"


# Thrown anew for every call, and for the same call always in the same way, so that a finding can be found again.
DICE = random.Random()
# Nothing depends on where a call comes from but the counting of guesses.
ADDRESSES = random.Random()


class Account:
    """The one who calls. Their password changes when the fuzzing finds out how to change it."""

    email = os.environ["KOMMUNITY_FUZZ_EMAIL"]
    password = "demo-password-2026"
    token = ""


def address():
    """Somebody's network address: guesses at passwords are counted by it, and would soon close the door to all."""
    return ".".join(["10", *(str(ADDRESSES.randrange(256)) for _ in range(3))])


def sign_in():
    body = {"email": Account.email, "password": Account.password, "refresh_token_in_body": True}
    answer = requests.post(f"{API}/session", json=body, headers={"X-Forwarded-For": address()}, timeout=30)
    answer.raise_for_status()
    return answer.json()


def get(token, path):
    answer = requests.get(path, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    return answer.json() if answer.ok else {"data": []}


@schemathesis.auth(refresh_interval=240, retry_on=[401])
class Session:
    """Signs in every few minutes, and whenever a call has ended the session."""

    def get(self, case, context):
        return sign_in()["access_token"]

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


def everything(token):
    """What there is, by the name under which calls speak of it; as far as this caller may see it."""

    def ids(path, field="id"):
        return [one[field] for one in get(token, path)["data"]]

    known = {
        "service-requests": ids(f"{HERE}/service-requests?limit=40") + ids(f"{HERE}/service-requests", "number"),
        "members": ids(f"{HERE}/members?limit=200"),
        "invitations": ids(f"{HERE}/invitations"),
        "up_to": ids(f"{API}/account/notifications"),
        "category_id": ids(f"{HERE}/categories"),
        "zone_id": ids(f"{HERE}/zones"),
        "unit_id": ids(f"{HERE}/units?mine=true") or ids(f"{HERE}/units"),
        "announcements": ids(f"{HERE}/announcements?limit=40"),
        "announcement-categories": ids(f"{HERE}/announcement-categories"),
        "assignee_id": ids(f"{HERE}/professionals", "member_id"),
    }
    links = [one["url"] for one in get(token, f"{HERE}/invitations")["data"] if one.get("url")]
    # In `/invitations/{token}` and in bodies alike: `/communities/…/invitations/{id}` asks for ids.
    known["token"] = known["invitation"] = [link.split("#")[1] for link in links]
    guards = get(token, f"{HERE}/members?limit=200&role=guard")["data"]
    known["nameless"] = [one["id"] for one in guards if not one.get("email")]
    known["photos"] = [one["id"] for one in get(token, f"{HERE}/service-requests?limit=200")["data"] if one["photos"]]
    known["on_behalf_of"] = known["members"]
    known["fit_for"] = known["service-requests"]
    return known


KNOWN = {}


def see(path):
    """A resource as the caller sees it, or nothing; with a session of its own, which calls may have ended."""
    for _ in range(2):
        answer = requests.get(path, headers={"Authorization": f"Bearer {Account.token}"}, timeout=30)
        if answer.status_code != 401:
            break
        Account.token = sign_in()["access_token"]
    return answer.json() if answer.ok else {}


def known(name):
    if not KNOWN:
        KNOWN.update(everything(sign_in()["access_token"]))
    return KNOWN.get(name)


def one_of(name):
    # A quarter of the calls still speak of what does not exist.
    if DICE.random() < 0.25:
        return None
    if name == "sessions":
        # One that nobody needs, and that is there for certain.
        return get(sign_in()["access_token"], f"{API}/account/sessions?limit=1")["data"][0]["id"]
    if name == "refresh_token":
        return sign_in()["refresh_token"]
    return DICE.choice(known(name)) if known(name) else None


def possible(case):
    """The same action, or another that is possible now, with the fields that it takes and no others."""
    resource = see(f"{URL}{case.formatted_path.removesuffix('/actions')}")
    actions = resource.get("allowed_actions")
    if not actions or DICE.random() < 0.25:
        return case.body
    action = DICE.choice(actions)
    # A request says which fields an action takes; for members it is written in the document.
    if isinstance(action, str):
        told = ["reason"] if action in ("reject", "suspend", "archive") else []
        takes = ["roles", "unit_id", "tie"] if action == "approve" else told
        fields, action = {name: name == "reason" for name in takes}, {"action": action}
    else:
        fields = {field["name"]: field["required"] for field in action["fields"]}
    body = {name: value for name, value in case.body.items() if name in fields and value is not None}
    for name in (name for name, required in fields.items() if required and not body.get(name)):
        body[name] = FILLED_IN.get(name) or one_of(name)
    return {"action": action["action"], **body}


FILLED_IN = {
    "note": "So that it goes on.",
    "reason": "So that it goes on.",
    "priority": "P2",
    "hold_reason": "weather",
    "reject_reason": "spam",
    "target": "closed",
}


def signed_file():
    """The address of a photo, which is good for as long as its session."""
    token = sign_in()["access_token"]
    photos = get(token, f"{HERE}/service-requests/{DICE.choice(known('photos'))}")["attachments"]
    address = urlsplit(DICE.choice(photos)["url"])
    return address.path.split("/")[-2:], dict(parse_qsl(address.query))


def is_good(case, location):
    """Whether a part of a call is meant to be as the document wants it. What is bad on purpose must stay as it is."""
    part = case.meta.components.get(location) if case.meta else None
    return part is None or part.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    DICE.seed(repr((case.method, case.path, case.path_parameters, case.query, case.body)))
    case.headers["X-Forwarded-For"] = address()
    operation = case.operation.definition.raw.get("operationId")
    good = {part for part in ParameterLocation if is_good(case, part)}
    if operation == "download_file" and {ParameterLocation.PATH, ParameterLocation.QUERY} <= good:
        if known("photos") and DICE.random() < 0.5:
            (case.path_parameters["id"], case.path_parameters["variant"]), query = signed_file()
            case.query.update(query)
    elif ParameterLocation.PATH in good:
        for name in case.path_parameters or {}:
            # `…/members/{id}`: the word before says what it is an id of.
            kind = case.path.split(f"/{{{name}}}")[0].rsplit("/", 1)[-1] if name == "id" else name
            kind = "nameless" if operation == "set_member_password" else kind
            value = COMMUNITY if name in ("community", "slug") else one_of(kind)
            case.path_parameters[name] = value or case.path_parameters[name]
    if ParameterLocation.QUERY in good:
        replace(case.query)
    if ParameterLocation.HEADER in good:
        if "If-Match" in case.headers and DICE.random() < 0.75:
            case.headers["If-Match"] = "*"
        if "Idempotency-Key" in case.headers and DICE.random() < 0.75:
            case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if ParameterLocation.BODY in good and isinstance(case.body, dict):
        replace(case.body)
        if operation in ("act_on_service_request", "act_on_member"):
            case.body = possible(case)
        # Wrong guesses at one's password are counted, and after five of them nobody gets any further.
        if "current_password" in case.body:
            case.body["current_password"] = Account.password
        if operation == "sign_in" and (case.body["email"] == Account.email or DICE.random() < 0.5):
            case.body.update(email=Account.email, password=Account.password)


def replace(fields):
    for name, given in (fields or {}).items():
        if given is not None:
            fields[name] = one_of(name) or given


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.definition.raw.get("operationId") == "change_password" and response.status_code == 204:
        Account.password = case.body["password"]


# Faults of data that keep every schema, each with the reason why no schema could have told.
BEYOND_SCHEMAS = {
    "bad_cursor": "cursors are opaque: only those that were handed out are good",
    "unknown": "there is no such object here",
    "unknown_language": "depends on the message files of the server",
    "not_yours": "the object is somebody else's",
    "taken": "somebody has that name already",
    "unchanged": "is what it was before",
    "wrong_password": "only the server knows the right one",
    "wrong_code": "only the server knows the right one",
    "too_common": "a list of common passwords is no schema",
    "too_personal": "made of the caller's own name",
    "superfluous": "which fields an action takes stands in `allowed_actions`",
    "not_offered": "stands in the workflow, but is still to come",
    "too_far": "depends on the day",
    "in_the_past": "depends on the day",
    "outside_zone": "depends on who works where",
    "too_many_rows": "depends on how many there are",
    "not_a_photo": "bytes are bytes to a schema",
    "photo_too_large": "counts pixels",
}
# Problems of the same kind, told as a whole.
BEYOND_CALLS = {"gone", "precondition_failed", "key_reused"}
# Operations whose fields depend on one another: what is needed stands in `allowed_actions`, or in words.
DEPENDENT = {"act_on_service_request", "act_on_member", "add_member", "join_community", "create_invitation"}
# Whoever writes nothing but blanks has written nothing, or too little.
LENGTHS = {"required", "too_short"}


class RefusedGoodData(Failure):
    __slots__ = ()


def is_blank(char):
    """Whether a character shows nothing, and so does not count at the ends of a text: blanks, joiners, fillers."""
    fillers = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    selectors = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return unicodedata.category(char)[0] in "CZ" or char in fillers or selectors


def is_beyond_schemas(fault, case):
    if fault["code"] in BEYOND_SCHEMAS:
        return True
    operation = case.operation.definition.raw.get("operationId")
    if fault["code"] == "not_an_email" and operation == "sign_in":
        # It takes a sign-in name as well; a `format` can ask for one or the other.
        return True
    name = (fault.get("pointer") or "").removeprefix("#/") or fault.get("parameter")
    fields = case.query if fault.get("parameter") else case.body
    text = fields.get(name) if isinstance(fields, dict) else None
    if fault["code"] == "required" and operation in DEPENDENT:
        return not isinstance(text, str)
    if fault["code"] in LENGTHS and isinstance(text, str):
        return bool(text) and (is_blank(text[0]) or is_blank(text[-1]))
    return False


@schemathesis.check
def refused_only_for_what_no_schema_says(ctx, response, case):
    """Good data may be refused for the reasons above, and for no others."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (410, 412, 422):
        return None
    problem = response.json()
    if problem["code"] in BEYOND_CALLS:
        return True
    wrong = [fault for fault in problem.get("errors", []) if not is_beyond_schemas(fault, case)]
    if wrong or not problem.get("errors"):
        places = ("pointer", "parameter", "header")
        told = [f"{next((fault[it] for it in places if it in fault), '')} {fault['code']}" for fault in wrong]
        raise RefusedGoodData(
            operation=case.operation.label,
            title="Good data refused",
            message=f"Nothing in the document speaks against it: {problem['code']} {', '.join(told)}",
        )
    return True
