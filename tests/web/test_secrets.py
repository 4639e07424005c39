"""Does any secret come out: in logs, the audit, commands, errors, or the folder?"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.making import ledger, xlsx
from tests.web.running import Dashboard, started, wait_until_it_answers
from tests.web.test_sign_in import OTHER, PASSWORD, code_of, command, token_of

pytestmark = pytest.mark.xdist_group("dashboard")

PLANTED = "planted-client-secret-7f3a"


def output_of(found: Dashboard) -> bytes:
    """End a dashboard; return all that it wrote to its output."""
    found.process.terminate()
    return found.ended().encode()


def test_no_secret_comes_out(new_var: Path, tmp_path: Path) -> None:
    var, kept = tmp_path / "var", tmp_path / "secret"
    shutil.copytree(new_var, var)
    kept.write_text(PLANTED, encoding="utf-8")
    # nobody answers there: what goes wrong is told and written down
    settings: dict[str, Any] = {
        "oidc_issuer": "http://127.0.0.1:1",
        "oidc_client_id": "village",
        "oidc_client_secret_file": str(kept),
    }
    said = ""
    with started(var, **settings) as found:
        wait_until_it_answers(found)
        setting_up = code_of(found).strip()
        given = {"code": setting_up, "name": "admin"}
        made = found.form("/set-up", **given, password=PASSWORD, again=PASSWORD)
        token = token_of(made)
        told = command(found, "add", "wang", "--role", "leader", "--scope", "410581")
        code = told.split("：", 1)[1].split("（")[0].strip()
        asked = ("--role", "secretary", "--scope", "410581105201")
        told = command(found, "token", "add", "grid", *asked)
        secret = told.split("：", 1)[1].split("（")[0].strip()
        said += command(found, "list") + command(found, "token", "list")
        wrong = "a-wrong-password-7f3a"
        said += found.form("/sign-in", name="wang", secret=wrong).text
        said += found.form("/sign-in", name=wrong, secret="x").text.replace(
            wrong, "", 1
        )
        said += found.get("/oidc/start").text
        said += found.get("/files/audit.xlsx", token).text
        bearer = {"authorization": f"Bearer {secret}"}
        content = xlsx(ledger([["柳泉", 1, "", ""]]))
        said += found.post("/api/v1/submissions", content, **bearer).text
        dashboards_own = found.token
        found.form("/password", name="wang", secret=code, password=OTHER, again=OTHER)
        output = output_of(found)
    files = b"".join(path.read_bytes() for path in var.rglob("*") if path.is_file())
    everything = said.encode() + output + files
    for one in (PLANTED, token, code, secret, wrong, dashboards_own, setting_up):
        assert one.encode() not in everything, one
    for password in (PASSWORD, OTHER):
        assert password.encode() not in everything
    assert b"admin" in everything
