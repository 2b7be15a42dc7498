"""The list of signal kinds. A new kind is a file beside this one and a name in `Signal`."""

from typing import Annotated

from pydantic import Field

from generators.signals.events import EventsSignal
from generators.signals.gauge import GaugeSignal
from generators.signals.lag import ExpirySignal, LagSignal
from generators.signals.latency import LatencySignal
from generators.signals.probe import AbsenceSignal, ProbeSignal
from generators.signals.promql import PromqlSignal
from generators.signals.rate import IncreaseSignal, RateSignal
from generators.signals.ratio import RatioSignal
from generators.signals.saturation import SaturationSignal

Signal = Annotated[
    RateSignal
    | IncreaseSignal
    | RatioSignal
    | LatencySignal
    | GaugeSignal
    | SaturationSignal
    | LagSignal
    | ExpirySignal
    | ProbeSignal
    | AbsenceSignal
    | PromqlSignal
    | EventsSignal,
    Field(discriminator="kind"),
]
