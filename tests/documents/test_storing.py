"""Objects in the storage, whichever it is."""

from documents.services import Target, store
from tests.documents.arriving import PDF, kept
from tests.documents.stores import ON_BOTH


@ON_BOTH
def test_storing_the_same_object_twice_is_harmless(case, coordinator, storage):
    version = kept(Target(case), by=coordinator, title="Letter")
    again = storage.quarantine / str(version.uuid)
    again.write_bytes(PDF)

    store.keep(version.uuid, again)

    assert storage.objects() == [str(version.uuid)]
    with store.opened(version.uuid) as file:
        assert file.read() == PDF
