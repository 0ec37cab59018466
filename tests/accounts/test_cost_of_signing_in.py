"""Signing in from a browser that nobody knows costs little besides the hashing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Device
from accounts.services import attempts, devices
from outbox.models import Job

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("known", [1, devices.KEPT - 1])
def test_signing_in_from_an_unknown_browser_asks_the_same_however_many_are_known(
    ala, sign_in, known
):
    for _ in range(known):
        sign_in()
    with CaptureQueriesContext(connection) as asked:
        _, answer = sign_in()
    assert answer.status_code == 200
    assert Device.objects.filter(person=ala).count() == known + 1
    assert len(asked) == 28, [one["sql"][:90] for one in asked]
    assert Job.objects.filter(task="accounts.tell_of_device").count() == known


def test_tries_under_three_keys_are_counted_by_three_statements(django_assert_num_queries):
    keys = attempts.of_sign_in("ala@example.org", "203.0.113.9", None)
    attempts.take(*keys)
    with django_assert_num_queries(5):  # and the ends of the transaction
        attempts.take(*keys)
    with django_assert_num_queries(1):
        attempts.give_back(*keys)
    counts = attempts.Attempts.objects.values_list("key", "count")
    assert dict(counts) == {key: 1 for key, _ in keys}
