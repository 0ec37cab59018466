from django.urls import path
from rest_framework.routers import SimpleRouter

from files.api import views

router = SimpleRouter()
router.register("uploads", views.UploadViewSet, basename="uploads")
router.register("readings", views.ReadingViewSet, basename="readings")
router.register("makings", views.MakingViewSet, basename="makings")

urlpatterns = [
    *router.urls,
    path("upload/<str:token>", views.UploadAddress.as_view(), name="upload"),
    path("download/<str:token>", views.DownloadAddress.as_view(), name="download"),
]
