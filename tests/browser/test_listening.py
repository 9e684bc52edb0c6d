"""The tests of this folder fail on what the policy refuses. Here they are shown to hear it."""

import pytest

STYLE = "document.body.append(Object.assign(document.createElement('style'), {innerText: 'a{}'}))"
SCRIPT = "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
PICTURE = "document.body.append(Object.assign(new Image(), {src: 'data:image/gif;base64,R0lGOD'}))"


@pytest.mark.parametrize(
    ("act", "directive"),
    [(STYLE, "style-src-elem"), (SCRIPT, "script-src-elem"), (PICTURE, "img-src")],
)
def test_what_the_policy_refuses_is_heard(new_context, heard, act, directive):
    page = new_context().new_page()
    page.goto("/sign-in/")
    assert heard == []

    page.evaluate(act)
    page.evaluate("new Promise(requestAnimationFrame)")  # the report comes with the next frame

    assert any(directive in report for report in heard)
    heard.clear()


def test_an_error_of_a_script_is_heard_too(new_context, heard):
    page = new_context().new_page()
    page.goto("/sign-in/")

    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(50)

    assert any("broken" in report for report in heard)
    heard.clear()
