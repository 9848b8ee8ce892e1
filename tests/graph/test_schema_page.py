from __future__ import annotations

from kg.graph.schema import SCHEMA, schema_file
from kg.graph.schema_page import PAGE, schema_page


def test_the_page_is_that_of_the_schema() -> None:
    current = schema_file(SCHEMA).with_name(PAGE).read_text(encoding="utf-8")
    assert current == schema_page(), "run make schema"


def test_what_it_says() -> None:
    page = schema_page()
    assert page == schema_page()
    assert "| `MSCKG:polarity` | Direction of the result" in page
    assert "### `biolink:Association`" in page
    assert "| `biolink:has_evidence` | 1 to many | `MSCKG:Evidence` |" in page
    assert (
        '  biolink_Association["biolink:Association"] -- biolink:has_evidence --> MSCKG_Evidence["MSCKG:Evidence"]'
        in page
    )
