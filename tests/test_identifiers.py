"""Numbers of registers: what each register gives is taken, everything else is refused."""

import pytest

from alsinfo.admin.records import page_of
from conditions.errors.cataloguing import BadIdentifier
from conditions.models import Registration
from conditions.policies import cataloguing as policies
from conditions.vocabulary import Register
from organisations import actions, registers
from organisations import vocabulary as organisation_vocabulary
from organisations.areas import STATES
from organisations.errors import BadRegistration
from organisations.models import CharityRegistration, Organisation
from tests import pages
from tests import world as w
from tests.pages import signed_in

# Clinicians: as typed, so blanks and small letters are met too

VALID = {
    Register.GMC: "0000001 1234567 7654321 0000000 9999999 C1234567 c1234567 123\u00a04567 C\u202f7654321 6054321",
    Register.NMC: "98I1234E 01A0001C 70B9999E 12C3456O 00Z0000Z 98i1234e 99J0101S 85Y0512E 04K1234W 21D4567N",
    Register.GPHC: "2000000 2012345 2099999 2123456 2234567 2345678 2999999 2200001 2054321 2111111",
    Register.HCPC: "SL1 SL12345 PH123456 OT00001 DT9 AS99 BS1234 CH000001 RA654321 ph12",
    Register.NPI: "1234567893 1000000004 2000000002 1993999998 1245319599 1003000126 1000000020 1000000210 1000000400 "
    "1000000590",
}
INVALID = {
    Register.GMC: "123456 12345678 C123456 CC1234567 D1234567 123-4567 12345O7 1234567X ١٢٣٤٥٦٧ 1234567;DROP",
    Register.NMC: "1234567 98I1234 98I12345 9I1234E 981234E 98II234E 98I1234EE 98-I1234E 98Í1234E ٩٨I1234E",
    Register.GPHC: "1012345 201234 20123456 3012345 0012345 2O12345 X012345 2012-345 ２012345 2012345A",
    Register.HCPC: "SL SL1234567 S12345 SLT12345 12345 12SL345 SL-12345 SL12A ß12345 SL١٢٣",
    Register.NPI: "1234567890 1234567892 3234567893 0234567893 123456789 12345678933 123456789X 1324567893 "
    "1٢34567893 2234567893",
}


def cases(table: dict[Register, str]) -> list[tuple[Register, str]]:
    """Every register with each of its numbers; only ordinary blanks part them."""
    return [(register, number) for register, numbers in table.items() for number in numbers.split(" ")]


@pytest.mark.parametrize(("register", "typed"), cases(VALID))
def test_a_number_of_the_register_is_taken(register: Register, typed: str) -> None:
    assert policies.objection_to_number(register, policies.normal_number(register, typed)) is None


@pytest.mark.parametrize(("register", "typed"), cases(INVALID))
def test_a_number_that_the_register_does_not_give_is_refused(register: Register, typed: str) -> None:
    assert policies.objection_to_number(register, policies.normal_number(register, typed)) is not None


@pytest.mark.parametrize("table", [VALID, INVALID])
def test_each_register_has_ten_different_cases(table: dict[Register, str]) -> None:
    assert set(table) == set(Register)
    assert all(len(set(numbers.split(" "))) >= 10 for numbers in table.values())


def test_an_npi_may_end_in_any_check_digit_also_0() -> None:
    ends = {number[-1] for number in ALL_NPIS}
    assert ends == set("0123456789")


def test_exactly_one_check_digit_fits_an_npi() -> None:
    assert len(ALL_NPIS) == 100


ALL_NPIS = [
    number
    for number in (f"{first}{digit}" for first in range(100000000, 100000100) for digit in range(10))
    if policies.objection_to_number(Register.NPI, number) is None
]


# States of a licence

PLACES = sorted(code.removeprefix("US-") for code in STATES)


def test_each_of_the_fifty_states_the_district_and_five_territories_gives_licences() -> None:
    assert len(PLACES) == 56
    assert [place for place in PLACES if policies.objection_to_licence_state(place)] == []


@pytest.mark.parametrize("state", ["XX", "il", "I", "ZZ", "UK", "GB", "ON", "BC", "EN", "12", "US", "ÍL"])
def test_a_licence_of_a_state_that_is_none_is_refused(state: str) -> None:
    assert policies.objection_to_licence_state(state) is not None


@pytest.mark.django_db
def test_a_registration_with_an_unknown_state_is_refused_and_small_letters_are_made_large() -> None:
    world = w.build()
    with pytest.raises(BadIdentifier, match="state or territory"):
        register(world, state="ZZ")
    added = register(world, state=" pr")
    assert added.licence_state == "PR"


def register(world: w.World, *, state: str) -> Registration:
    """One more NPI for the US reviewer."""
    licence = {"licence_state": state, "licence_number": "1"}
    return w.credentials.add_registration(world.us, Register.NPI, "1000000004", by=world.lead, **licence)


# Charities

CHARITIES = {
    "CCEW": "294354 246329 1106815 1114195 1014851 207544 1090961 294354-1 1106815-12 1014851-123",
    "OSCR": "SC002662 SC047871 SC039307 SC040262 SC041112 SC000001 SC999999 sc002662 SC\u00a0002662 SC012345",
    "CCNI": "NIC100001 NIC101234 NIC107654 NIC999999 NIC000001 nic100001 NIC\u00a0100001 NIC108000 NIC102030 NIC105050",
    "EIN": "13-3271855 52-1365123 36-2167060 01-0211513 99-0073480 133271855 20-1234567 47-0000001 84-1234567 "
    "00-1234567",
}
NO_CHARITIES = {
    "CCEW": "29435 12345678 012345 SC002662 294354-0 294354- 294354-1234 294354/1 ٢٩٤٣٥٤ 29435A",
    "OSCR": "002662 SC02662 SC0026622 SD002662 SC-002662 SCO02662 NIC100001 SC002662-1 SC٠٠٢٦٦٢ 1106815",
    "CCNI": "100001 NIC10000 NIC1000011 NI100001 NIC-100001 SC100001 NICl00001 NIC100001-1 NIC١٠٠٠٠١ XNIC100001",
    "EIN": "13-327185 13-32718555 1-33271855 133-271855 13327185 1332718555 13–3271855 AB-3271855 13-327185A "
    "١٣-٣٢٧١٨٥٥",
}
TAKEN = [(register, number) for register, numbers in CHARITIES.items() for number in numbers.split(" ")]
REFUSED = [(register, number) for register, numbers in NO_CHARITIES.items() for number in numbers.split(" ")]


@pytest.mark.parametrize(("register", "typed"), TAKEN)
def test_a_number_of_a_charity_register_is_taken(register: str, typed: str) -> None:
    assert registers.objection_to_number(register, registers.normal_number(register, typed)) == ""


@pytest.mark.parametrize(("register", "typed"), REFUSED)
def test_a_number_of_another_shape_than_the_charity_register_gives_is_refused(register: str, typed: str) -> None:
    assert registers.objection_to_number(register, registers.normal_number(register, typed))


@pytest.mark.parametrize("table", [CHARITIES, NO_CHARITIES])
def test_each_charity_register_has_ten_different_cases(table: dict[str, str]) -> None:
    assert set(table) == set(organisation_vocabulary.CharityRegister.values)
    assert all(len(set(numbers.split(" "))) >= 10 for numbers in table.values())


def test_an_unknown_register_gives_no_number() -> None:
    assert registers.objection_to_number("XX", "123456")


def test_an_ein_with_an_unused_prefix_is_doubted_and_taken() -> None:
    assert "begin with 00" in registers.doubt_about_number("EIN", "00-1234567")
    assert registers.doubt_about_number("EIN", "13-3271855") == ""
    assert registers.doubt_about_number("OSCR", "SC002662") == ""


def charity(register: str, number: str) -> CharityRegistration:
    return CharityRegistration(register=register, number=number)


@pytest.mark.django_db
def test_an_entry_keeps_its_numbers_in_normal_form() -> None:
    world = w.build()
    rows = [charity("EIN", "133271855"), charity("OSCR", "sc 002662")]
    entry = actions.propose(world.bodies[w.GB], by=world.editor, put=rows)
    assert entry.content["registrations"] == [
        {"register": "EIN", "number": "13-3271855"},
        {"register": "OSCR", "number": "SC002662"},
    ]


@pytest.mark.django_db
def test_an_entry_with_a_number_of_another_register_is_refused_whole() -> None:
    world = w.build()
    body = world.bodies[w.GB]
    with pytest.raises(BadRegistration, match="SC and six digits"):
        actions.propose(body, by=world.editor, fields={"name": "X"}, put=[charity("OSCR", "294354")])
    assert Organisation.objects.get(pk=body.pk).name == "Support UK"


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_with_a_number_and_warns_of_a_doubtful_one() -> None:
    world = w.build()
    editor = signed_in(world.editor)
    url = page_of(world.bodies[w.GB])
    new = "registrations-0"
    rows = {f"{new}-register": "EIN", "registrations-TOTAL_FORMS": "1"}
    answer = pages.send(editor, url, **rows, **{f"{new}-number": "12"})
    assert "two digits, a hyphen and seven digits" in answer.text
    answer = pages.send(editor, url, **rows, **{f"{new}-number": "00 1234567"})
    assert any("begin with 00" in message for message in pages.messages(answer))
    assert world.bodies[w.GB].registrations.get().number == "00-1234567"
