"""Templates become what Prometheus makes of them."""

import pytest

from generators.proof.template import rendered

TEXTS = {
    "a share as a percentage": ("{{ $value | humanizePercentage }}", 0.0505, "5.05%"),
    "four digits of a long share": ("{{ $value | humanizePercentage }}", 1 / 3, "33.33%"),
    "a large number with a prefix": ("{{ $value | humanize }}", 1_234_567, "1.235M"),
    "a small number with a prefix": ("{{ $value | humanize }}", 0.0025, "2.5m"),
    "nothing": ("{{ $value | humanize }}", 0, "0"),
    "bytes with a binary prefix": ("{{ $value | humanize1024 }}B", 3 * 2**30, "3GiB"),
    "a few bytes": ("{{ $value | humanize1024 }}B", 1, "1B"),
    "less than a second": ("{{ $value | humanizeDuration }}", 0.25, "250ms"),
    "seconds": ("{{ $value | humanizeDuration }}", 3.03, "3.03s"),
    "minutes, and seconds cut off": ("{{ $value | humanizeDuration }}", 303.9, "5m 3s"),
    "days with everything below": ("{{ $value | humanizeDuration }}", 93_784, "1d 2h 3m 4s"),
    "a time that is over": ("{{ $value | humanizeDuration }}", -90, "-1m 30s"),
    "no time": ("{{ $value | humanizeDuration }}", 0, "0s"),
    "a label": ("on {{ $labels.instance }}", 0, "on a b/c"),
    "a label in an address": ("?x={{ $labels.instance | urlquery }}", 0, "?x=a+b%2Fc"),
    "a label that is not there": ("({{ $labels.other }})", 0, "()"),
}


@pytest.mark.parametrize(("text", "value", "expected"), TEXTS.values(), ids=TEXTS)
def test_an_action_becomes(text: str, value: float, expected: str) -> None:
    assert rendered(text, {"instance": "a b/c"}, value) == expected
