"""The two normalised tables that every source becomes, as plain column lists.

``ROLL_CALLS`` has one row a roll call; ``VOTES`` one row a cell. Types are polars names, so that readers
below the frame layer need no import.
"""

ISSUES = ("me", "nu", "di", "hr", "co", "ec")

# Fields that one release may lend another (see ingest.lend); each has a companion column "<field>_from"
# once lent, holding the lender's release label or null where the value is the release's own.
LENDABLE = ("symbol", "title", "subjects", "session", "issues", "paragraph", "tally", "link")

INFERRED = "inferred"
"""In "session_from": the session follows from the date."""

ROLL_CALLS: dict[str, str] = {
    "roll_call": "String",  # unique within the release: the source's id, "#2" appended to a repeated one
    "source_id": "String",  # the source's id as written
    "symbol": "String",  # normalised, "A/RES/68/262"; null where unknown
    "session": "Int16",  # regular session number; an emergency session's roll call: the regular session of its date
    "session_label": "String",  # as the source prints it: "68", "ES-11"; null where unknown
    "date": "Date",
    "date_precision": "String",  # "day" or "month" (the day is a placeholder)
    "body": "String",  # "GA"
    "title": "String",
    "me": "Boolean",
    "nu": "Boolean",
    "di": "Boolean",
    "hr": "Boolean",
    "co": "Boolean",
    "ec": "Boolean",
    "paragraph": "Boolean",  # null: not marked, which is not "no"
    "amendment": "Boolean",
    "important": "Boolean",
    "yes": "Int16",  # published tally
    "no": "Int16",
    "abstain": "Int16",
    "nonvoting": "Int16",
    "total": "Int16",
    "link": "String",
    "subjects": "String",  # "; "-joined, as the source prints them
}

VOTES: dict[str, str] = {
    "row": "UInt32",  # index into the roll-call table, from 0
    "state": "String",  # state id of the registry
    "choice": "UInt8",  # model.choice.Choice; NOT_MEMBER cells are not stored
}
