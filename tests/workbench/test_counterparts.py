"""What people do on pages, programs do by REST: every address of a page has its operations, or the reason for none."""

from typing import Any, Final

from tests.workbench.test_api import described

OPERATIONS: Final = {
    "sheets": ("list_sheets", "read", "rate"),
    "type_sheet": ("rate",),
    "upload": ("get_upload",),
    "forms": ("list_forms",),
    "form": ("get_form",),
    "make_form": ("try_form_of_file", "keep_form_of_file"),
    "sheet": ("get_sheet", "list_figures", "list_facts", "list_revisions", "list_adoptions", "get_verdict", "verify"),
    "source": ("get_source",),
    "source_picture": ("source_page",),
    "other_results": ("other_results",),
    "correct_figure": ("correct_figure", "confirm_figure"),
    "give_fact": ("give_fact",),
    "choose_rulebook": ("choose_rulebook",),
    "adopt": ("rate_sheet", "adopt_verdict"),
    "verdict_file": ("verdict_document",),
    "sheet_file": ("sheet_yaml",),
    "rulebooks": ("list_rulebooks",),
    "rulebook": ("get_rulebook", "list_publications"),
    "drafts": ("list_drafts", "begin_draft", "begin_draft_of_file"),
    "draft": ("get_draft", "write_draft", "undo_draft", "redo_draft", "check_draft", "try_draft", "check"),
    "draft_history": ("draft_revisions",),
    "draft_cases": ("get_cases", "write_cases", "add_case", "check_cases"),
    "draft_checks": ("check_cases", "get_proof"),
    "draft_impact": ("draft_impact",),
    "draft_proof": ("begin_proof", "get_proof"),
    "draft_upload": ("take_in_file",),
    "draft_workbook": ("draft_workbook",),
    "draft_document": ("get_draft",),
    "submit": ("submit_draft", "submissions_of"),
    "reviews": ("list_submissions",),
    "review": ("get_submission",),
    "comment": ("comment_on",),
    "review_proof": ("prove_again",),
    "review_impact": ("submission_impact",),
    "review_document": ("get_submission",),
    "decide": ("approve_submission",),
    "publish": ("publish_submission",),
    "publications": ("list_publications",),
    "publication": ("get_publication",),
    "published_document": ("get_publication",),
    "certificate": ("get_publication",),
    "withdraw": ("withdraw_publication",),
    "four_eyes": ("get_four_eyes", "put_four_eyes"),
    "corpora": ("list_corpora", "get_corpus", "build_corpus"),
    "job": ("list_jobs", "get_job", "cancel_job"),
    "audits": ("list_audits", "begin_audit"),
    "audit": ("get_audit",),
    "audit_file": ("audit_report",),
    "findings": ("list_findings", "count_findings", "list_views", "save_view", "remove_view"),
    "finding": ("get_finding", "check_finding"),
    "log": ("list_log", "verify_log"),
    "log_export": ("export_log",),
}
"""The operations that do what a page does, by the name of its route."""
_OF_A_SESSION: Final = "coming in and going out are of a session of a browser, and a program has a token"
_OF_A_PERSON: Final = "whoever finds a token gets no other token, password or account by it (docs/security.md)"
WITHOUT: Final = {
    "home": "it leads to the sheets",
    "language": "programs name the language in Accept-Language",
    "document_style": "it is how a page looks",
    **dict.fromkeys(("login", "to_provider", "from_provider", "logout", "first_account"), _OF_A_SESSION),
    **dict.fromkeys(("password", "tokens", "close_token", "accounts", "account"), _OF_A_PERSON),
}
"""Why a route has none."""


def test_every_address_of_a_page_has_its_operations_or_a_reason_for_none(database: Any) -> None:
    from hyotei.workbench.routes import ROUTES

    names = {route.name for route in ROUTES}
    assert names == {*OPERATIONS, *WITHOUT}
    assert OPERATIONS.keys() & WITHOUT.keys() == set()


def test_what_a_page_changes_a_program_may_change_too_and_nothing_else(database: Any) -> None:
    from hyotei.workbench.routes import ROUTES

    operations = {
        each["operationId"]: (method, each["x-right"])
        for methods in described()["paths"].values()
        for method, each in methods.items()
    }
    assert {name for named in OPERATIONS.values() for name in named} == operations.keys()
    wrong: list[object] = []
    for route in ROUTES:
        named = [operations[name] for name in OPERATIONS.get(route.name, ())]
        changing = {right for method, right in named if method != "get"}
        if "POST" in route.rights and named and changing - {"see"} != {route.rights["POST"]} - {"see"}:
            wrong.append((route.name, route.rights["POST"], changing))
        if "POST" in route.rights and named and not changing:
            wrong.append((route.name, "changes nothing", named))
    assert wrong == []
