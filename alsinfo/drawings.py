"""Drawings that people send: an SVG written anew from the few elements and attributes that only draw.

What other programs keep beside a drawing is left out; whatever would look different without it is refused with a
sentence. Nothing in what is written runs, loads, links or moves.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from alsinfo.imaging import Rendition, UnusablePicture

SVG_TYPE = "image/svg+xml"
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 100_000
MOST_ELEMENTS, DEEPEST = 2_000, 20
LONGEST_LETTERS = 3
ELEMENTS = frozenset(
    {"svg", "g", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
)
LEFT_OUT = frozenset({"metadata"})
PLACES = {"viewBox", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "width", "height", "transform"}
SHAPES = {"d", "points", "cx", "cy", "r", "rx", "ry", "opacity", "fill", "fill-opacity", "fill-rule"}
STROKES = {f"stroke{each}" for each in ("", "-width", "-opacity", "-linecap", "-linejoin", "-miterlimit", "-dasharray")}
TEXTS = {"font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline"}
ATTRIBUTES = frozenset({*PLACES, *SHAPES, *STROKES, *TEXTS})
LEFT_OUT_OF_TAGS = frozenset({"id", "version", "role", "aria-labelledby", "aria-hidden", "class"})
PLAIN_VALUE = re.compile(r"[\w\s.,#%()+\-]*", re.ASCII)
BOX = re.compile(r"\s*0[\s,]+0[\s,]+(\d{2,4})(?:\.0+)?[\s,]+(\d{2,4})(?:\.0+)?\s*")
DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)|<\?xml-stylesheet", re.IGNORECASE)


def is_drawing(sent: bytes) -> bool:
    """Whether what was sent is meant as one."""
    return sent.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<svg", b"<!"))


def drawing(sent: bytes) -> Rendition:
    """The drawing as it is kept. Raises `UnusablePicture`."""
    if len(sent) > MOST_BYTES:
        raise UnusablePicture("This drawing is larger than 100 kB. Send a simpler one, or a PNG.")
    root = _read(sent)
    for depth, element in _walk(root):
        if depth > DEEPEST:
            raise UnusablePicture("This drawing has groups in groups in groups. Send a simpler one, or a PNG.")
        _settle(element)
    box = BOX.fullmatch(root.get("viewBox", ""))
    if box is None:
        raise UnusablePicture("This drawing does not say how large it is: it needs a viewBox that begins with 0 0.")
    if not "".join(root.findtext("title", "")).strip():
        raise UnusablePicture("This drawing has no title. Give it one that says what it shows.")
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib = {"xmlns": SVG[1:-1], "width": box[1], "height": box[2], **root.attrib}
    return Rendition(ET.tostring(root, encoding="utf-8"), int(box[1]), int(box[2]), SVG_TYPE)


def _read(sent: bytes) -> ET.Element:
    try:
        text = sent.decode("utf-8-sig")
        if DECLARATION.search(text):
            raise UnusablePicture("This drawing declares a document type or a style sheet. Save it as plain SVG.")
        root = ET.fromstring(text)  # noqa: S314  no entity is declared in it
    except (UnicodeDecodeError, ET.ParseError, ValueError) as problem:
        if isinstance(problem, UnusablePicture):
            raise
        raise UnusablePicture("This is not a drawing we can read. Save it as plain SVG.") from problem
    if root.tag != f"{SVG}svg" or sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise UnusablePicture("This is not a drawing we can read. Save a simple one as plain SVG, or send a PNG.")
    return root


def _walk(root: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    """Every element that is kept, with its depth; what only other programs read is taken out on the way."""
    waiting = [(0, root)]
    while waiting:
        depth, element = waiting.pop()
        for child in list(element):
            if not str(child.tag).startswith(SVG) or child.tag.removeprefix(SVG) in LEFT_OUT:
                element.remove(child)
            else:
                waiting.append((depth + 1, child))
        yield depth, element


def _settle(element: ET.Element) -> None:
    """The element by its own name with the attributes that draw. Raises `UnusablePicture` for all that does more."""
    element.tag = element.tag.removeprefix(SVG)
    if element.tag not in ELEMENTS:
        raise UnusablePicture(f"This drawing has <{element.tag[:20]}>, which is not shown. Save it as plain SVG.")
    kept = {name: value for name, value in element.attrib.items() if "}" not in name and name not in LEFT_OUT_OF_TAGS}
    for name, value in kept.items():
        if name not in ATTRIBUTES or not PLAIN_VALUE.fullmatch(value) or "url" in value.lower():
            sentence = f"This drawing has the attribute {name[:20]} in <{element.tag}>, which is not shown as it is."
            raise UnusablePicture(f"{sentence} Save it as plain SVG, with colours and widths as attributes.")
    words = " ".join((element.text or "").split())
    if element.tag in ("text", "tspan") and len(words) > LONGEST_LETTERS:
        raise UnusablePicture(
            f"“{words[:40]}” is written in the drawing. Mark its parts by letters; words go below it."
        )
    element.attrib = kept
