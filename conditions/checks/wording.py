"""Rules on words: how easy they are, what they say of people, what they must not say of medicines and outlook."""

import re
from collections.abc import Iterator

from conditions.checks.rules import Fault, Rule, Subject, of_section, seen
from conditions.content import readability
from organisations.regions import Region

HIGHEST_GRADE = 9
LONGEST_SENTENCE = 20
SHOWN = 60
OPENING = ("title", "summary", "key_points", "emergency", "urgent", "soon")
AVOIDED = re.compile(
    r"\b(?:suffer(?:s|ed|ing)? from|victims? of|confined to (?:a|their|his|her) wheelchair|wheelchair[- ]bound"
    r"|halts?|cures|proven|miracles?)\b",
    re.IGNORECASE,
)
OUTLOOK = re.compile(
    r"\b(?:life expectancy|prognosis|survival|survive|years? to live|(?:die|dies|live|lives) (?:within|for|about)"
    r" (?:\w+ ){0,3}(?:months?|years?))\b",
    re.IGNORECASE,
)
PROMOTION = re.compile(
    r"\b(?:coupons?|vouchers?|copay cards?|co-pay cards?|savings? cards?|discount(?:s|ed| codes?)?|special offers?"
    r"|buy (?:it )?(?:now|online|here)|free trial)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"[£$€] ?\d|\b\d[\d,.]* ?(?:pounds?|dollars?|euros?|GBP|USD|EUR)\b", re.IGNORECASE)
MEDICINE = re.compile(
    r"\b(?:medicines?|medications?|drugs?|tablets?|capsules?|pills?|injections?|infusions?|doses?|mg|packs?"
    r"|riluzole|edaravone|tofersen|\w+(?:azole|mab|statin|ersen|pril|sartan))\b",
    re.IGNORECASE,
)
CHARGE = re.compile(r"\bprescription (?:charge|prepayment)s?\b|\bprepayment certificates?\b", re.IGNORECASE)


def _hard_sections(subject: Subject) -> Iterator[Fault]:
    for section in subject.sections:
        grade = readability.grade(seen(section["body"]))
        if grade > HIGHEST_GRADE:
            yield of_section(section, f"reads at grade {grade}. Aim for 6, accept up to {HIGHEST_GRADE}.")


def _long_sentences(subject: Subject) -> Iterator[Fault]:
    for section in subject.sections:
        sentences = readability.sentences(seen(section["body"]))
        lengths = {sentence: len(readability.words(sentence)) for sentence in sentences}
        long = [sentence for sentence, length in lengths.items() if length > LONGEST_SENTENCE]
        if long:
            count = "1 sentence" if len(long) == 1 else f"{len(long)} sentences"
            longest = max(long, key=lengths.__getitem__)
            words = f"the longest has {lengths[longest]}: “{longest[:SHOWN].strip()}…”"
            yield of_section(section, f"has {count} of more than {LONGEST_SENTENCE} words; {words}")


def _texts(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Every text that readers see: its part, what it is called, its words."""
    for name, text in subject.openings(*OPENING):
        yield name, name.replace("_", " ").capitalize(), text
    for section in subject.sections:
        heading = section["heading"]
        yield f"section:{section['key']}", f"“{heading}”", f"{heading}\n{seen(section['body'])}"


def _avoided_words(subject: Subject) -> Iterator[Fault]:
    for part, name, text in _texts(subject):
        found = dict.fromkeys(match[0].lower() for match in AVOIDED.finditer(text))
        if found:
            yield Fault(
                part, f"{name} says “{'”, “'.join(found)}”. Use words that put people first and promise nothing."
            )


def _outlook_elsewhere(subject: Subject) -> Iterator[Fault]:
    for name, text in subject.openings("title", "summary", "key_points"):
        if found := OUTLOOK.search(text):
            sentence = f"“{found[0]}” stands in what readers see first. Keep the outlook in its own section."
            yield Fault(name, sentence)


def _promotions(subject: Subject) -> Iterator[Fault]:
    if subject.region is not Region.GB:
        return
    for part, name, text in _texts(subject):
        if found := _promotion_in(text):
            sentence = f"{name} has “{found}”. UK pages carry no price or promotion of a prescription-only medicine."
            yield Fault(part, sentence)


def _promotion_in(text: str) -> str:
    """The words that name the price of a medicine or promote one; the charge for a prescription is neither."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        is_priced = AMOUNT.search(sentence) and not CHARGE.search(sentence)
        if MEDICINE.search(sentence) and (is_priced or PROMOTION.search(sentence)):
            return sentence.strip()[:SHOWN]
    return ""


RULES = (
    Rule(
        "medicine-promoted",
        True,
        "Human Medicines Regulations 2012, reg. 279 and 284",
        "Pages for UK readers name no price and carry no coupon or promotion of a medicine.",
        _promotions,
    ),
    Rule(
        "hard-to-read",
        False,
        "NHS service manual",
        f"No section reads at a Flesch–Kincaid grade above {HIGHEST_GRADE}.",
        _hard_sections,
    ),
    Rule(
        "long-sentences",
        False,
        "NHS service manual",
        f"No sentence has more than {LONGEST_SENTENCE} words.",
        _long_sentences,
    ),
    Rule(
        "words-to-avoid",
        False,
        "NHS inclusive content",
        "No word makes people less than people, or promises what medicine cannot.",
        _avoided_words,
    ),
    Rule(
        "outlook-elsewhere",
        False,
        "NHS service manual",
        "Title, one-sentence answer and key points say nothing of the outlook.",
        _outlook_elsewhere,
    ),
)
