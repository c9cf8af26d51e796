"""Addresses of the console."""

from django.urls import URLPattern, path

from bywalec.console.views import conversation, frame, inbox

app_name = "console"
urlpatterns: list[URLPattern] = [
    path("", frame.home, name="home"),
    path("accent/<str:colour>.css", frame.accent, name="accent"),
    path("preferences/", frame.preferences, name="preferences"),
    path("components/", frame.components, name="components"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/rows/", inbox.rows, name="inbox_rows"),
    path("inbox/<uuid:conversation_id>/", inbox.conversation, name="conversation"),
    path("inbox/<uuid:conversation_id>/customer/", inbox.person, name="conversation_person"),
    path("inbox/<uuid:conversation_id>/news/", inbox.news, name="conversation_news"),
    path("inbox/<uuid:conversation_id>/write/", conversation.write, name="write"),
    path("inbox/<uuid:conversation_id>/typing/", conversation.typing, name="typing"),
    path("inbox/<uuid:conversation_id>/take-over/", conversation.take_over, name="take_over"),
    path("inbox/<uuid:conversation_id>/give-back/", conversation.give_back, name="give_back"),
    path("inbox/<uuid:conversation_id>/resolve/", conversation.resolve, name="resolve"),
    path("members/", frame.components, name="members"),
    path("members/<uuid:member_id>/", frame.components, name="member"),
    path("purchases/", frame.components, name="purchases"),
    path("purchases/<uuid:purchase_id>/", frame.components, name="purchase"),
    path("outbox/", frame.components, name="outbox"),
    path("settings/", frame.components, name="settings"),
]
