from django.urls import path

from invoices.api import views

urlpatterns = [
    path("about/<str:kind>/<uuid:pk>/", views.SettlementView.as_view(), name="settlement"),
    path("read/<uuid:pk>/", views.ReadInvoiceView.as_view(), name="read-invoice"),
    path("<uuid:pk>/accept/", views.AcceptView.as_view(), name="accept-invoice"),
    path("<uuid:pk>/return/", views.ReturnView.as_view(), name="return-invoice"),
    path("<uuid:pk>/withdraw/", views.WithdrawView.as_view(), name="withdraw-invoice"),
    path("<uuid:pk>/file/", views.InvoiceFileView.as_view(), name="invoice-file"),
]
