"""How does a test page through the screen of a meeting, and see that nothing is cut?"""

from playwright.sync_api import Page

_CUT_OFF = """() => {
  const here = document.querySelector("section.here");
  const foot = here.querySelector("footer").getBoundingClientRect();
  const whole = document.documentElement;
  const found = [];
  if (whole.scrollHeight > innerHeight || whole.scrollWidth > innerWidth)
    found.push("scrolls");
  for (const part of here.querySelectorAll("*")) {
    const box = part.getBoundingClientRect();
    const said = part.tagName + " " + part.textContent.trim().slice(0, 20);
    if (box.width === 0 && box.height === 0) continue;
    if (box.left < -1 || box.top < -1) found.push("before: " + said);
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      found.push("beyond: " + said);
    if (!part.closest("footer") && box.bottom > foot.top + 1)
      found.push("under the foot: " + said);
    if (!part.closest("svg") && part.clientWidth
        && part.scrollWidth > part.clientWidth + 1)
      found.push("too wide: " + said);
  }
  return found;
}"""
# The least size of letters in a table, of the window's height: still read from afar.
_SMALLEST = """() => Math.min(1, ...[...document.querySelectorAll(
  "section.here td, section.here li, section.here .bars")].map(
  (part) => Number.parseFloat(getComputedStyle(part).fontSize) / innerHeight))"""
LEAST_SHARE = 0.02


def page_through(page: Page) -> list[str]:
    """Press the key for the next page until the last; return what each page says."""
    said = []
    count = page.locator("section").count()
    page.keyboard.press("Home")
    for number in range(1, count + 1):
        here = page.locator("section.here")
        assert here.count() == 1
        told = here.inner_text()
        assert f"{number} / {count}" in told
        assert page.evaluate(_CUT_OFF) == [], told
        assert page.evaluate(_SMALLEST) >= LEAST_SHARE, told
        said.append(told)
        page.keyboard.press("ArrowRight")
    assert f"{count} / {count}" in page.locator("section.here").inner_text()
    return said
