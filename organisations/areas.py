"""Names of the areas an organisation covers, by ISO 3166 code."""

from collections.abc import Iterable

from organisations.regions import Region

NATIONS = {"GB-ENG": "England", "GB-NIR": "Northern Ireland", "GB-SCT": "Scotland", "GB-WLS": "Wales"}
STATES = {
    f"US-{code}": name
    for code, name in (
        pair.split(" ", 1)
        for pair in (
            "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|"
            "DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|"
            "KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|"
            "MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|"
            "NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|"
            "PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|"
            "VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|"
            "GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI U.S. Virgin Islands"
        ).split("|")
    )
}
AREAS = {"GB": "the whole UK", "US": "the whole US", **NATIONS, **STATES}


def covers(codes: Iterable[str], region: Region) -> list[str]:
    """The codes that lie in a region."""
    return [code for code in codes if code == region.value or code.startswith(f"{region.value}-")]


def is_national(codes: Iterable[str], region: Region) -> bool:
    """Whether the whole region is covered."""
    return region.value in codes


def coverage_in_words(codes: Iterable[str], region: Region) -> str:
    """“the whole UK”, or “England, Northern Ireland and Wales”."""
    codes = covers(codes, region)
    names = [AREAS[region.value]] if is_national(codes, region) else sorted(AREAS[code] for code in codes)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
