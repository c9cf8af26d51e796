"""Addresses of the widget: its settings, and the demo shop's page."""

from django.urls import path

from bywalec.widget import demo, settings

urlpatterns = [
    path("widget/config", settings.config, name="widget-config"),
    path("demo/", demo.page, name="demo-shop"),
    path("demo/token", demo.token, name="demo-token"),
]
