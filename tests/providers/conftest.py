from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from interview_coach.providers.registry import warm_up
from tests.providers.bench import Bench, fake


@pytest.fixture(scope="session", autouse=True)
def quick_clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test pays for an SDK's import, and a client needs no list of all authorities to speak plain HTTP."""
    warm_up()
    end = "-----END CERTIFICATE-----\n"
    first = Path(certifi.where()).read_text(encoding="utf-8").split(end)[0] + end
    file = tmp_path_factory.mktemp("ca") / "one.pem"
    file.write_text(first, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


@pytest.fixture(params=["gemini", "openrouter"])
def bench(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Every test that takes this runs against both vendors."""
    yield from _bench(request.param, monkeypatch)


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("gemini", monkeypatch)


@pytest.fixture
def openrouter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from _bench("openrouter", monkeypatch)


def _bench(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with fake(kind) as server:
        yield Bench(kind, server)
