"""Who did what, when and from where, as far as somebody may know it?"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from accounts.account import folded
from base.errors import ShownError
from base.masking import masked_within
from base.roles import AUDIT
from base.viewer import Viewer
from base.words import _, mark
from store import Store
from store.erasures import Span, erased_texts, without

_ENTRIES = Path(__file__).parent / "sql" / "entries.sql"
_ACTORS = """
select account_no
from ops.account
where login_name = $login_name or person_name = $person
"""
Hidden = dict[tuple[int | str, str], list[tuple[tuple[Span, ...], str]]]
_ERASED = "select account_no from ops.erasure"
ACTIONS = {
    "signed_in": mark("登录"),
    "sign_in_failed": mark("登录失败"),
    "locked_out": mark("锁定"),
    "signed_out": mark("退出"),
    "password_set": mark("设密码"),
    "code_given": mark("发一次性口令"),
    "oidc_bound": mark("绑定统一身份"),
    "oidc_unbound": mark("解除统一身份"),
    "account_added": mark("新建账号"),
    "account_changed": mark("停用或启用账号"),
    "scope_changed": mark("变更负责范围"),
    "post_passed": mark("交接"),
    "erasure": mark("注销个人数据"),
    "exported": mark("导出个人数据"),
    "sessions_ended": mark("全部退出"),
    "token_made": mark("新建接口口令"),
    "token_ended": mark("停用接口口令"),
    "submitted": mark("报送"),
    "acceptance": mark("审核通过"),
    "reviewed": mark("乡镇审核"),
    "returned": mark("退回"),
    "withdrawn": mark("收回"),
    "reopened": mark("重新打开"),
    "annulment": mark("撤销"),
    "evidence": mark("附件"),
    "window": mark("报送时段"),
    "matter": mark("办理疑点或预警"),
    "action": mark("督办事项"),
    "about": mark("系统设置"),
    "fetched": mark("下载"),
    "handover": mark("下载交接材料"),
    "backed_up": mark("备份"),
}


@dataclass(frozen=True)
class Asked:
    """What to tell of; what is empty does not narrow.

    `sha256` is the start of a file's, or a part of the file's name.
    """

    village_code: str = ""
    sha256: str = ""
    person: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Entry:
    """An act, with the file of its submission."""

    audit_no: int
    acted_at: datetime
    actor: str
    role: str
    way: str
    address: str
    action: str
    submission_no: int | None
    place_code: str
    subject: str
    file_name: str | None
    sha256: str | None
    detail: str


def entries(store: Store, viewer: Viewer, asked: Asked) -> list[Entry]:
    """Read the audit.

    Args:
        store: where.
        viewer: an admin reads all, an office what concerns its places.
        asked: what to tell of.

    Returns:
        The acts, in their order.

    Raises:
        ShownError: when the viewer may not read the audit.
    """
    if not viewer.may(AUDIT):
        raise ShownError(_("您不能查看操作记录。"))
    person = asked.person.strip()
    named = {"login_name": folded(person), "person": person}
    numbers = store.rows(_ACTORS, named) if person else []
    params = {
        "scope": list(viewer.scope),
        "is_all": viewer.role == "admin",
        "village_code": asked.village_code,
        "sha256": asked.sha256.lower(),
        "person": person,
        "actors": [f"u{number}" for (number,) in numbers],
        "since_at": datetime.combine(asked.since or date.min, time()),
    }
    rows = store.rows(_ENTRIES.read_text(encoding="utf-8"), params)
    return shown(store, [(Entry(*row[:-2]), row[-2], row[-1]) for row in rows])


def shown(store: Store, told: list[tuple[Entry, int | None, str]]) -> list[Entry]:
    """Return acts as they are shown: without what was erased, numbers masked.

    Args:
        store: where.
        told: acts as the chain keeps them, each with its line of the journal and hash.
    """
    erased = {f"u{number}" for (number,) in store.rows(_ERASED)}
    hidden = hidden_texts(store)
    acts = []
    for entry, line, entry_hash in told:
        key = line or entry_hash
        is_erased = entry.actor in erased or entry.subject in erased
        acts.append(
            replace(
                entry,
                address="" if is_erased else entry.address,
                file_name=masked_within(entry.file_name) if entry.file_name else None,
                subject=as_shown(hidden, key, "subject", entry.subject),
                detail=as_shown(hidden, key, "detail", entry.detail),
            )
        )
    return acts


def hidden_texts(store: Store) -> Hidden:
    """Return where the chain names somebody who was erased, and her pseudonym.

    By line of the journal, of an act that it does not hold by the hash, and column.
    """
    hidden: Hidden = {}
    for place, pseudonym in erased_texts(store, "ops.audit"):
        [key] = place.key.values()
        hidden.setdefault((key, place.column), []).append((place.spans, pseudonym))
    return hidden


def as_shown(hidden: Hidden, key: int | str, column: str, text: str) -> str:
    """Return a text of the chain as it is shown: pseudonyms first, then masks."""
    for spans, pseudonym in hidden.get((key, column), []):
        text = without(text, spans, pseudonym)
    return masked_within(text)
