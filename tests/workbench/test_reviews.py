"""Submissions, reviews, publications: what is needed for each, who may, and that nothing of them changes afterwards."""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("django")

from hyotei.messages import HyoteiError
from hyotei.rulebook.library import load_rulebook, rulebook_for
from tests.workbench.reviewed import committed, document, proved, published, submitted, told


@pytest.fixture
def people(person: Any, folder: Path) -> Any:
    """Accounts by their names, each of the role that it is named after."""
    from hyotei.workbench.models import Account

    for role in ("analyst", "approver", "administrator"):
        person(role)
    return {each.name: each for each in Account.objects.all()}


def refused(do: Any, *arguments: Any, **more: Any) -> str:
    """The first code with which something is refused."""
    with pytest.raises(HyoteiError) as error:
        do(*arguments, **more)
    return told(error.value)[0]


def test_a_submission_is_frozen_and_a_later_one_replaces_it(people: Any) -> None:
    from hyotei.workbench.submissions import standing

    first = submitted(document(), people["analyst"])
    assert (first.identity, first.version, first.before_identity, standing(first)) == ("small", "1", "", "waiting")
    assert "version: 1\n" in first.revision.text.text
    second = submitted(document(lines="100,80"), people["analyst"], of=first)
    assert (standing(first), standing(second)) == ("replaced", "waiting")
    assert "80" not in first.revision.text.text


def test_what_cannot_be_published_is_not_submitted(people: Any) -> None:
    from hyotei.workbench.drafts import begin, change, state
    from hyotei.workbench.review_models import Submission
    from hyotei.workbench.submissions import Stated, submit

    analyst = people["analyst"]
    published(document(), analyst, people["approver"])
    assert refused(submitted, document().replace("measure", "measur"), analyst).startswith("HY")
    assert refused(submitted, document(), analyst, version="1") == "HY082"
    assert refused(submitted, document(), analyst, version="x") == "HY354"
    assert refused(submitted, document("other"), analyst) == "HY099"
    draft = begin(document(), analyst, "file")
    change(draft, 1, analyst, "text", "", lambda text: text + "\nx\n")
    assert refused(submit, draft, 1, analyst, Stated(), "") == "HY080"
    assert submitted(document("other", supersedes="small"), analyst).before_identity == "small"
    assert submitted(document("later", years="1990..2010"), analyst).before_identity == ""
    assert submit(draft, state(draft).number, analyst, Stated(), "").version == "2"
    assert Submission.objects.count() == 4


def test_cases_that_fail_are_told_and_keep_a_draft_from_being_submitted(people: Any) -> None:
    text = load_text("mic-2013").replace("> 100%", "> 90%").replace("100%超", "90%超")
    assert refused(submitted, text, people["analyst"], base="mic-2013") == "HY083"


def load_text(identity: str) -> str:
    from hyotei.workbench.library_entries import document_of, entry_of

    entry = entry_of(identity)
    assert entry is not None
    return document_of(entry)


def test_nobody_approves_what_they_wrote_while_four_eyes_are_on(people: Any) -> None:
    from hyotei.workbench.log import entries
    from hyotei.workbench.reviews import decide, set_four_eyes

    analyst, administrator, approver = (people[name] for name in ("analyst", "administrator", "approver"))
    first = submitted(document(), administrator)
    second = proved(submitted(document(lines="90,60"), analyst, of=first))
    assert refused(decide, second, administrator, True, "") == "HY089"
    set_four_eyes(False, administrator)
    assert decide(second, administrator, True, "").four_eyes is False
    assert refused(decide, second, approver, True, "") == "HY088"
    actions = [each.action for each in entries()]
    assert "review.four_eyes_off" in actions
    assert actions[-1] == "submission.approved"
    assert '"four_eyes": 0' in list(entries())[-1].details


def test_what_is_not_proved_is_approved_with_a_word_and_what_is_refuted_never(people: Any) -> None:
    from hyotei.workbench.reviews import decide
    from hyotei.workbench.submissions import standing

    approver = people["approver"]
    waits = submitted(document(), people["analyst"])
    assert refused(decide, waits, approver, True, "") == "HY090"
    proved(waits, "open")
    assert refused(decide, waits, approver, True, "") == "HY092"
    assert decide(waits, approver, True, "", despite_open=True).despite_open
    wrong = proved(submitted(document("wrong", years="1980"), people["analyst"]), "refuted")
    assert refused(decide, wrong, approver, True, "", despite_open=True) == "HY091"
    assert refused(decide, wrong, approver, False, " ") == "HY093"
    decide(wrong, approver, False, "直す")
    assert standing(wrong) == "sent_back"


def test_a_publication_is_used_for_its_years_until_it_is_withdrawn(people: Any, folder: Path) -> None:
    from hyotei.workbench.library_entries import entry_of
    from hyotei.workbench.publications import publish, withdraw

    analyst, approver = people["analyst"], people["approver"]
    first = published(document(years="2011.."), analyst, approver)
    assert rulebook_for("例示省", 2015).version == "1"
    second = published(document(years="2014..2016", lines="90,60"), analyst, approver)
    assert second.submission.before_hash == first.submission.hash
    assert [rulebook_for("例示省", year).version for year in (2013, 2014, 2016, 2017)] == ["1", "2", "2", "1"]
    assert load_rulebook("small").version == "2"
    named = entry_of("small", 2012)
    assert named is not None
    assert named.head.version == "1"
    assert refused(publish, second.submission, approver) == "HY094"
    assert refused(withdraw, second, approver, "") == "HY096"
    with committed():
        withdraw(second, approver, "誤り")
    assert rulebook_for("例示省", 2015).version == "1"
    assert refused(withdraw, second, approver, "誤り") == "HY097"
    assert refused(submitted, document(), analyst, version="2") == "HY082"
    assert sorted(each.name for each in folder.iterdir()) == ["000001"]


def test_two_changes_of_one_version_do_not_undo_each_other(people: Any) -> None:
    from hyotei.workbench.publications import publish
    from hyotei.workbench.reviews import decide

    analyst, approver = people["analyst"], people["approver"]
    published(document(), analyst, approver)
    mine = proved(submitted(document(lines="95,70"), analyst, version="9"))
    decide(mine, approver, True, "")
    published(document(lines="100,60"), analyst, approver)
    assert refused(publish, mine, approver) == "HY095"


def test_the_folder_becomes_what_the_database_says(people: Any, folder: Path) -> None:
    from hyotei.workbench.published_folder import keep_up, write_out

    made = published(document(), people["analyst"], people["approver"])
    place = folder / "000001"
    before = {each.name: each.read_bytes() for each in place.iterdir()}
    assert before["rulebook.md"].decode() == made.submission.revision.text.text
    (place / "rulebook.md").write_text("x", encoding="utf-8")
    (folder / "000009").mkdir()
    (folder / "own").mkdir()
    write_out()
    assert sorted(each.name for each in folder.iterdir()) == ["000001", "own"]
    assert {each.name: each.read_bytes() for each in place.iterdir()} == before
    place.rename(folder / "elsewhere")
    keep_up()
    assert {each.name: each.read_bytes() for each in place.iterdir()} == before
    other, about = before["rulebook.md"] + b"\n", before["published.json"].decode()
    digest = made.submission.revision.text_id
    (place / "rulebook.md").write_bytes(other)
    (place / "published.json").write_text(about.replace(digest, sha256(other).hexdigest()), encoding="utf-8")
    (folder / "9").mkdir()
    keep_up()
    assert {each.name: each.read_bytes() for each in place.iterdir()} == before
    assert not (folder / "9").exists()
    (folder / "elsewhere" / "rulebook.md").write_text("x", encoding="utf-8")
    assert rulebook_for("例示省", 2015).id == "small"


def test_what_was_seen_before_another_decided_changes_nothing(people: Any) -> None:
    from hyotei.workbench.publications import publish
    from hyotei.workbench.review_models import Submission
    from hyotei.workbench.reviews import decide
    from hyotei.workbench.submissions import STANDING

    approver = people["approver"]
    found = proved(submitted(document(), people["analyst"]))

    def seen() -> Any:
        return Submission.objects.select_related(*STANDING).get(pk=found.pk)

    before = seen()
    decide(seen(), approver, True, "")
    assert refused(decide, before, approver, True, "") == "HY088"
    approved = seen()
    publish(seen(), approver)
    assert refused(publish, approved, approver) == "HY094"


def test_unconfirmed_cases_are_counted(people: Any) -> None:
    from types import SimpleNamespace

    from hyotei.workbench.reviews import unconfirmed

    shown: Any = SimpleNamespace(
        cases="cases:\n  - {name: unconfirmed, expect: {}}\n  - {name: b, unconfirmed: true}\n"
    )
    assert unconfirmed(shown) == 1


def test_comments_stay_and_are_settled_by_an_answer(people: Any) -> None:
    from hyotei.workbench.review_tables import review_tables
    from hyotei.workbench.reviews import comment, seen_number, threads

    analyst, approver = people["analyst"], people["approver"]
    found = submitted(document(), analyst)
    table = review_tables(found)[0]
    before = seen_number(found)
    first = comment(found, approver, " なぜ ", table.name, 1)
    comment(found, analyst, "こうだから", answers=first)
    assert [each.settled for each in threads(found)] == [False]
    comment(found, approver, "", answers=first, settles=True)
    assert [(each.first.text, each.settled, len(each.answers)) for each in threads(found)] == [("なぜ", True, 2)]
    assert seen_number(found) == before + 3
    other = submitted(document("other", years="1980"), analyst)
    assert refused(comment, found, approver, " ") == "HY085"
    assert refused(comment, found, approver, "x", table.name, len(table.rows) + 1) == "HY086"
    assert refused(comment, found, approver, "x", "none") == "HY086"
    assert refused(comment, other, approver, "x", answers=first) == "HY087"


def test_the_database_changes_nothing_of_it(people: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    from hyotei.workbench.publications import withdraw
    from hyotei.workbench.reviews import comment, set_four_eyes

    made = published(document(), people["analyst"], people["approver"])
    comment(made.submission, people["approver"], "x")
    withdraw(made, people["approver"], "x")
    set_four_eyes(False, people["administrator"])
    tables = (
        "submission",
        "submissionreport",
        "reviewcomment",
        "reviewdecision",
        "publication",
        "withdrawal",
        "foureyes",
    )
    for table in tables:
        for statement in (f"DELETE FROM workbench_{table}", f"UPDATE workbench_{table} SET account_id = account_id"):
            if table == "submissionreport":
                statement = statement.replace("account_id", "state")
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


@pytest.mark.parametrize(
    ("stated", "published_before", "expected"),
    [
        ("", [], "1"),
        ("", ["1"], "2"),
        ("1", ["1"], "2"),
        ("3", ["1"], "3"),
        ("1.9", ["1.9"], "1.10"),
        ("1", ["2", "1"], "3"),
    ],
)
def test_without_a_word_the_next_version_is_taken(
    people: Any, stated: str, published_before: list[str], expected: str
) -> None:
    from hyotei.workbench.submissions import next_version

    for version in published_before:
        published(document(), people["analyst"], people["approver"], version=version)
    assert next_version("small", stated) == expected


LINES = st.lists(st.sampled_from(["| a | b |", "| - | - |", "x", "y", ""]), max_size=12)


@given(LINES, LINES)
def test_the_text_diff_tells_what_went_and_what_came(before: list[str], after: list[str]) -> None:
    from types import SimpleNamespace

    from hyotei.workbench.review_tables import text_diff

    def text(lines: list[str]) -> Any:
        return SimpleNamespace(text="".join(f"{line}\n" for line in lines))

    shown: Any = SimpleNamespace(before=text(before), revision=SimpleNamespace(text=text(after)))
    lines = text_diff(shown)
    went, came = (Counter(each.text for each in lines if each.kind == kind) for kind in ("out", "in"))
    assert Counter(before) - went == Counter(after) - came
    assert went <= Counter(before)
    assert came <= Counter(after)
    assert (not lines) == (before == after)
