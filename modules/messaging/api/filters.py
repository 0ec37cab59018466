"""What a list may be narrowed by; each name is a query parameter."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from modules.messaging import selectors
from modules.messaging.models import Delivery, Message


class MessageFilters(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Message.State.choices)
    mine = filters.BooleanFilter(method="only_mine")
    search = filters.CharFilter(method="matching")

    def only_mine(
        self,
        messages: QuerySet[Message],
        _name: str,
        is_mine: bool,  # noqa: FBT001  # django-filter's
    ) -> QuerySet[Message]:
        author = self.request.user.pk
        return messages.filter(author=author) if is_mine else messages.exclude(author=author)

    def matching(self, messages: QuerySet[Message], _name: str, text: str) -> QuerySet[Message]:
        return selectors.messages_matching(messages, text)


class DeliveryFilters(filters.FilterSet):
    status = filters.ChoiceFilter(
        choices=[(name, name) for name in selectors.STATUSES], method="with_status"
    )
    search = filters.CharFilter(method="matching")

    def with_status(
        self, deliveries: QuerySet[Delivery], _name: str, status: str
    ) -> QuerySet[Delivery]:
        return deliveries.filter(selectors.STATUSES[status])

    def matching(self, deliveries: QuerySet[Delivery], _name: str, text: str) -> QuerySet[Delivery]:
        return selectors.deliveries_matching(deliveries, text)


class InboxFilters(filters.FilterSet):
    waiting = filters.BooleanFilter(field_name="is_waiting")
    unread = filters.BooleanFilter(field_name="opened_at", lookup_expr="isnull")
    search = filters.CharFilter(method="matching")

    def matching(self, deliveries: QuerySet[Delivery], _name: str, text: str) -> QuerySet[Delivery]:
        return selectors.inbox_matching(deliveries, text)
