from django.urls import path
from rest_framework.routers import SimpleRouter

from procedures.api.letters import views

router = SimpleRouter()
router.register("letter-templates", views.LetterTemplateViewSet, basename="letter-template")
router.register("letter-jobs", views.LetterJobViewSet, basename="letter-job")

urlpatterns = [
    path("letters/", views.LettersView.as_view()),
    path("letters/<uuid:pk>/retry/", views.LetterRetryView.as_view()),
    path("letters/<uuid:pk>/download/", views.LetterDownloadView.as_view()),
    path("letters/<uuid:pk>/receipt/", views.LetterReceiptView.as_view()),
    path("cases/<uuid:case_id>/letters/", views.CaseLettersView.as_view()),
    path("cases/<uuid:case_id>/letters/preview/", views.LetterPreviewView.as_view()),
    *router.urls,
]
