"""Is an installation whole after a fall? What it holds, and what is wrong with it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from base.errors import ShownError
from etl.rebuild import anew
from store import Store
from store.archive import unpacked
from store.audit import broken_act
from store.keeping import backups_in

# What people see or count on, without the numbers that a fall may use up.
_HELD = {
    "figures": """
        select
            village_code, source_id, statement, project_id, line_kind, period_start,
            period_end, amount_due_yuan, amount_received_yuan, due_until_date,
            received_until_date
        from core.income_period
        where is_in_force(from_no, to_no, (select version_no from ops.version))
        order by all
    """,
    "shares": """
        select project_id, village_code, share_pct, valid_from_date
        from core.project_share
        where is_in_force(from_no, to_no, (select version_no from ops.version))
        order by all
    """,
    "papers": """
        select statement, state, sha256, rows_accepted
        from ops.submission
        order by all
    """,
    "lines": "select count(*) from core.income",
    "meetings": """
        select title, state, held_date, as_of_date from ops.meeting_step order by all
    """,
    "frozen": """
        select count(*), bit_xor(hash(v))
        from (select * exclude (meeting_no) from core.frozen_village) as v
    """,
    "windows": "select period_end, place_code, due_date from ops.reporting_window",
    "actions": "select place_code, what, state from ops.action_step order by all",
    "people": "select login_name, password_hash from ops.account order by all",
    "sessions": "select token_hash from ops.session order by all",
}
_TWICE = {
    "paper": """
        select sha256 from ops.submission
        where state not in ('withdrawn', 'annulled', 'returned')
        group by sha256, statement
        having count(*) > 1
    """,
    "figure": """
        select village_code from core.income_period
        where is_in_force(from_no, to_no, (select version_no from ops.version))
        group by
            village_code, source_id, statement, project_id, line_kind, category,
            period_start, period_end
        having count(*) > 1
    """,
    "line": """
        select submission_no from core.income
        group by submission_no, file_line, sheet, cell, village_code, source_id
        having count(*) > 1
    """,
    "act": """
        select journal_line from ops.audit
        where journal_line is not null
        group by journal_line
        having count(*) > 1
    """,
    "number": """
        select number from (
            select acceptance_no as number from ops.acceptance
        )
        group by number
        having count(*) > 1
    """,
}
# What stands there though no number that is published put it.
_LEFT_OVER = """
with published as (
    select acceptance_no from ops.acceptance where state = 'published'
)

select 'row of ' || from_no as what from core.income_period
where from_no not in (select acceptance_no from published)
union all
select 'end by ' || to_no from core.income_period
where to_no < 9223372036854775807
    and to_no not in (select acceptance_no from published)
union all
select 'share of ' || from_no from core.project_share
where from_no not in (select acceptance_no from published)
union all
select 'reserved ' || acceptance_no from ops.acceptance where state = 'reserved'
union all
select 'line of ' || submission_no from core.income
where submission_no not in (select submission_no from ops.submission)
union all
select 'frozen of ' || meeting_no from core.frozen_village
where meeting_no not in (select meeting_no from ops.meeting_step)
"""


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return what an installation holds that people see or count on."""
    return {name: store.rows(sql) for name, sql in _HELD.items()}


def twice(store: Store) -> list[str]:
    """Return what is there twice."""
    return [f"{what} {row}" for what, sql in _TWICE.items() for row in store.rows(sql)]


def left_over(store: Store) -> list[str]:
    """Return what stands in the store though no number that is published put it."""
    return [str(what) for (what,) in store.rows(_LEFT_OVER)]


def broken_chains(store: Store) -> list[str]:
    """Return which chains do not hold, and lines that the audit tells not or twice."""
    told = store.rows(
        "select journal_line, journal_text is not null from ops.audit "
        "where journal_line is not null order by audit_no"
    )
    whole = [(line, True) for line in range(1, store.journal.length + 1)]
    found = {
        "audit": broken_act(store) is not None,
        "journal": store.journal.broken_line() is not None,
        "told": told != whole,
        "unfinished": any((store.folder / "vault" / "unfinished").glob("*")),
    }
    return [name for name, is_broken in found.items() if is_broken]


def broken_backups(store: Store) -> list[str]:
    """Return which backups of an installation are not whole."""
    found = []
    for backup in backups_in(store.folder / "backups"):
        with TemporaryDirectory() as into:
            try:
                unpacked(backup, Path(into))
            except ShownError as problem:
                found.append(str(problem))
    return found


def differing(store: Store) -> int:
    """Count the figures that are not those made anew from vault and journal."""
    return anew(store)
