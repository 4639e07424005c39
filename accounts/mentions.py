"""Where do texts that people wrote name a person, and is it surely that person?"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.account import ERASED, Account, all_in
from base.place import NATION
from store import Store
from store.erasures import TEXTS, Place, Span, Texts

# A shorter word stands in too many texts by chance.
_SHORTEST = {"name": 2, "login": 3, "phone": 7, "subject": 6}
# Login names that are codes of places name a place wherever else they stand.
_PLACE_CODE = re.compile(r"(?:\d{6}|\d{9}|\d{12})(?:-\d+)?")
_HELD = "select distinct place_code from ops.account_scope where account_no = $no"
_DECIDED = "select distinct submission_no from core.assignment"


@dataclass(frozen=True)
class Mention:
    """A text that names a person, and where in it."""

    place: Place
    text: str


@dataclass(frozen=True)
class _Person:
    """By what a person is known in texts, and where they may mean her.

    `sure` are words that mean nobody else, `shared` her name; `held` are the prefixes
    of all places that she ever held, `others` those of living accounts of that name.
    """

    sure: tuple[str, ...]
    shared: tuple[str, ...]
    held: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]

    def words_at(self, code: str) -> tuple[str, ...]:
        """Return the words that mean her in a row about a place; empty for none."""
        is_hers = not code or _meet(_prefix(code), self.held)
        is_doubtful = any(not code or _meet(_prefix(code), o) for o in self.others)
        return self.sure + (self.shared if is_hers and not is_doubtful else ())


def words_of(account: Account) -> tuple[str, ...]:
    """Return by what an account's person is known, the longest first."""
    said = {
        "name": account.person_name,
        "login": "" if _is_code(account.login_name) else account.login_name,
        "phone": account.phone,
        "subject": account.oidc_subject,
    }
    found = {word for kind, word in said.items() if len(word) >= _SHORTEST[kind]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _is_code(login_name: str) -> bool:
    return _PLACE_CODE.fullmatch(login_name) is not None


def mentions(store: Store, account: Account) -> list[Mention]:
    """Return the texts that name the person of an account.

    A name means her in rows about places that she ever held, and in rows about no
    place; where a living account of the same name holds the place, it is left alone.

    Args:
        store: where.
        account: whose person, before anything is erased.

    Returns:
        One mention per text, in the order of the tables and their keys.
    """
    person = _person(store, account)
    found: dict[str, Mention] = {}
    for one in _candidates(store, person):
        spans = _spans(one.text, person.words_at(one.code))
        if spans:
            key = json.dumps([one.table, one.column, one.key], ensure_ascii=False)
            place = Place(one.table, one.column, one.key, spans)
            found.setdefault(key, Mention(place, one.text))
    return list(found.values())


def _person(store: Store, account: Account) -> _Person:
    with store.transaction() as cursor:
        everybody = all_in(cursor)
    words = words_of(account)
    name = account.person_name
    held = store.rows(_HELD, {"no": account.account_no})
    return _Person(
        tuple(word for word in words if word != name),
        tuple(word for word in words if word == name),
        tuple(_prefix(code) for (code,) in held),
        tuple(
            tuple(_prefix(code) for code in other.places)
            for other in everybody
            if other.person_name == name
            and other.state != ERASED
            and other.account_no != account.account_no
        ),
    )


@dataclass(frozen=True)
class _Candidate:
    """A text that may name a person, its row, and of which place the row tells."""

    table: str
    column: str
    key: dict[str, Any]
    code: str
    text: str


def _candidates(store: Store, person: _Person) -> Iterator[_Candidate]:
    """Yield the texts that hold one of a person's words."""
    words = person.sure + person.shared
    if not words:
        return
    for texts in TEXTS:
        for column in texts.columns:
            yield from _stored(store, texts, column, words)
        if texts.table == "core.assignment":
            yield from _waiting(store, texts)


def _stored(
    store: Store, texts: Texts, column: str, words: tuple[str, ...]
) -> Iterator[_Candidate]:
    named = {f"word_{number}": word for number, word in enumerate(words)}
    holds = " or ".join(f"contains({column}, ${name})" for name in named)
    place = texts.place or "''"
    keys = ", ".join(texts.key)
    rows = store.rows(
        f"select distinct {column}, {place} as place, {keys} from {texts.table} "
        f"where {holds} order by {keys}",
        named,
    )
    for text, code, *key in rows:
        known = dict(zip(texts.key, key, strict=True))
        # an entry of the audit that tells a line of the journal is known by that line
        if known.get("journal_line") is not None:
            known.pop("entry_hash", None)
        else:
            known.pop("journal_line", None)
        yield _Candidate(texts.table, column, known, code or "", text)


def _waiting(store: Store, texts: Texts) -> Iterator[_Candidate]:
    """Yield what rosters say that nobody has accepted yet; the vault alone has it."""
    decided = {int(number) for (number,) in store.rows(_DECIDED)}
    for number in store.vault.with_facts("assignment"):
        if number in decided:
            continue
        for row in store.vault.rows(number, kind="assignment").to_pylist():
            said = {"submission_no": number, **row}
            key = {name: said[name] for name in texts.key}
            code = str(row["village_code"] or "")
            for column in texts.columns:
                text = str(row[column] or "")
                yield _Candidate(texts.table, column, key, code, text)


def _spans(text: str, words: tuple[str, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    for word in words:
        for match in _pattern(word).finditer(text):
            start, end = match.span()
            if all(end <= s or e <= start for s, e in found):
                found.append((start, end))
    return tuple(sorted(found))


def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word: one of Latin letters whole, and no key of JSON."""
    if not word.isascii():
        return re.compile(re.escape(word))
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9]|\":)")


def _meet(prefix: str, others: Iterable[str]) -> bool:
    return any(prefix.startswith(o) or o.startswith(prefix) for o in others)


def _prefix(code: str) -> str:
    return code.removeprefix(NATION)
