"""Drawings: written anew from what only draws, or refused with a sentence."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from alsinfo.drawings import MOST_BYTES, drawing, is_drawing
from alsinfo.imaging import UnusablePicture

START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 50"'
LINE = '<path d="M0 0 L4 4" stroke="#0f8b80"/>'
NEURONES = Path(settings.BASE_DIR, "conditions/demo/motor-neurones.svg").read_bytes()


def svg(inside: str = LINE, more: str = "", title: str = "<title>A line</title>") -> bytes:
    return f"{START}{more}>{title}{inside}</svg>".encode()


def test_a_plain_drawing_is_kept_with_its_size() -> None:
    made = drawing(svg())
    assert (made.width, made.height, made.media_type) == (48, 50, "image/svg+xml")
    assert made.body.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="50" viewBox="0 0 48 50">')
    assert drawing(made.body) == made


def test_the_figure_of_the_demonstration_is_one_with_words_for_who_does_not_see_it() -> None:
    root = ET.fromstring(drawing(NEURONES).body)
    names = [element.tag.rpartition("}")[2] for element in root]
    assert names[:2] == ["title", "desc"]
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ["A", "B", "1", "2", "3"]


def test_what_other_programs_keep_beside_a_drawing_is_left_out() -> None:
    beside = (
        '<x:view xmlns:x="urn:x" x:zoom="2"/><metadata>by Ada</metadata><!-- made at home -->'
        '<g id="layer1" x:label="L" xmlns:x="urn:x"><path id="a" d="M0 0"/></g>'
    )
    made = drawing(svg(beside, ' version="1.1"')).body
    assert made.endswith(b'<title>A line</title><g><path d="M0 0" /></g></svg>')


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (svg("<script>alert(1)</script>"), "has <script>"),
        (svg("<style>@import url(//x.org)</style>"), "has <style>"),
        (svg("<image href='https://x.org/a.png'/>"), "has <image>"),
        (svg("<use href='#a'/>"), "has <use>"),
        (svg("<a href='javascript:alert(1)'><path d='M0 0'/></a>"), "has <a>"),
        (svg("<foreignObject><p>Hi</p></foreignObject>"), "has <foreignObject>"),
        (svg("<animate attributeName='d'/>"), "has <animate>"),
        (svg("<path d='M0 0' onload='alert(1)'/>"), "attribute onload"),
        (svg("<path d='M0 0' style='fill:red'/>"), "attribute style"),
        (svg("<path d='M0 0' fill='url(#a)'/>"), "attribute fill"),
        (svg("<path d='M0 0' fill='URL(https://x.org/)'/>"), "attribute fill"),
        (svg("<path d='M0 0' href='https://x.org/'/>"), "attribute href"),
        (svg(more=" onload='alert(1)'"), "attribute onload"),
        (svg("<text x='1' y='1'>Motor neurone</text>"), "“Motor neurone” is written in the drawing"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg(), "declares a document type"),
        (b"<?xml-stylesheet href='//x.org/a.css'?>" + svg(), "declares a document type or a style sheet"),
        (svg().decode().encode("utf-16"), "not a drawing we can read"),
        (b"<svg", "not a drawing we can read"),
        (b"<html><body/></html>", "not a drawing we can read"),
        (svg("<path d='M0 0'/>" * 2_000), "not a drawing we can read"),
        (svg("<g>" * 30 + "</g>" * 30), "groups in groups"),
        (svg(LINE * 5_000), "larger than 100 kB"),
        (svg().replace(b' viewBox="0 0 48 50"', b""), "how large it is"),
        (svg().replace(b"0 0 48 50", b"0 0 99999 50"), "how large it is"),
        (svg(title=""), "has no title"),
        (svg(title="<title> </title>"), "has no title"),
    ],
    ids=lambda value: value.replace(" ", "-")[:40] if isinstance(value, str) else "sent",
)
def test_whatever_does_more_than_draw_is_refused_with_a_sentence(sent: bytes, sentence: str) -> None:
    with pytest.raises(UnusablePicture) as refusal:
        drawing(sent)
    assert sentence in str(refusal.value)


def test_what_was_sent_is_told_by_how_it_begins() -> None:
    assert is_drawing(svg()) and is_drawing(b"\xef\xbb\xbf\n<?xml version='1.0'?>" + svg())
    assert not is_drawing(b"\x89PNG\r\n") and not is_drawing(b"") and not is_drawing(b"x" * MOST_BYTES)
