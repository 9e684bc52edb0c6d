"""The same papers in an S3-compatible store: one that the tests start themselves."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from config.environment import document_storage
from documents import services
from documents.models import Intake, Version
from documents.services import Target, store
from documents.services.sweeping import sweep_objects
from documents.services.verifying import verify
from tests.clock import after
from tests.documents.arriving import PDF, kept, receive
from tests.documents.uploaded import download_url
from tests.workflow.pages.reading import read, text

KEYS = {"access_key": "testing", "secret_key": "testing"}


@pytest.fixture(scope="module")
def server():
    """Where the store answers."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server, settings, storage):
    """Papers go there in this test. `storage` comes first: it names the folders."""
    of = boto3.resource(
        "s3", endpoint_url=server, region_name="us-east-1",
        aws_access_key_id="testing", aws_secret_access_key="testing",
    )  # fmt: skip
    made = of.create_bucket(Bucket="koraci")
    point_to(settings, server)
    yield made
    made.objects.all().delete()
    made.delete()
    of.meta.client.close()


def point_to(settings, server: str) -> None:
    url = f"s3://koraci?endpoint={server}&region=us-east-1"
    kept_there = document_storage(url, root="", **KEYS)
    settings.STORAGES = settings.STORAGES | {"documents": kept_there}


def names_in(bucket) -> list[str]:
    return sorted(one.key for one in bucket.objects.all())


@pytest.fixture
def version(case, coordinator, bucket) -> Version:
    return kept(Target(case), by=coordinator, title="Letter")


def test_a_paper_is_stored_under_its_uuid_and_downloaded(client, coordinator, bucket, version):
    answer = read(client, coordinator, download_url(version))

    assert names_in(bucket) == [str(version.uuid)]
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")


def test_storing_it_twice_is_harmless(bucket, version, storage):
    again = storage.quarantine / str(version.uuid)
    again.write_bytes(PDF)

    store.keep(version.uuid, again)

    assert names_in(bucket) == [str(version.uuid)]


def test_while_the_store_is_down_the_upload_waits(case, coordinator, bucket, settings, server):
    point_to(settings, "http://127.0.0.1:9")
    [intake] = receive(Target(case), by=coordinator, title="Letter")

    services.examine_next()

    waiting = Intake.objects.get()
    assert (waiting.status, waiting.delayed_by) == ("waiting", "storage")
    assert Version.objects.count() == 0
    point_to(settings, server)
    with after(minutes=2):
        services.examine_next()
    assert names_in(bucket) == [str(intake.uuid)]


def test_while_the_store_is_down_a_download_says_so(client, coordinator, version, settings):
    point_to(settings, "http://127.0.0.1:9")

    answer = read(client, coordinator, download_url(version))

    assert answer.status_code == 503
    assert "The storage of the papers does not answer." in text(answer)


def test_a_missing_object_is_an_incident(client, coordinator, version, bucket):
    bucket.Object(str(version.uuid)).delete()

    answer = read(client, coordinator, download_url(version))

    assert answer.status_code == 503
    assert "This is an incident" in text(answer)
    assert [why for _name, why in verify().damages] == [
        f"The object of the version {version.uuid} is missing."
    ]


def test_verifying_reads_it_and_sweeping_spares_it(version, bucket):
    from django.utils import timezone

    bucket.put_object(Key="5d7c2f60-0000-4000-8000-000000000000", Body=b"orphan")
    assert verify().damages == []

    with after(days=2):
        swept = sweep_objects(timezone.now())

    assert swept == 1
    assert names_in(bucket) == [str(version.uuid)]
