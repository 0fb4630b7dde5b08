"""What the employees' form and the call screen have in common: reading, checking, looking ahead, files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Request

from services.intake.api.uploads import FILE_FIELD, take_file, upload_place
from services.intake.domain.acceptance import Deciding
from services.intake.domain.answers import read_answers
from services.intake.domain.drafts import DraftFile
from services.intake.domain.filing import Filing
from services.intake.domain.public_form import MOST_PERSONS
from services.intake.handlers.attachments import Noting
from services.intake.presenting.choices import RELATIONS, REMEDIES, SHORT_KINDS, STAFF_CHANNELS, VICTIMS
from services.intake.presenting.public_form import persons_in
from services.intake.views.form import FormView
from shared.errors import Refused
from shared.identity.principal import Principal
from shared.language.i18n import translate
from shared.uploads.names import clean_name
from shared.web.field_errors import FieldError, field_errors
from shared.web.gate import Viewer
from shared.web.multipart import parts_of
from shared.web.reader import language_of
from shared.web.run import Run

WORDS: Final[Mapping[str, Any]] = {
    "kinds": SHORT_KINDS,
    "remedies": REMEDIES,
    "relations": RELATIONS,
    "victims": VICTIMS,
    "channels": STAFF_CHANNELS,
    "most_persons": MOST_PERSONS,
}
_NOT_ANSWERS: Final = frozenset({"go", "form_key", "revision", "attachment", FILE_FIELD})


@dataclass
class Typed:
    """A form as it came: its answers, what else it says, the files it names, and what was wrong with new ones."""

    answers: dict[str, str]
    other: dict[str, str]
    files: list[DraftFile] = field(default_factory=list)
    wrong: list[FieldError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the forms of staff need to know of a request."""

    request: Request
    viewer: Principal
    rules: Deciding
    language: str

    def filing(self, typed: Typed) -> tuple[Filing | None, list[FieldError]]:
        """The filing, or what is wrong with it."""
        answers = typed.answers
        if any(answers.get(f"consent.{what}") for what in ("processing", "health")):
            answers = answers | {"consent.text_version": self.rules.public.consent.version}
        filing, wrong = read_answers(answers, [file.id for file in typed.files])
        return filing, [*typed.wrong, *field_errors(wrong, self.language)]

    def form(self, answers: Mapping[str, str], wrong: Sequence[FieldError] = ()) -> dict[str, Any]:
        """What every template of these forms needs."""
        return {"form": FormView(answers, wrong), "persons": persons_in(answers), **WORDS}

    def say(self, message_id: str, **inputs: object) -> str:
        """A sentence in the reader's language."""
        return translate(message_id, self.language, **inputs)


async def _desk_of(request: Request, viewer: Viewer) -> Desk:
    running = request.app.state.running
    return Desk(request, viewer, running.store.rules, language_of(request.scope, running.settings.language))


AtDesk = Annotated[Desk, Depends(_desk_of)]


async def typed_with_files(desk: Desk, owner: str, run: Run, note: Noting | None = None) -> Typed:
    """A form whose new files are taken in while it is read; one that is refused spoils nothing else."""
    plain: dict[str, str] = {}
    typed = Typed({}, {})
    async with upload_place(desk.request):
        async for part in parts_of(desk.request):
            if part.filename is None:
                text = (await part.text()).replace("\r\n", "\n").strip()
                if part.name == "attachment":
                    typed.files += _file_named_by(text)
                else:
                    plain[part.name] = text
            elif part.name == FILE_FIELD and part.filename:
                try:
                    staged = await take_file(part, owner, desk.request, run, note)
                    typed.files.append(DraftFile(id=staged.id, name=staged.name, size=staged.size))
                except Refused as refused:
                    said = desk.say(refused.text, **refused.inputs)
                    typed.wrong.append(FieldError(field=FILE_FIELD, message=f"{clean_name(part.filename)}: {said}"))
    typed.other = {name: text for name, text in plain.items() if name in _NOT_ANSWERS}
    typed.answers = with_persons({n: t for n, t in plain.items() if t and n not in _NOT_ANSWERS}, plain.get("go", ""))
    return typed


def with_persons(answers: dict[str, str], go: str) -> dict[str, str]:
    """One more injured person, or one less, where a button says so."""
    if go == "add" and len(persons_in(answers)) < MOST_PERSONS:
        return answers | {f"harm.persons.{max(persons_in(answers)) + 1}.who": "complainant"}
    if go.startswith("remove-"):
        gone = f"harm.persons.{go.removeprefix('remove-')}."
        return {name: text for name, text in answers.items() if not name.startswith(gone)}
    return answers


def _file_named_by(text: str) -> list[DraftFile]:
    """A hidden field names a file as `id:size:name`; what it says is only shown, filing looks the id up."""
    id, _colon, rest = text.partition(":")
    size, _colon, name = rest.partition(":")
    return [DraftFile(id=id[:64], name=clean_name(name), size=int(size))] if size.isdecimal() and len(size) < 12 else []
