import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from audit.services import origin
from config.middleware import Origin


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.8", "1.2.3.4"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "nonsense", "10.0.0.9"),
        (3, "1.2.3.4", "10.0.0.9"),
        (1, None, "10.0.0.9"),
    ],
)
def test_an_address_counts_only_as_far_as_our_own_proxies_vouch_for_it(
    proxies, forwarded, address, settings
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    seen = []

    def respond(request):
        seen.append(origin.get())
        return HttpResponse()

    Origin(respond)(RequestFactory(headers=headers, REMOTE_ADDR="10.0.0.9").get("/"))

    assert seen == [address]
    assert origin.get() is None
