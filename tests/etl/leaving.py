"""How does a first secretary leave her name wherever one can be written?"""

from datetime import date, datetime

from accounts.account import viewer_of
from accounts.sign_in import choose_password
from accounts.tokens import make
from base.viewer import PAGE, Viewer
from etl import drafts
from etl.door import load_file
from etl.review import send_back
from office.actions import Task, begin
from store import Store
from store.audit import record
from tests.accounts.people import ADMIN, NOW, PASSWORD, TOWNSHIP, VILLAGE, given
from tests.etl.people import OFFICE
from tests.making import BY, VILLAGES, ledger, xlsx

AT = datetime(2018, 11, 16, 9)
NAME, PHONE, PLACE, AGENT = "苗青青", "13803720001", "10.20.30.40", "青手机"
LOGIN, GONE = "qingqing", "已注销人员-1"
WORDS = (NAME, PHONE, PLACE, AGENT, LOGIN)


def roster(name: str, half: str = "上") -> bytes:
    """Make a roster of 河顺 that names its first secretary."""
    title = [f"河顺镇2018年{half}半年帮扶责任表"]
    head = ["村名", "包村领导", "帮扶单位", "第一书记", "任职日期"]
    return xlsx([title, head, [VILLAGES[0], "赵六", "市林业局", name, "2018-03-01"]])


def sent(
    store: Store, by: Viewer, content: bytes, name: str, waits: bool = False
) -> int:
    found = load_file(store, content, name, by, AT, is_accepted=not waits).submission
    assert found is not None
    return found.submission_no


def leave(store: Store) -> int:
    """Leave her name; return the number of a roster with it that still waits."""
    made = given(store, LOGIN, person_name=NAME, phone=PHONE)
    token = choose_password(store, LOGIN, made.code, PASSWORD, NOW, PLACE, AGENT)
    assert token.token
    by = viewer_of(made.account, PAGE, PLACE)
    sent(store, BY, roster(f"{NAME} {PHONE}"), f"名册-{NAME}.xlsx")
    own = sent(store, by, xlsx(ledger([[VILLAGES[0], 10]])), f"{NAME}.xlsx")
    send_back(store, own, f"{NAME}请重报", OFFICE, AT)
    drafts.keep_file(store, by, b"draft", f"{NAME}.xlsx", AT)
    task = Task(VILLAGE, f"请{NAME}催收", NAME, "市林业局", date(2018, 12, 1))
    begin(store, OFFICE, task, AT, f"电话 {PHONE}")
    make(store, ADMIN, f"{NAME}的程序", "township", (TOWNSHIP,), 30, AT)
    record(store, by, "fetched", AT, VILLAGE, f"交接材料-{NAME}.xlsx")
    return sent(store, BY, roster(f"原{NAME}", "下"), "新.xlsx", waits=True)
