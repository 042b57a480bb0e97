"""Words that nobody may learn, planted in a disagreement."""

import re
from collections.abc import Mapping

from conditions.actions import assigning, dissenting, overruling, signing
from tests import world as w
from tests.world import GB

HEX = re.compile(r"\b[0-9a-f]{16,}\b|(?:\b[0-9a-f]{4} ){2}[0-9a-f]{4}\b")


def plant_in_a_disagreement(world: w.World, words: Mapping[str, str]) -> None:
    """Live, although a reviewer asked for changes; asked whether their words may be published, they said nothing."""
    row = w.submit(world, w.draft(world, w.article(world, "argued", "Argued about"), regions="GB"))[GB]
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    w.sign(row, of=world.uk)
    signing.request_changes(second, by=world.other_uk.user, note=words["dissent nobody agreed to publish"])
    made = overruling.overrule(row, by=world.lead, reason=words["reason to overrule"])
    dissenting.propose_note(made, by=world.publisher)
    w.publish(world, row)


def without_digests(text: str) -> str:
    """The text without digests and seals, which hold any four signs by chance."""
    return HEX.sub("", text)
