"""One spelling for the words of two countries, one stem for the forms of a word."""

import pytest

from conditions.content.spelling import spelt, stem, stems_of, words_of

PAIRS = """
tumour tumor | tumours tumors | oesophagus esophagus | oesophageal esophageal | anaemia anemia | leukaemia leukemia
haemoglobin hemoglobin | haemorrhage hemorrhage | haematoma hematoma | ischaemia ischemia | septicaemia septicemia
hypoglycaemia hypoglycemia | paediatric pediatric | orthopaedic orthopedic | anaesthetic anesthetic
anaesthetist anesthetist | gynaecology gynecology | caesarean cesarean | aetiology etiology | faeces feces
oedema edema | oestrogen estrogen | foetus fetus | foetal fetal | coeliac celiac | dyspnoea dyspnea | apnoea apnea
diarrhoea diarrhea | manoeuvre maneuver | homoeopathy homeopathy | fibre fiber | fibres fibers | centre center
centred centered | litre liter | millimetres millimeters | titre titer | goitre goiter | behaviour behavior
behavioural behavioral | colour color | odour odor | odourless odorless | labour labor | vapour vapor
organise organize | organisation organization | hospitalised hospitalized | immunisation immunization
specialist specialist | paralyse paralyze | paralysed paralyzed | analyse analyze | catheterise catheterize
neurone neuron | neurones neurons | programme program | dialogue dialog | practise practice | licence license
defence defense | counselling counseling | travelled traveled | labelled labeled | tranquilliser tranquilizer
fulfil fulfill | enrol enroll | skilful skillful | sulphur sulfur | sulphonamide sulfonamide | leucocyte leukocyte
grey gray | ageing aging | judgement judgment | disc disk | mould mold | mum mom | speciality specialty
aluminium aluminum | artefact artifact | paracetamol acetaminophen | adrenaline epinephrine | salbutamol albuterol
"""
APART = "four for | hour or | source sore | anaemia animal | does dose | tyres tears | rise ride | sulphur suffer"
FORMS = """
swallow swallows swallowed swallowing | breathe breathes breathing breath | weak weakness | muscle muscles
therapy therapies | diagnosis diagnoses diagnosed | disease diseases | stop stopped stopping | slow slowly slowed
"""


def groups(text: str) -> list[list[str]]:
    return [group.split() for group in text.replace("\n", " | ").split("|") if group.strip()]


@pytest.mark.parametrize("pair", groups(PAIRS), ids=" ".join)
def test_both_spellings_of_a_word_are_one(pair: list[str]) -> None:
    assert spelt(pair[0]) == spelt(pair[1])


def test_there_are_sixty_pairs_and_more() -> None:
    assert len({tuple(pair) for pair in groups(PAIRS) if pair[0] != pair[1]}) >= 60


@pytest.mark.parametrize("pair", groups(APART), ids=" ".join)
def test_words_that_only_look_alike_stay_apart(pair: list[str]) -> None:
    assert spelt(pair[0]) != spelt(pair[1])


@pytest.mark.parametrize("forms", groups(FORMS), ids=" ".join)
def test_the_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({stem(spelt(word)) for word in forms}) == 1


def test_words_have_no_case_accents_dots_or_apostrophes() -> None:
    found = words_of("A.L.S. and M.N.D, Lou Gehrig’s naïve 10 mg")
    assert " ".join(found) == "als and mnd lou gehrigs naive 10 mg"


@pytest.mark.parametrize("text", ["", "…", "日本語", "🦽", "\x00", "'''", "a" * 100_000, "." * 100_000, "a." * 50_000])
def test_nothing_typed_is_an_error(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in stems_of(text))
