"""The mixin that lets pydantic read our value classes from text, and the one way a Decimal is written."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema


def decimal_text(value: Decimal) -> str:
    """The shortest exact text without an exponent: 0.001, 85, 20."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class TextScalar:
    """A value with one text form: `parse(text)` raises ValueError, `str(value)` writes it."""

    __slots__ = ()
    pattern: ClassVar[str]
    expected: ClassVar[str]

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self:
        """Read the text form. Raises ValueError, saying what was expected."""

    @classmethod
    def _read(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError(f"expected {cls.expected}")
        return cls.parse(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number"], "pattern": f"^(?:{cls.pattern})$", "description": cls.expected}
