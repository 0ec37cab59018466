from django.urls import path

from threads.api import views

urlpatterns = [
    path("posts/<uuid:pk>/show/", views.ShowView.as_view(), name="show-answer"),
    path("posts/<uuid:pk>/hide/", views.HideView.as_view(), name="hide-answer"),
    path("files/<uuid:pk>/", views.PostFileView.as_view(), name="post-file"),
    path("of/<str:kind>/<uuid:pk>/", views.GroupView.as_view(), name="threads-of-group"),
    path("about/<str:kind>/<uuid:pk>/", views.ThreadView.as_view(), name="thread"),
]
