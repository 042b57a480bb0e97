"""What the database refuses of what pages are found by."""

from conditions.models import Findable, Passage
from tests.refusals.attempts import Act, attempt
from tests.refusals.scene import Scene


@attempt("conditions_findable.regional_article_id")
def a_page_that_is_found_twice(s: Scene) -> Act:
    live = s.page.publications.get()
    values = {"publication": live, "region": s.page.region, "names": "[]", "also": "[]", "seal": "", "stamp": 1}
    return lambda: Findable(regional_article=s.page, **values).save()


@attempt("one_passage_per_section")
def a_section_that_is_found_twice(s: Scene) -> Act:
    first = Passage.objects.filter(findable__regional_article=s.page)[0]
    return lambda: Passage(findable=first.findable, key=first.key, heading=" ", words=" ").save()
