"""What signals tell of their input: labels that selectors find, and numbers that come out to the last bit."""

from decimal import Decimal

import pytest

from generators.promql import Matcher, MatchOp
from generators.signals.example import UnprovableError, finds, labels_for, regex_example
from generators.signals.feed import Feed, Motion, Setting, binary, rates
from generators.signals.shares import Split, beside_a_counter, of_one_counter
from generators.units import Duration

WINDOW = Duration.parse("5m")
REGEXES = ["5..", "a|b", r"3(\.0)?", "web-.*", r"\d{3}x+", "[a-f]+_[^_]", "(?:GET|POST)/.+", "", ".*", "^x$"]


@pytest.mark.parametrize("regex", REGEXES)
def test_a_regex_finds_its_example(regex: str) -> None:
    assert finds(Matcher("x", MatchOp.REGEX, regex), regex_example(regex))


def test_a_regex_without_an_example_is_said_to_have_none() -> None:
    with pytest.raises(UnprovableError, match="no example"):
        regex_example("a{2}{3}b(?=c)")


OPERATORS = [(MatchOp.EQUAL, "v"), (MatchOp.NOT_EQUAL, "other"), (MatchOp.REGEX, "v.*"), (MatchOp.NOT_REGEX, "o.*|")]


@pytest.mark.parametrize(("op", "value"), OPERATORS)
def test_labels_are_found_by_their_matcher(op: MatchOp, value: str) -> None:
    matcher = Matcher("x", op, value)
    assert finds(matcher, labels_for([matcher]).get("x", ""))


def test_labels_to_keep_have_a_value() -> None:
    assert labels_for([], ("zone",)) == {"zone": "some-zone"}


def test_other_events_are_found_by_the_counter_but_not_by_the_part() -> None:
    counter, part = Matcher("code", MatchOp.REGEX, "200|503"), Matcher("code", MatchOp.REGEX, "5..")
    assert labels_for([counter], but=[part]) == {"code": "200"}


def test_a_part_that_is_everything_leaves_no_other_events() -> None:
    with pytest.raises(UnprovableError, match="leaves out"):
        labels_for([Matcher("code", MatchOp.EQUAL, "500")], but=[Matcher("code", MatchOp.REGEX, "5..")])


def setting(*exact: str, scrape: str = "15s", evaluation: str = "30s", least: int = 5) -> Setting:
    levels = tuple(map(Decimal, exact))
    return Setting(Duration.parse(scrape), Duration.parse(evaluation), levels, levels, least)


SHARES = {"of one counter": of_one_counter, "beside a counter": beside_a_counter}
LIMITS = ["0.01", "0.05", "0.001", "0.25", "0.3", "0.0144", "0.7"]


@pytest.mark.parametrize("formula", SHARES.values(), ids=SHARES)
@pytest.mark.parametrize("limit", LIMITS)
def test_a_share_is_hit_to_the_last_bit(limit: str, formula: object) -> None:
    def feeds(part: Decimal, _rest: Decimal, total: Decimal) -> tuple[Feed, ...]:
        return tuple(Feed("x", {}, Motion.GROWS, amount) for amount in (part, total))

    split = Split(feeds, formula, {}, WINDOW, part_is_bad=True)  # type: ignore[arg-type]
    source = split.source(setting(limit))
    part, total = (feed.amount for feed in source.at(Decimal(limit)))
    assert source.exactly(Decimal(limit))
    assert part / total == Decimal(limit)
    assert part == int(part)


RATES = {"scraped before each evaluation": setting(), "scraped less often": setting(scrape="1m", evaluation="30s")}


@pytest.mark.parametrize("of", RATES.values(), ids=RATES)
def test_every_version_extrapolates_to_the_same_rate(of: Setting) -> None:
    found = {round(rate, 9) for rate in rates(Decimal(30), WINDOW, of)}
    assert found == {round(30 / float(of.scrape.seconds), 9)}


AMOUNTS = {"1500": "1500", "0.75": "0.75", "0.1": "0.100006103515625", "1234.567": "1234.5", "0": "0"}


@pytest.mark.parametrize(("amount", "expected"), AMOUNTS.items())
def test_a_counter_grows_by_what_is_exact_in_binary(amount: str, expected: str) -> None:
    assert binary(Decimal(amount)) == Decimal(expected)
    assert Decimal(float(binary(Decimal(amount)))) == Decimal(expected)


def test_few_bad_events_are_one_less_than_the_guard_asks_for_and_then_just_as_many() -> None:
    split = Split(
        lambda part, rest, _total: (Feed("x", {}, Motion.GROWS, part), Feed("y", {}, Motion.GROWS, rest)),
        of_one_counter,
        {},
        WINDOW,
        part_is_bad=True,
    )
    found = split.source(setting("0.05")).few
    assert [good.amount for _bad, good in found] == [0, 0]
    assert [bad.amount * WINDOW.seconds / (15 * bad.every) for bad, _good in found] == [4, 5]
