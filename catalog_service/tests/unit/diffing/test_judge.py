"""The breaking places that we find are those that oasdiff finds, or we know why not."""

from __future__ import annotations

import pytest

from . import judging

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not judging.JUDGE, reason="oasdiff is not installed"),
    pytest.mark.skipif(not judging.CORPUS.is_dir(), reason="there is no corpus"),
]
AT_LEAST = 0.9

LOGIN = "we say that asking for a login breaks; the judge says it informs"
WRAPPED = "null by oneOf and by type is the same to us, not to the judge"
IDLE = "the property is read-only: no request carries it"
BLIND = "the judge does not look into the items of a parameter, nor into "
BLIND += "additionalProperties of a response"
MEANING = "only the spelling changed: inline became a reference to the same"
NOTHING = "a part of an allOf that only documents asks for nothing"
FLIPPED = "the client of a webhook receives its body: it breaks by what goes"
IMPLIED = "a schema with properties is one of objects, whether it says so or not"
REMOVED_PART = "a part of an allOf went from a response, with required properties"
RENAMED = "a component has another name and the same meaning"

OF_TESTS = {
    "additional_properties_traversal_base.yaml > "
    "additional_properties_traversal_revision.yaml": BLIND,
    "api_security_added_base.yaml > api_security_added_revision.yaml": LOGIN,
    "api_security_global_added_base.yaml > "
    "api_security_global_added_revision.yaml": LOGIN,
    "nullable_wrap_base.yaml > nullable_wrap_revision.yaml": WRAPPED,
    "nullable_wrap_body_base.yaml > nullable_wrap_body_revision.yaml": WRAPPED,
    "request_parameter_property_enum_value_updated_base.yaml > "
    "request_parameter_property_enum_value_updated_revision.yaml": BLIND,
    "request_property_all_of_annotation_only_added_base.yaml > "
    "request_property_all_of_annotation_only_added_revision.yaml": NOTHING,
    "request_property_any_of_ref_inline_enum_base.yaml > "
    "request_property_any_of_ref_inline_enum_revision.yaml": MEANING,
    "pattern-revision.yaml > pattern-base.yaml": IDLE,
}
OF_VERSIONS = {
    "adyen BalancePlatformAccountingNotification-{V}.yaml 1 > 3": FLIPPED,
    "adyen FundService-{V}.yaml 3 > 5": IMPLIED,
    "don openapi.json 1.0.0 > 1.0.0": REMOVED_PART,
    "maykin openapi.yaml 2.4.4 > 2.5.0": RENAMED,
    "open-meteo openapi.yml 1.0 > 1.0": BLIND,
}


@pytest.mark.parametrize(
    ("pairs", "explained"),
    [
        pytest.param(judging.pairs_of_tests, OF_TESTS, id="tests"),
        pytest.param(judging.pairs_of_versions, OF_VERSIONS, id="versions"),
    ],
)
def test_it_agrees_with_the_judge(pairs, explained) -> None:
    different, agreed = {}, 0
    for name, old, new in pairs():
        before, after = judging.read(old), judging.read(new)
        judged = judging.judged_places(old, new) if before and after else None
        if judged is None:
            continue
        ours = judging.breaking_places(before, after)
        if ours == judged:
            agreed += 1
        else:
            different[name] = {"ours": ours - judged, "judge": judged - ours}

    assert {
        name: places for name, places in different.items() if name not in explained
    } == {}
    assert agreed >= AT_LEAST * (agreed + len(different))
