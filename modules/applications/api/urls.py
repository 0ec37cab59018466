from django.urls import path
from rest_framework.routers import SimpleRouter

from modules.applications.api import committees, decisions, register, scenarios, views

router = SimpleRouter()
router.register("calls", views.CallViewSet, basename="call")
router.register("own", views.OwnApplicationViewSet, basename="own-application")
router.register("register", register.RegisterViewSet, basename="register")
router.register("scenarios", scenarios.ScenarioViewSet, basename="scenario")
router.register("recommendations", decisions.RecommendationViewSet, basename="recommendation")
router.register("payment-lists", decisions.PaymentListViewSet, basename="payment-list")

CALL = "calls/<uuid:call_id>"
COMMITTEE = "committees/<uuid:committee_id>"
APPLICATIONS = f"{CALL}/applications"

urlpatterns = [
    path("scoring/", views.ScoringView.as_view()),
    path("committees/", committees.CommitteesView.as_view()),
    path(f"{COMMITTEE}/", committees.CommitteeView.as_view()),
    path(f"{COMMITTEE}/matters/", committees.CommitteeMattersView.as_view()),
    path(f"{COMMITTEE}/allotments/", committees.AllotmentsView.as_view()),
    path(f"{COMMITTEE}/withdrawals/", committees.AllotmentEndsView.as_view()),
    path(f"{COMMITTEE}/evening/", committees.EveningView.as_view()),
    path("openings/", views.OpeningsView.as_view()),
    path(f"{APPLICATIONS}/", views.CallApplicationsViewSet.as_view({"get": "list"})),
    path(f"{APPLICATIONS}/export/", views.CallApplicationsViewSet.as_view({"get": "export"})),
    path(f"{CALL}/scenarios/", scenarios.CallScenariosView.as_view()),
    path(f"{CALL}/ranking_fields/", scenarios.CallFieldsView.as_view()),
    path(f"{CALL}/recommendations/", scenarios.CallRecommendationsView.as_view()),
    path("papers/<uuid:paper_id>/download/", decisions.PaperDownloadView.as_view()),
    path("awards/<uuid:award_id>/retry/", decisions.AwardRetryView.as_view()),
    *router.urls,
]
