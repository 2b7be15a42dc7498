"""latency: how long something takes, from a classic or a native histogram.

"p95 above 3s" compiles to "more than 5 % took longer than 3 s", which is the same statement without
interpolation between buckets: with a bucket at 2.5 s and the next at 5 s, `histogram_quantile` reads 4.9 s when
every answer takes 2.6 s. A classic histogram therefore needs a bucket at the threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generators.inventory import MetricType
from generators.promql import Expr, Matcher, MatchOp, Selector, call, fill, increase, positive, rate, sum_by
from generators.scalar import decimal_text
from generators.signals.base import Counted, Reference, Scope, SignalBase
from generators.signals.counted import Events
from generators.signals.example import UnprovableError
from generators.signals.feed import Motion, Setting, Source
from generators.signals.limit import Limit
from generators.signals.shares import Split, beside_a_counter, growing
from generators.units import RATIO, Duration, Quantity, Unit

_SHORTEST, _LONGEST = -4, 6
"""Decimal exponents of the numbers that Go (strconv, format 'g') writes without one."""
_SHOWN = (Decimal("0.5"), Decimal("0.95"), Decimal("0.99"))


class LatencySignal(SignalBase):
    """Durations counted in a histogram."""

    kind: Literal["latency"]
    histogram: Annotated[Reference, Field(description="base name of the histogram, without _bucket")]
    needs_quantile: ClassVar[bool] = True

    def types_of(self, _field: str) -> tuple[MetricType, ...]:
        return (MetricType.HISTOGRAM, MetricType.NATIVE_HISTOGRAM)

    def unit(self, scope: Scope) -> Unit:
        return scope.metric(self.histogram.metric).measured_in

    def alert_unit(self, scope: Scope) -> Unit:
        return RATIO

    def value(self, scope: Scope) -> Expr:
        return self.quantile(scope, _SHOWN[1])

    def quantile(self, scope: Scope, quantile: Decimal) -> Expr:
        """The estimated duration that this share of the events stays under; for panels."""
        by = self.by if self._is_native(scope) else (*self.by, "le")
        buckets = rate(self.series(scope, self.histogram, self._suffix(scope, "_bucket")), self.over(scope))
        return call("histogram_quantile", quantile, sum_by(buckets, by))

    def shown(self, scope: Scope) -> Iterator[tuple[str, Expr]]:
        for quantile in _SHOWN:
            yield f"p{decimal_text(quantile * 100)}", self.quantile(scope, quantile)

    def presence(self, scope: Scope) -> Selector:
        return self.series(scope, self.histogram, self._suffix(scope, "_count"))

    def sources(self, scope: Scope, limits: Collection[Quantity]) -> Mapping[str, Selector]:
        """The count, and of a classic histogram the bucket at each limit: without it nothing would look slow."""
        found = {"": self.presence(scope)}
        if not self._is_native(scope):
            for bound in sorted(self._bound(scope, limit) for limit in limits):
                found[f"bucket-{decimal_text(bound).replace('.', '_')}"] = self._bucket(scope, bound)
        return found

    def measured(self, limit: Limit) -> str:
        return f"Slower than {limit.quantity}"

    def allowed(self, limit: Limit) -> str:
        assert limit.quantile is not None
        return f"{decimal_text((1 - limit.quantile) * 100)}% (p{decimal_text(limit.quantile * 100)} {limit.quantity})"

    def judged(self, scope: Scope, limit: Limit) -> Expr:
        if limit.quantile is None:
            raise ValueError("a limit on a latency needs a quantile, such as `quantile: 95%`")
        if not 0 < limit.quantile < 1:
            raise ValueError("a quantile is between 0% and 100%, such as `quantile: 95%`")
        if limit.comparison not in ("above", "at_least"):
            raise ValueError(f"a latency is bad when it is above a limit, not {limit.comparison}")
        over = self.over(scope)
        return self._slow(scope, over, rate, limit.quantity) / positive(self._total(scope, over, rate))

    def crossed(self, scope: Scope, limit: Limit) -> Expr:
        crossed = super().crossed(scope, limit)
        return crossed & (self._slow(scope, self.over(scope), increase, limit.quantity) >= limit.min_bad_events)

    def events(self, scope: Scope, window: Duration, under: Quantity | None) -> Events:
        if under is None:
            raise ValueError("an SLO on a latency needs `under`, the duration that counts as good")
        return Events(self._fast(scope, window, rate, under), self._total(scope, window, rate), part_is_bad=False)

    def level(self, scope: Scope, limit: Limit) -> Decimal:
        assert limit.quantile is not None
        return 1 - limit.quantile

    def source(self, scope: Scope, setting: Setting, limit: Limit) -> Source:
        return self._split(scope, limit.quantity).source(setting)

    def event_source(self, scope: Scope, setting: Setting, under: Quantity | None) -> Source:
        assert under is not None
        return self._split(scope, under).source(setting)

    def _split(self, scope: Scope, limit: Quantity) -> Split:
        if self._is_native(scope):
            raise UnprovableError("promtool has a notation for native histograms only since Prometheus 2.49")
        everything = self.feed(self.presence(scope), Motion.GROWS, Decimal(0))
        fast = self.feed(self._bucket(scope, self._bound(scope, limit)), Motion.GROWS, Decimal(0))
        return Split(
            lambda _slow, rest, total: (growing(everything, total), growing(fast, rest)),
            beside_a_counter,
            self.kept(self.presence(scope)),
            self.over(scope),
            part_is_bad=True,
        )

    def _total(self, scope: Scope, window: Duration, per: Counted) -> Expr:
        counted = sum_by(per(self.presence(scope), window), self.by)
        return call("histogram_count", counted) if self._is_native(scope) else counted

    def _slow(self, scope: Scope, window: Duration, per: Counted, limit: Quantity) -> Expr:
        return self._total(scope, window, per) - self._fast(scope, window, per, limit)

    def _fast(self, scope: Scope, window: Duration, per: Counted, limit: Quantity) -> Expr:
        bound = self._bound(scope, limit)
        if not self._is_native(scope):
            return sum_by(per(self._bucket(scope, bound), window), self.by)
        durations = sum_by(per(self.presence(scope), window), self.by)
        total = self._total(scope, window, per)
        share = call("histogram_fraction", 0, bound, durations) >= 0  # NaN where nothing was measured
        return fill(share, total) * total

    def _bucket(self, scope: Scope, bound: Decimal) -> Selector:
        buckets = self.series(scope, self.histogram, "_bucket")
        return Selector(buckets.metric, tuple(sorted((*buckets.matchers, _le(bound)))))

    def _bound(self, scope: Scope, limit: Quantity) -> Decimal:
        bound = limit.in_unit(self.unit(scope))
        buckets = scope.metric(self.histogram.metric).buckets
        if not self._is_native(scope) and bound not in buckets:
            listed = ", ".join(map(decimal_text, buckets)) or "none"
            raise ValueError(
                f"{self.histogram.metric} has no bucket at {decimal_text(bound)} (declared: {listed}); "
                "add the bucket where the metric is made and declared, or use one of its buckets"
            )
        return bound

    def _is_native(self, scope: Scope) -> bool:
        return scope.metric(self.histogram.metric).type is MetricType.NATIVE_HISTOGRAM

    def _suffix(self, scope: Scope, suffix: str) -> str:
        return "" if self._is_native(scope) else suffix


def _le(bound: Decimal) -> Matcher:
    """The bucket at a bound, however it is spelt: Prometheus 3 stores `3.0` where 2.x keeps the exporter's `3`.

    Large and small bounds have an exponent, as Go writes numbers: `1e+06`, `2.5e-05`.
    """
    text, exponent = decimal_text(bound), bound.adjusted()
    if bound and not _SHORTEST <= exponent < _LONGEST:
        mantissa = decimal_text(bound.scaleb(-exponent).normalize())
        scientific = f"{mantissa}e{exponent:+03d}"
        plain = text if "." in text else f"{text}(.0)?"
        return Matcher("le", MatchOp.REGEX, "|".join(_escaped(one) for one in (scientific, plain)))
    if "." in text:
        return Matcher("le", MatchOp.EQUAL, text)
    return Matcher("le", MatchOp.REGEX, f"{text}(\\.0)?")


def _escaped(text: str) -> str:
    return text.replace(".", "\\.").replace("+", "\\+")
