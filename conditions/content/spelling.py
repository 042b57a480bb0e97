"""One spelling for words that the two countries spell differently, and one stem for the forms of a word.

What comes out is for comparing, never for showing: “organise” and “organize” both give “organiz”, and where the
rules go too far (“exercise” gives “exerciz”) they do so on both sides of the comparison.
"""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?|\b(?:[a-z]\.)+[a-z]\b")
APOSTROPHES = str.maketrans("", "", "'’ʼ`")
UNASKED_WORDS = """
a about am an and any are as at be been being by can could did do does for from had has have having how i if in into is
it its me my of on or our shall she should so some than that the their them then there these they this to us was we were
what when where which while who whom whose why will with would you your
"""
UNASKED = frozenset(UNASKED_WORDS.split())
"""Words that say nothing of what is looked for."""

WORDS = {
    "acetaminophen": "paracetamol",
    "adrenaline": "epinephrine",
    "aluminum": "aluminium",
    "artifact": "artefact",
    "ageing": "aging",
    "disc": "disk",
    "discs": "disks",
    "draught": "draft",
    "frusemide": "furosemide",
    "gray": "grey",
    "jewelry": "jewellery",
    "judgement": "judgment",
    "mold": "mould",
    "mom": "mum",
    "moms": "mums",
    "mustache": "moustache",
    "noradrenaline": "norepinephrine",
    "odour": "odor",
    "odourless": "odorless",
    "pajamas": "pyjamas",
    "plow": "plough",
    "salbutamol": "albuterol",
    "skeptic": "sceptic",
    "speciality": "specialty",
    "specialities": "specialties",
    "tyre": "tire",
}
"""What no rule says; each word by what stands for both."""

RULES = [
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=licen)s|(?<=practi)s|(?<=defen)s|(?<=offen)s|(?<=preten)s", "c"),
        (r"(?:ae|oe)(?=[a-z])", "e"),  # anaemia, haem-, paed-, oedema, coeliac, diarrhoea
        (r"(?<=[a-z]{3})our(?=$|s|e|i|a|l|f)", "or"),  # tumour, behavioural, coloured; not hour, four
        (r"(?<=[a-z]{2})is(?=e$|ed$|es$|er$|ers$|ing$|ation|able)", "iz"),  # organise, immunisation
        (r"(?<=[a-z])ys(?=e$|ed$|es$|er$|ers$|ing$)", "yz"),  # paralyse, analysed
        (r"(?<=[a-z]{2}[btv])re(?=d$)", "ere"),
        (r"(?<=[a-z]{2}[btv])re(?=$|s$)", "er"),  # fibre, centre, manoeuvre
        (r"ll", "l"),  # travelled, fulfill, counselling
        (r"sulph", "sulf"),
        (r"leuco", "leuko"),
        (r"(?<=[a-z]og)ue(?=$|s$)", ""),  # dialogue, analogue
        (r"(?<=gram)me(?=$|s$)", ""),  # programme
        (r"(?<=neuron)e(?=$|s$)", ""),
    )
]
SHORTEST = 4  # letters of a word that rules apply to


def words_of(text: str) -> list[str]:
    """The words of a text in their one spelling, without case, accents and signs: “A.L.S.” is one word, “als”."""
    folded = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).casefold())
    plain = folded.encode("ascii", "ignore").decode() if not folded.isascii() else folded
    plain = DOTTED.sub(lambda found: found[0].replace(".", "") + " ", plain)
    return [spelt(word) for word in WORD.findall(plain)]


def stems_of(text: str) -> list[str]:
    """The stems of the words of a text, each as often as it stands there."""
    return [stem(word) for word in words_of(text)]


@lru_cache(maxsize=20_000)
def spelt(word: str) -> str:
    """The one spelling of a word in small letters."""
    word = WORDS.get(word, word)
    if len(word) < SHORTEST:
        return word
    for rule, spelling in RULES:
        word = rule.sub(spelling, word)
    return word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word's forms have in common: “swallowing”, “swallowed” and “swallows” give “swallow”."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    for ending, rest in (("sses", "ss"), ("ies", "y"), ("sis", "s"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + rest
            break
    for ending in ("ness", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word.removesuffix(ending)
            break
    if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "sz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) >= SHORTEST else word
