"""In which language a sentence is told: the client's Accept-Language decides.

Beside what is told in that language stand both.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

AnyResponse = TypeVar("AnyResponse", bound=HttpResponse)

LANGUAGES = ("en", "nl")
ACCEPT_LANGUAGE = OpenApiParameter(
    "Accept-Language",
    str,
    OpenApiParameter.HEADER,
    description="The language of titles and messages: `nl` or `en`, English if none.",
)


class InLanguage(GenericAPIView[Any]):
    """A view that tells its serializer which language the client likes best."""

    def get_serializer_context(self) -> dict[str, Any]:
        """Return what the serializer needs to know."""
        context = super().get_serializer_context()
        return {**context, "language": language_of(self.request)}


class BothLanguagesSerializer(serializers.Serializer[Any]):
    """A sentence in Dutch and in English."""

    nl = serializers.CharField()
    en = serializers.CharField()


class MessageSerializer(serializers.Serializer[Any]):
    """What has a sentence to tell; a subclass says which, in each language."""

    message = serializers.SerializerMethodField()
    messages = serializers.SerializerMethodField()

    def get_message(self, told: Any) -> str:
        """Return the sentence in the language that the client likes best."""
        return self.sentences(told)[self.context.get("language", LANGUAGES[0])]

    @extend_schema_field(BothLanguagesSerializer)
    def get_messages(self, told: Any) -> dict[str, str]:
        """Return the sentence in both languages."""
        return self.sentences(told)

    def sentences(self, told: Any) -> dict[str, str]:
        """Return the sentence by language."""
        raise NotImplementedError


class TitleSerializer(serializers.Serializer[Any]):
    """What is a kind of finding; a subclass says of what, in each language."""

    title = serializers.SerializerMethodField()
    titles = serializers.SerializerMethodField()

    def get_title(self, kind: Any) -> str:
        """Return what it finds, in the language that the client likes best."""
        return self.get_titles(kind)[self.context.get("language", LANGUAGES[0])]

    @extend_schema_field(BothLanguagesSerializer)
    def get_titles(self, kind: Any) -> dict[str, str]:
        """Return what it finds, in both languages."""
        return self.sentences(kind)

    def sentences(self, kind: Any) -> dict[str, str]:
        """Return the sentence by language; it has gaps for what is met."""
        raise NotImplementedError


def language_of(request: HttpRequest) -> str:
    """Return the language that the client likes best (RFC 9110 §12.5.4)."""
    wanted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    known = (tag.split("-")[0] for tag, _ in wanted)
    return next((each for each in known if each in LANGUAGES), LANGUAGES[0])


def told_in(response: AnyResponse, language: str) -> AnyResponse:
    """Say of a response in which language it is, and what decided that."""
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response
