"""A small provider of OpenID Connect on this machine: it knows one person, and signs what it says of them.

What it says, and what is wrong with it, is set by the test (`claims`, `faults`).
"""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "workbench", "kept-by-both"


@dataclass
class Provider:
    """Its state: what it says of the person, what is wrong with it, and the codes that it gave out."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    claims: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
            **self.faults.get("metadata", {}),
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is led: back with a code, as the person is logged in here already."""
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        assert "openid" in asked["scope"].split()
        if "refused" in self.faults:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The token for a code that was given out, to the client that holds the secret and the verifier."""
        asked = self.codes.pop(given.get("code", ""), None)
        known = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":", 1)
        challenge = (
            base64.urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        )
        if (
            asked is None
            or known != [CLIENT, SECRET]
            or challenge != asked["code_challenge"]
            or given.get("redirect_uri") != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims |= self.faults.get("claims", {})
        key = RSAKey.generate_key(2048, {"kid": "1"}) if "forged" in self.faults else self.key
        answer: dict[str, Any] = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 60}
        if "unsigned" in self.faults:
            parts = [json.dumps(each).encode() for each in ({"alg": "none"}, claims)]
            answer["id_token"] = ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts) + "."
        elif "no token" not in self.faults:
            answer["id_token"] = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
        return 200, answer


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers at a free port."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", state.authorize({k: v[0] for k, v in parse_qs(asked.query).items()}))
                self.end_headers()
            elif asked.path == "/.well-known/openid-configuration":
                self._say(500 if "down" in state.faults else 200, state.metadata())
            elif asked.path == "/keys":
                self._say(200, {"keys": [state.key.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*state.token(given, self.headers.get("Authorization", "")))

        def _say(self, status: int, data: object) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    state = Provider(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
