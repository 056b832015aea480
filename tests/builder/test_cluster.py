"""Sites compiled on a cluster of real workers: the same portal, whatever becomes of one of them."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from plugins.builder import cluster as clusters
from plugins.builder.reports import BuildReport
from plugins.portal.problems import PortalError
from tests.builder.clusters import Cluster, running_cluster
from tests.builder.test_isolation import MISBEHAVIOURS, misbehaving
from tests.command_line.test_command_line import places, portal
from tests.programs import SCRIPTS, is_alive, running
from tests.provinces import ROOT, SmallProvince, site
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.apart

NO_NANNY = "nó không được khởi động tiến trình nào: hãy chạy nó với --no-nanny"
NO_SCHEDULER = "không có bộ điều phối nào trả lời ở"
NO_WORKER = "cụm máy không có máy làm việc nào: hãy khởi động vài máy rồi dựng lại"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Of two workers, which no test here harms."""
    with running_cluster(tmp_path_factory.mktemp("cluster") / "cluster", "one", "two") as made:
        yield made


@pytest.fixture
def built_here(tmp_path: Path) -> SmallProvince:
    province = SmallProvince.of(tmp_path / "here")
    province.build(own_processes=True)
    return province


class Building:
    """A build in which the victim's site takes as long as it is let, and is compiled on a worker."""

    def __init__(self, province: SmallProvince, cluster: Cluster) -> None:
        self.waiting = province.folder / "waiting"
        self.waiting.touch()
        self._thread = ThreadPoolExecutor(1)
        settings = misbehaving("slow") | {"EDITED": str(self.waiting), "own_processes": False}
        self.report: Future[BuildReport] = self._thread.submit(province.build, cluster=cluster.address, **settings)

    def is_compiling(self) -> None:
        """Wait until a process compiles it, also if one did before."""
        worked = self.waiting.with_suffix(".worked")
        worked.unlink(missing_ok=True)
        until(lambda: worked.exists() or self.report.done(), "the site's process")
        assert worked.exists(), self.report.result(PATIENCE)

    def let_go(self) -> None:
        self.waiting.unlink(missing_ok=True)
        self._thread.shutdown()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """One that may be harmed."""
    with running_cluster(tmp_path / "cluster", "one", "two") as made:
        yield made


def test_province_built_on_a_cluster_is_the_same_byte_for_byte(
    cluster: Cluster, built_here: SmallProvince, tmp_path: Path
) -> None:
    province = SmallProvince.of(tmp_path / "there")

    report = province.build(cluster=cluster.address)

    assert report.problems == ()
    assert {entry.outcome for entry in report.sites} == {"built"}
    assert province.files() == built_here.files()
    assert list(cluster.folder.glob("local/**/cache.sqlite")) != []
    assert not (tmp_path / "there/build/cache.sqlite").exists()

    province.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới ")
    again = province.build(cluster=cluster.address)

    assert {entry.slug for entry in again.sites if entry.outcome == "built"} == {"so-y-te", "portal"}
    assert "Mới" in province.page("so-y-te/gioi-thieu")
    assert not (tmp_path / "there/build" / clusters.BEACON).exists()


def test_worker_that_is_killed_while_it_builds_changes_nothing(own_cluster: Cluster, tmp_path: Path) -> None:
    built_here = SmallProvince.of(tmp_path / "here")
    built_here.build(**misbehaving("nothing"))
    province = SmallProvince.of(tmp_path / "there")
    building = Building(province, own_cluster)
    try:
        building.is_compiling()
        own_cluster.kill(until(own_cluster.at_work, "the worker with the last task"))
        building.is_compiling()
    finally:
        building.let_go()

    report = building.report.result(PATIENCE)
    assert report.problems == ()
    assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")
    assert province.files() == built_here.files()


def test_site_that_takes_its_workers_with_it_is_its_own_problem(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.edit("agencies/so-tu-phap/agency.yaml", "summary: ", "summary: Mới, ")
    with running_cluster(tmp_path / "cluster", "one", "two", failures=0) as cluster:
        building = Building(province, cluster)
        try:
            building.is_compiling()
            cluster.kill(until(cluster.at_work, "the worker with the last task"))
            report = building.report.result(PATIENCE)
        finally:
            building.let_go()

    [problem] = province.problems(report)
    assert problem.startswith(
        "content/agencies/so-y-te: building the site was ended: several machines went away with it, tcp://127.0.0.1:"
    )
    assert site(report, "so-y-te").outcome == "kept"
    assert site(report, "so-tu-phap").outcome == "built"


@pytest.mark.parametrize("what", ["killed", "stuck", "raises", "eats memory"])
def test_site_that_breaks_down_there_is_told_as_here(what: str, cluster: Cluster, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    report = province.build(cluster=cluster.address, **misbehaving(what))

    [problem] = province.problems(report)
    assert problem.startswith(f"content/agencies/so-y-te: {MISBEHAVIOURS[what]}")
    assert site(report, "so-y-te").outcome == "left out"
    assert province.shows("so-tu-phap/tin-tuc/2019/ho-tich")


def test_scheduler_that_goes_while_it_builds_ends_the_build(own_cluster: Cluster, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path / "there")
    building = Building(province, own_cluster)
    try:
        building.is_compiling()
        own_cluster.scheduler.process.kill()
        with pytest.raises(PortalError, match=r"^the scheduler of the cluster has gone: start it and build again$"):
            building.report.result(PATIENCE)
    finally:
        building.let_go()
    assert not province.output.exists()


def test_build_does_not_wait_for_ever_for_workers(
    own_cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = SmallProvince.of(tmp_path / "there")
    building = Building(province, own_cluster)
    try:
        building.is_compiling()
        monkeypatch.setattr(clusters, "WITHOUT_WORKERS", 2.0)
        for name in ("one", "two"):
            own_cluster.kill(name)
        with pytest.raises(PortalError, match=r"^the cluster has no worker: start some, and build again$"):
            building.report.result(PATIENCE)
    finally:
        building.let_go()


def test_build_that_is_told_to_end_leaves_no_process_on_a_worker(cluster: Cluster, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    where = places(province)
    mark, settings = tmp_path / "mark", Path(where[1])
    misbehaviour = {**misbehaving("stuck with a mark"), "PORTAL_SITE_TIME_LIMIT": 600, "MARK": str(mark)}
    with settings.open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = {value!r}\n" for name, value in misbehaviour.items() if name.isupper())
    with running([SCRIPTS / "portal", "build", *where, "--executor", cluster.address]) as program:
        until(lambda: mark.exists() and mark.read_text(), "the site's process")
        program.process.send_signal(signal.SIGTERM)
        assert program.ends() == 128 + signal.SIGTERM

    assert program.errors == "portal: đã dừng theo tín hiệu SIGTERM khi chưa xong\n"
    until(lambda: not is_alive(int(mark.read_text())), "the end of the site's process")


def refusal(province: SmallProvince, address: str, **environment: str) -> str:
    """What the command says that cannot build there."""
    done = portal("build", *places(province), "--executor", address, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("portal: ")
    assert done.stderr.endswith("\n")
    return done.stderr.removeprefix("portal: ").removesuffix("\n")


@pytest.mark.parametrize("address", ["", "10.0.0.5:8786", "dask://", "dask://máy", "dask://may:cổng", "http://may:1"])
def test_what_is_no_address_of_a_cluster_is_refused(address: str, tmp_path: Path) -> None:
    told = refusal(SmallProvince.of(tmp_path), address or " ")
    assert told == f'"{address or " "}" không phải địa chỉ của một cụm máy: hãy ghi dask://MÁY:CỔNG'


def test_cluster_that_does_not_answer_is_refused(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        assert refusal(SmallProvince.of(tmp_path), address) == f"{NO_SCHEDULER} {address}"


def test_cluster_without_workers_is_refused(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster") as cluster:
        assert refusal(SmallProvince.of(tmp_path / "there"), cluster.address) == NO_WORKER


def unfit(told: str) -> str:
    """Why the worker that a refusal names is unfit."""
    named, _, why = told.partition(" của cụm không dựng được: ")
    assert named.startswith("máy làm việc tcp://127.0.0.1:")
    return why


def test_worker_that_does_not_share_the_folder_is_refused(tmp_path: Path) -> None:
    """One path that is another folder there: that of the process's own working folder."""
    province = SmallProvince.of(tmp_path / "there")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = places(province)
    with Path(where[1]).open("a", encoding="utf-8") as file:
        file.write("PORTAL_BUILD_PATH = '/proc/self/cwd/build'\n")
    with running_cluster(tmp_path / "cluster") as cluster:
        cluster.start("one", cwd=elsewhere)
        done = subprocess.run(
            [SCRIPTS / "portal", "build", *map(str, where), "--executor", cluster.address],
            cwd=province.folder, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    assert done.returncode == 2
    why = unfit(done.stderr.removeprefix("portal: ").removesuffix("\n"))
    assert why == "nó không thấy thư mục dựng /proc/self/cwd/build như máy này"
    assert not province.output.exists()


def test_worker_with_other_code_is_refused(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path / "there")
    code = tmp_path / "code"
    shutil.copytree(ROOT / "plugins", code / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    with (code / "plugins/builder/compiling.py").open("a", encoding="utf-8") as file:
        file.write("# Another release.\n")
    with running_cluster(tmp_path / "cluster") as cluster:
        cluster.start("one", cwd=code, code=code)
        why = unfit(refusal(province, cluster.address))

    assert why == "mã nguồn hoặc thư viện ở đó khác máy này: hãy cài cùng một bản rồi khởi động lại máy đó"


def test_worker_that_comes_later_with_other_templates_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    """Templates that go before the theme's may lie outside of the build folder."""
    province = SmallProvince.of(tmp_path)
    templates = tmp_path / "templates"
    templates.mkdir()
    terms = clusters.Terms.of(province.settings(THEME_TEMPLATES_OVERRIDES=[str(templates)]))
    Path(terms.beacon).parent.mkdir()
    Path(terms.beacon).write_text(terms.token)
    assert terms.unmet() is None
    (templates / "contact.html").write_text("<p>Liên hệ</p>", encoding="utf-8")

    with cluster.asked() as client:
        task = client.submit(clusters.carry_out, terms, abs, -1)
        with pytest.raises(PortalError, match=f"cannot build: the templates in {templates} are others there"):
            task.result(PATIENCE)


def test_worker_under_a_nanny_is_refused(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster") as cluster:
        cluster.start("one", options=("--nanny",))
        assert unfit(refusal(SmallProvince.of(tmp_path / "there"), cluster.address)) == NO_NANNY


def test_what_has_to_be_installed_is_said(tmp_path: Path) -> None:
    """A module that cannot be imported stands for one that is not there."""
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / "distributed.py").write_text("raise ModuleNotFoundError('distributed')\n")

    told = refusal(SmallProvince.of(tmp_path / "there"), "dask://127.0.0.1:1", PYTHONPATH=str(missing))

    assert told == "để dựng trên cụm máy cần cài thêm: pip install -e .[cluster]"
