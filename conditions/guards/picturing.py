"""The bytes of a picture are written once, and a text is sent to review only with all that it shows."""

from alsinfo.guards.engine import Guard, append_only
from alsinfo.guards.guard import NOT_INSTALLED

TABLE = "conditions_picturefile"

GUARDS = [
    *append_only(TABLE, keys=[("digest",)]),
    Guard(
        name="a_picture_is_kept_under_its_digest",
        table=TABLE,
        event="INSERT",
        refuse_when="NEW.digest IS DISTINCT FROM encode(sha256(NEW.body), 'hex')",
        sqlite=NOT_INSTALLED,  # which has no digest of bytes; there a picture is checked when it is served
        message="A picture is kept under the digest of its bytes.",
    ),
    Guard(
        name="a_revision_shows_pictures_that_are_kept",
        table="conditions_revision",
        event="INSERT",
        refuse_when="",
        sqlite="""EXISTS (SELECT 1 FROM json_each(NEW.text, '$.content.pictures') p, json_each(p.value, '$.files') f
            WHERE NOT EXISTS (SELECT 1 FROM conditions_picturefile b
                WHERE b.digest = json_extract(f.value, '$.sha256')))""",
        postgresql="""EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.text::jsonb -> 'content' -> 'pictures') p,
            jsonb_array_elements(p.value -> 'files') f
            WHERE NOT EXISTS (SELECT 1 FROM conditions_picturefile b WHERE b.digest = f.value ->> 'sha256'))""",
        message="Every picture that a text shows is kept, byte by byte.",
    ),
]
