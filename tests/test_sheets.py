"""The style sheets of the admin that are ours in place of Django's."""

from pathlib import Path

from django.conf import settings
from django.contrib import admin

THEIRS = Path(admin.__file__).parent / "static/admin/css"
IMPORT = "@import url('widgets.css');\n"


def test_the_sheet_of_forms_is_djangos_with_the_sheet_it_imports_in_its_place() -> None:
    theirs = (THEIRS / "forms.css").read_text()
    assert theirs.count(IMPORT) == 1
    whole = theirs.replace(IMPORT, (THEIRS / "widgets.css").read_text())
    ours = Path(settings.BASE_DIR) / "static/admin/css/forms.css"
    assert ours.read_text() == whole, "Django changed its sheet: write `whole` to ours"
