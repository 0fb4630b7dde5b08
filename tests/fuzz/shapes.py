"""Values that a JSON Schema describes: drawn to be right, so that they get past the first check; others spoil them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from tests.fuzz import horrors
from tests.fuzz.seen import Known

Schema = Mapping[str, Any]

OPTIONAL: Final = (0, 0, 1, 1, 2, 3, 6)
"""So many optional fields are there: each is one more that the domain may refuse."""
MOST_ITEMS: Final = 3
WORDS: Final = (
    "전기장판에서 불이 나 손에 화상을 입었어요", "배송이 사흘이나 늦었어요", "두유 팩이 부풀어 있어요",
    "환불해 주세요", "검토했습니다", "EB-200", "SM-12", "RC-880", "quality", "sales", "delivery", "safety", "p-042",
    "The blanket burned my hand", "02-000-0000", "a@example.com", "확인했습니다. 오늘 전화드리겠습니다.", "26K18",
    "2026-05", "web", "phone",
)  # fmt: skip
TOLD: Final = {
    **{name: name for name in ("department", "category", "code", "product_code", "lot", "kind")},
    **dict.fromkeys(("assignee", "owner", "holder", "deputy", "head", "lead", "executive", "person"), "person_id"),
    **dict.fromkeys(("complaints", "ids", "complaint"), "complaint_id"),
    **dict.fromkeys(("add", "departments", "parent", "successor"), "department"),
    **dict.fromkeys(("other", "issue"), "issue_id"),
    "attachments": "attachment_id",
}
"""Fields that name something which is there already, as all that end in `_id` do, and under which name it is known."""
NOW: Final = datetime.now(UTC)
moments = st.integers(-3_000, 3_000).map(lambda hours: NOW + timedelta(hours=hours))
indexes = st.integers(0, 10**6)


class Shapes:
    """Strategies for the schemas of one document; each is made once."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._references: dict[str, st.SearchStrategy[Any]] = {}

    def right(self, schema: Schema, name: str = "") -> st.SearchStrategy[Any]:
        """Values that the schema allows; a text under a name may also be one that an answer had there."""
        if "$ref" in schema:
            return self._referred(schema["$ref"], name)
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return st.one_of(*(self.right(each, name) for each in schema[several]))
        return self._typed(schema, name)

    def _referred(self, reference: str, name: str) -> st.SearchStrategy[Any]:
        if reference not in self._references:
            found: Any = self._document
            for step in reference.removeprefix("#/").split("/"):
                found = found[step]
            self._references[reference] = self.right(found, name)
        return self._references[reference]

    def _typed(self, schema: Schema, name: str) -> st.SearchStrategy[Any]:
        match schema.get("type"):
            case "object":
                return self._object(schema)
            case "array":
                least, most = schema.get("minItems", 0), schema.get("maxItems", MOST_ITEMS)
                return st.lists(
                    self.right(schema.get("items", {}), name),
                    min_size=least,
                    max_size=max(least, min(most, MOST_ITEMS)),
                )
            case "string":
                return _text(schema, name)
            case "integer" | "number":
                return _number(schema)
            case "boolean":
                return st.booleans()
            case "null":
                return st.none()
        return horrors.anything

    def _object(self, schema: Schema) -> st.SearchStrategy[Any]:
        needed = set(schema.get("required", ()))
        fields = {name: self.right(inner, name) for name, inner in schema.get("properties", {}).items()}
        if not fields:
            inner = schema.get("additionalProperties", True)
            values = self.right(inner) if isinstance(inner, Mapping) else horrors.plain
            return st.dictionaries(st.sampled_from(WORDS), values, max_size=MOST_ITEMS)

        optional = [name for name in fields if name not in needed]

        @st.composite
        def made(draw: st.DrawFn) -> dict[str, Any]:
            most = min(draw(st.sampled_from(OPTIONAL)), len(optional))
            more = draw(st.lists(st.sampled_from(optional), min_size=most, max_size=most, unique=True)) if most else []
            return {name: draw(fields[name]) for name in fields if name in needed or name in more}

        return made()


def _text(schema: Schema, name: str) -> st.SearchStrategy[Any]:
    match schema.get("format"):
        case "date-time":
            return moments.map(datetime.isoformat)
        case "date":
            return moments.map(lambda moment: moment.date().isoformat())
    least, most = schema.get("minLength", 0), min(schema.get("maxLength", 60), 60)
    right: st.SearchStrategy[Any] = st.text(min_size=min(least, most), max_size=most)
    if "pattern" in schema:
        right = st.from_regex(schema["pattern"], fullmatch=True)
    elif least <= 1:
        right = horrors.mostly(st.sampled_from(WORDS), right, of=5)
    known = indexes.map(lambda index: Known(TOLD.get(name, name), index))
    if name in TOLD or name.endswith("_id"):
        return horrors.mostly(known, right, of=6)
    return horrors.mostly(right, known, of=6)


def _number(schema: Schema) -> st.SearchStrategy[Any]:
    least = schema.get("minimum", schema.get("exclusiveMinimum", -1000))
    most = schema.get("maximum", schema.get("exclusiveMaximum", 100_000))
    if schema["type"] == "integer":
        return st.integers(int(least), int(most))
    return st.floats(least, most, allow_nan=False)


def near(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what is right; else with one to three parts spoilt, or something else altogether."""

    @st.composite
    def made(draw: st.DrawFn) -> Any:
        value = draw(right)
        for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 1, 1, 2, 3)))):
            value = draw(horrors.spoilt(value))
        return value

    return made()
