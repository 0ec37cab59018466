from django.urls import path
from rest_framework.routers import SimpleRouter

from modules.messaging.api import acceptance, afterwards, merging, receipts, sending, views

router = SimpleRouter()
router.register("messages", views.MessageViewSet, basename="message")
router.register("deliveries", views.DeliveryViewSet, basename="delivery")
router.register("merges", merging.MergeViewSet, basename="merge")
router.register("acceptance-rules", acceptance.AcceptanceRuleViewSet, basename="acceptance-rule")
router.register("inbox", views.InboxViewSet, basename="inbox")

MESSAGE = "messages/<uuid:message_id>"
ACCEPTANCE = "acceptances/<uuid:message_id>"

urlpatterns = [
    path("sending-rules/", sending.SendingRulesView.as_view()),
    path("audience/", views.AudienceView.as_view()),
    path(f"{MESSAGE}/recall/", afterwards.RecallView.as_view()),
    path(f"{MESSAGE}/deadline/", afterwards.ProlongingView.as_view()),
    path(f"{MESSAGE}/recipients/", afterwards.RecipientsView.as_view()),
    path(f"{MESSAGE}/copies/", afterwards.CopyView.as_view()),
    path(f"{MESSAGE}/deliveries/", views.StatusViewSet.as_view({"get": "list"})),
    path(f"{MESSAGE}/export/", views.StatusViewSet.as_view({"get": "export"})),
    path("merges/<uuid:merge_id>/remarks/<int:number>/", merging.RemarkedCellView.as_view()),
    path("merges/<uuid:merge_id>/file-requests/", merging.FileRequestView.as_view()),
    path(f"{MESSAGE}/archive/", views.ArchiveView.as_view()),
    path(f"{MESSAGE}/receipt/", receipts.MessageReceiptView.as_view()),
    path("answers/<uuid:pk>/receipt/", receipts.AnswerReceiptView.as_view()),
    path("attachments/<uuid:pk>/download/", views.AttachmentDownload.as_view()),
    path("answer-files/<uuid:pk>/download/", views.AnswerFileDownload.as_view()),
    path(f"{ACCEPTANCE}/", acceptance.AcceptanceView.as_view()),
    path(f"{ACCEPTANCE}/history/", acceptance.AcceptanceHistoryView.as_view()),
    path(
        f"{ACCEPTANCE}/attachments/<uuid:pk>/download/",
        acceptance.AcceptanceAttachmentView.as_view(),
    ),
    path("acceptance-links/look/", acceptance.LinkLook.as_view()),
    path("acceptance-links/decide/", acceptance.LinkDecision.as_view()),
    *router.urls,
]
