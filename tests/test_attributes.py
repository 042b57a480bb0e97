"""Attributes in a tag, and the widgets written with them."""

from django import forms

from alsinfo.attributes import flat
from tests.article_page import Reading

HOSTILE = '"><script>alert(1)</script>'


def test_true_gives_a_name_false_and_none_give_nothing() -> None:
    assert flat({"id": "a", "required": True, "disabled": False, "title": None}) == ' id="a" required'
    assert flat({}) == flat(None) == ""


def test_a_widget_lets_nothing_out_of_its_tag() -> None:
    class Hostile(forms.Form):
        text = forms.CharField(initial=HOSTILE, label=HOSTILE, widget=forms.TextInput(attrs={"title": HOSTILE}))
        long = forms.CharField(initial=HOSTILE, widget=forms.Textarea(attrs={"title": HOSTILE}))
        choice = forms.ChoiceField(choices=[(HOSTILE, HOSTILE), ("Group", [("b", HOSTILE)])], initial=HOSTILE)

    html = str(Hostile())
    assert "<script" not in html
    option = next(found for tag, found in Reading(html).tags if tag == "option")
    assert option["value"] == HOSTILE and "selected" in option
