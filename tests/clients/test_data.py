"""What is known of mail programs, and how it is distilled."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from campaigner.clients.programs import PROGRAMS
from campaigner.clients.support import DATA, Answer, support_data

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))


def test_the_data_has_its_date_its_licence_and_its_notice() -> None:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["date"])
    assert data["licence"] == "MIT"
    assert "Copyright ©" in data["notice"]
    assert "The above copyright notice and this permission notice shall be included" in data["notice"]
    assert "caniemail.com" in data["source"]
    assert support_data().date == data["date"]
    assert support_data().version == data["version"] == "2.0.2"


def test_the_file_is_as_the_script_writes_it() -> None:
    from email_data import written

    text = DATA.read_text(encoding="utf-8")
    assert written(json.loads(text)) == text


def test_all_features_of_the_release_are_there() -> None:
    assert len(support_data().features) == 307


def test_every_feature_has_a_title_a_date_and_answers() -> None:
    for slug, feature in support_data().features.items():
        assert feature.slug == slug
        assert feature.title
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", feature.tested), slug
        assert feature.answers, slug


def test_every_program_that_is_simulated_was_tested() -> None:
    features = support_data().features.values()
    for program in PROGRAMS:
        assert program.client in support_data().clients
        known = [one for one in features if one.in_client(program.client).answer is not Answer.UNKNOWN]
        assert len(known) > 250, program.name


def test_the_pages_of_features() -> None:
    features = support_data().features
    assert features["css-gap"].url == "https://www.caniemail.com/features/css-gap/"
    assert features["amp"].url == "https://www.caniemail.com/features/amp/"


def test_an_answer_has_its_notes() -> None:
    found = support_data().features["html-semantics"].in_client("outlook.outlook-com")
    assert found.answer is Answer.PARTLY
    assert found.notes == (
        "Partial. Only `<time>` is supported.",
        "Unsupported opening and closing tags are stripped.",
    )


def test_a_program_that_nobody_tested_is_unknown() -> None:
    assert support_data().features["css-gap"].in_client("nobody.knows").answer is Answer.UNKNOWN


def feature(**changes: Any) -> dict[str, Any]:
    return {
        "slug": "css-a",
        "title": "a\n property",
        "last_test_date": "2024-01-02",
        "stats": {"gmail": {"ios": {"2019-02": "y"}}},
        "notes_by_num": None,
        **changes,
    }


def distilled(*features: dict[str, Any]) -> dict[str, Any]:
    from email_data import distilled as distil

    data = {"last_update_date": "2026-05-13 00:00:00 +0000", "data": [*features]}
    return distil(data, version="9.9.9", licence="Copyright © somebody")


def test_the_newest_answer_is_the_last_in_the_order_of_the_file() -> None:
    found = distilled(
        feature(
            stats={
                "outlook": {
                    "windows": {"2003": "y", "2007": "n #3", "2019": "a #1"},
                    "macos": {"2011": "y", "2016": "n", "16.80": "a"},
                    "ios": {"2024-01": "n", "2019-08": "y", "4.3": "a #2"},
                }
            }
        )
    )
    assert found["clients"] == ["outlook.ios", "outlook.macos", "outlook.windows"]
    assert found["features"]["css-a"]["support"] == ["a #2", "a", "a #1"]


def test_a_program_that_was_not_tested_has_no_answer() -> None:
    found = distilled(
        feature(), feature(slug="css-b", stats={"yahoo": {"ios": {"1": "n"}}, "gmail": {"ios": {}}})
    )
    assert found["clients"] == ["gmail.ios", "yahoo.ios"]
    assert [one["support"] for one in found["features"].values()] == [["y", ""], ["", "n"]]


def test_the_date_of_a_test_is_written_in_full() -> None:
    found = distilled(feature(last_test_date="2024-5-1"))
    assert found["features"]["css-a"]["tested"] == "2024-05-01"


def test_title_date_notes_and_origin_are_taken() -> None:
    found = distilled(feature(notes_by_num={"1": "Partial."}))
    assert found["features"]["css-a"] == {
        "title": "a property",
        "tested": "2024-01-02",
        "support": ["y"],
        "notes": {"1": "Partial."},
    }
    assert (found["version"], found["date"], found["notice"]) == (
        "9.9.9",
        "2026-05-13",
        "Copyright © somebody",
    )


def test_what_is_written_is_read_again_and_has_a_line_for_each_feature() -> None:
    from email_data import written

    found = distilled(feature(), feature(slug="css-b"))
    text = written(found)
    assert json.loads(text) == found
    assert sum(line.startswith('"css-') for line in text.splitlines()) == 2
