"""The operations on proofs of drafts: begun in the background, asked for until they end."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hyotei.base.extras import need
from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.operation import operation
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_proofs import Proof, begun_proof, proof_of
from hyotei.workbench.drafts import state
from hyotei.workbench.rendering import language_of


@operation("post", "/drafts/{uuid:key}/proof", "edit", out.ProofOut, once=False)
def begin_proof(request: HttpRequest, key: UUID) -> dict[str, object]:
    """Begins the proof of a draft in its present state, or tells how far it is. The next change of the draft ends it."""
    now = state(get_object_or_404(Draft, pk=key))
    need("proof")
    return _proof(request, now, proof_of(key, now))


@operation("get", "/drafts/{uuid:key}/proof", "edit", out.ProofOut)
def get_proof(request: HttpRequest, key: UUID) -> dict[str, object]:
    """How far the proof of a draft in its present state is, and what it found."""
    now = state(get_object_or_404(Draft, pk=key))
    proof = begun_proof(now)
    if proof is None:
        raise Http404
    return _proof(request, now, proof)


def _proof(request: HttpRequest, now: DraftRevision, proof: Proof) -> dict[str, object]:
    language = language_of(request)
    return {
        "revision": now.number, "ended": proof.ended, "done": proof.done, "count": proof.count, "name": proof.name,
        "result": None if proof.made is None else proof.made["data"][language],
        "problems": [each[language] for each in proof.told],
    }  # fmt: skip
