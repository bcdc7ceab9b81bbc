"""Conditions on a product that is put forward as a typical product of rural industry."""

from __future__ import annotations

from bot.eligibility.criterion import Rules, Ruling, by_value, criterion
from bot.eligibility.facts import Facts


@criterion("typical.self_made")
def typical_self_made(facts: Facts, rules: Rules) -> Ruling:
    """The workshop makes the product itself."""
    return by_value(
        facts,
        "typical.self_made",
        "tt26-4-2",
        met=(True,),
        not_met=(False,),
        change="Đăng ký sản phẩm do chính cơ sở làm ra, không phải hàng mua về.",
    )


@criterion("typical.series")
def typical_series(facts: Facts, rules: Rules) -> Ruling:
    """The product can be made in series, not once only."""
    return by_value(
        facts,
        "typical.series",
        "tt26-4-4",
        met=(True,),
        not_met=(False,),
        change="Đăng ký sản phẩm làm được hàng loạt, không phải món chỉ có một.",
    )


@criterion("typical.copied")
def typical_copied(facts: Facts, rules: Rules) -> Ruling:
    """The product copies nobody's design."""
    return by_value(
        facts,
        "typical.copied",
        "tt26-4-3",
        met=(False,),
        not_met=(True,),
        change="Đăng ký sản phẩm theo mẫu của mình, hoặc mẫu mà chủ mẫu cho phép dùng.",
    )


@criterion("typical.is_set")
def typical_set(facts: Facts, rules: Rules) -> Ruling:
    """One product; whether several make up a set is for an officer."""
    return by_value(facts, "typical.is_set", "tt26-4-1", met=(False,))


@criterion("typical.prior_certificate")
def typical_certificate(facts: Facts, rules: Rules) -> Ruling:
    """The product has no earlier certificate; one that may still be valid is for an officer."""
    return by_value(facts, "typical.prior_certificate", "tt26-17-3", met=(False,))
