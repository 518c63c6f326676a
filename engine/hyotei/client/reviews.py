"""The operations on submissions and publications."""

from collections.abc import Iterator
from uuid import UUID

from hyotei.client.typed import Typed, query
from hyotei.workbench.api import review_schemas as out


class Reviews(Typed):
    """Drafts are submitted, commented, approved, published, withdrawn. `seen` is that of the submission that was looked at."""

    def submit_draft(
        self, key: UUID, seen: int, version: str = "", fiscal_years: str = "", effective: str = "", note: str = ""
    ) -> out.SubmissionDetail:
        """Submits a draft in the state `seen`, and begins its proof. What is empty stays as the document says it."""
        given = out.SubmissionIn(version=version, fiscal_years=fiscal_years, effective=effective, note=note)
        return self._posted(out.SubmissionDetail, f"drafts/{key}/submissions", given, seen)

    def submissions_of(self, key: UUID) -> Iterator[out.SubmissionOut]:
        """The submissions of a draft, the latest first."""
        return self._listed(out.SubmissionOut, f"drafts/{key}/submissions")

    def list_submissions(self) -> Iterator[out.SubmissionOut]:
        """What was submitted, the latest first."""
        return self._listed(out.SubmissionOut, "submissions")

    def get_submission(self, key: UUID) -> out.SubmissionDetail:
        """One submission with its review."""
        return self._got(out.SubmissionDetail, f"submissions/{key}")

    def submission_impact(self, key: UUID, corpus: str = "") -> out.SubmissionImpact:
        """What a submission moves among the sheets that were read in, or those of a corpus of the workbench."""
        return self._got(out.SubmissionImpact, f"submissions/{key}/impact{query(corpus=corpus)}")

    def prove_again(self, key: UUID) -> out.SubmissionDetail:
        """Begins the proof of a submission again where it broke off."""
        return self._posted(out.SubmissionDetail, f"submissions/{key}/proof")

    def comment_on(
        self, key: UUID, text: str = "", table: str = "", row: int | None = None, answers: int | None = None,
        settles: bool = False,
    ) -> out.CommentOut:  # fmt: skip
        """Comments on a row, a table or all of a submission; answers a comment, and settles it."""
        given = out.CommentIn(text=text, table=table, row=row, answers=answers, settles=settles)
        return self._posted(out.CommentOut, f"submissions/{key}/comments", given)

    def approve_submission(
        self, key: UUID, seen: int, approved: bool = True, reason: str = "", despite_open: bool = False
    ) -> out.SubmissionDetail:
        """Approves a submission, or sends it back with a reason."""
        given = out.ApprovalIn(approved=approved, reason=reason, despite_open=despite_open)
        return self._posted(out.SubmissionDetail, f"submissions/{key}/approvals", given, seen)

    def publish_submission(self, key: UUID, seen: int) -> out.PublicationDetail:
        """Publishes a submission that was approved."""
        return self._posted(out.PublicationDetail, f"submissions/{key}/publications", seen=seen)

    def list_publications(self, rulebook: str = "") -> Iterator[out.PublicationOut]:
        """What was published, or the versions of one rulebook, the latest first."""
        return self._listed(out.PublicationOut, "publications", rulebook=rulebook)

    def get_publication(self, key: UUID) -> out.PublicationDetail:
        """One version with its document and its certificate."""
        return self._got(out.PublicationDetail, f"publications/{key}")

    def withdraw_publication(self, key: UUID, reason: str) -> out.PublicationDetail:
        """Withdraws a version; it is used no longer."""
        return self._posted(out.PublicationDetail, f"publications/{key}/withdrawal", out.WithdrawalIn(reason=reason))

    def get_four_eyes(self) -> out.FourEyesOut:
        """Whether nobody may approve what they wrote themselves."""
        return self._got(out.FourEyesOut, "four-eyes")

    def put_four_eyes(self, on: bool) -> out.FourEyesOut:
        """Says whether nobody may approve what they wrote themselves."""
        return self._sent(out.FourEyesOut, "PUT", "four-eyes", out.FourEyesOut(on=on), None)
