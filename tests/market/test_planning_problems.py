"""Problems as files: what is read, what is refused by name, and what is planned all the same."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask

from market.planning.faults import BadProblem
from market.planning.problem import CLASSES, Festival, PlanningVendor, Problem
from market.planning.problem_file import problem_as_json
from market.planning.proposal import Cancelled, propose, propose_festival
from market.planning.reading import read_problem
from market.planning.writing import answer_as_json

DAY = {
    "day": "2027-07-17",
    "stalls": [
        {"id": f"A{place}", "row": "A", "position": place, "power_kw": 3.0} for place in range(1, 7)
    ],
    "gaps": [["A3", "A4"]],
    "categories": [{"id": "honey", "max_stalls": 2, "keep_apart": True}, {"id": "craft"}],
    "vendors": [
        {"id": "anna", "class": "season", "seniority": 1, "categories": ["honey"],
         "own_stalls": ["A1"], "wishes": ["A5"]},
        {"id": "juris", "class": "guest", "seniority": 2, "categories": ["craft"],
         "max_stalls": 2, "wishes": ["A2"]},
        {"id": "zane", "class": "guest", "seniority": 1, "categories": ["craft"], "wishes": ["A2"]},
    ],
    "pins": [],
    "previous": [],
}  # fmt: skip


def changed(**changes: object) -> dict[str, object]:
    """The day with other values; of a vendor's by its name: {"anna": {…}}."""
    day = deepcopy(DAY)
    for key, value in changes.items():
        known = [one for one in day["vendors"] if one["id"] == key]
        if known:
            known[0].update(value)
        else:
            day[key] = value
    return day


def plan_of(data: object) -> dict[str, tuple[str, ...]]:
    """Who has which stalls."""
    problem, _faults = read_problem(data)
    return {one.vendor: one.stalls for one in propose(problem).placements}


def test_an_example_of_the_rules_is_a_file_too_and_what_is_no_problem_is_refused():
    assert read_problem({"names": {"anna": "Anna"}, "problem": DAY}) == read_problem(DAY)
    with pytest.raises(BadProblem, match="not_a_problem"):
        read_problem({"hello": 1})


def test_stalls_go_round_before_wishes_and_wishes_by_the_order():
    """Two stalls of one vendor come before the wish of another, who then has what is left."""
    plan = plan_of(DAY)
    assert plan["anna"] == ("A5",)
    assert "A2" in plan["juris"]
    assert len(plan["juris"]) == 2
    plan = plan_of(changed(juris={"max_stalls": 1}))
    assert plan["zane"] == ("A2",)
    assert "A2" not in plan["juris"]


@pytest.mark.parametrize(
    ("data", "vendor", "code", "names"),
    [
        (changed(vendors=[*DAY["vendors"], {"id": "anna"}]), "anna", "duplicate_vendor", ["anna"]),
        (changed(zane={"wishes": ["Z9"]}), "zane", "unknown_stall", ["zane", "Z9"]),
        (changed(zane={"categories": ["wine"]}), "zane", "unknown_category", ["zane", "wine"]),
        (changed(zane={"class": "king"}), "zane", "unknown_class", ["zane", "king"]),
        (changed(anna={"own_stalls": ["A3", "A4"], "max_stalls": 2}), "anna",
         "own_not_neighbours", ["anna", "A3", "A4"]),
        (changed(anna={"own_stalls": ["A1", "A2"], "max_stalls": 1}), "anna",
         "own_over_maximum", ["anna", "A1", "A2"]),
        (changed(zane={"own_stalls": ["A1"]}), "zane", "own_claimed_twice", ["A1", "anna", "zane"]),
        (changed(zane={"own_stalls": ["A1"]}), "anna", "own_claimed_twice", ["A1", "anna", "zane"]),
        (changed(pins=[{"vendor": "zane", "stalls": ["A1", "A2"]}]), "zane",
         "pin_against_limit", ["zane", "A1", "A2"]),
        (changed(pins=[{"vendor": "zane", "stalls": ["A6"]}], zane={"needs": {"power_kw": 9}}),
         "zane", "pin_against_limit", ["zane", "A6"]),
        (changed(pins=[{"vendor": one, "stalls": ["A6"]} for one in ("zane", "juris")]),
         "juris", "pinned_twice", ["A6", "juris", "zane"]),
        (changed(pins=[{"vendor": "zane", "stalls": ["A6"]}, {"vendor": "zane", "stalls": ["A5"]}]),
         "zane", "pinned_twice", ["zane", "A6", "A5"]),
        (changed(anna={"min_stalls": 2, "max_stalls": 1}), "anna", "impossible_number", ["anna"]),
        (changed(anna={"min_stalls": 0}), "anna", "impossible_number", ["anna"]),
        (changed(zane={"needs": {"power_kw": "much"}}), "zane", "bad_number", ["zane"]),
        (changed(zane={"needs": {"width_m": -1}}), "zane", "bad_number", ["zane"]),
        (changed(zane={"seniority": None}), "zane", "bad_number", ["zane"]),
        (changed(vendors=[*DAY["vendors"], "x"]), "vendors[3]", "bad_number", ["vendors[3]"]),
    ],
)  # fmt: skip
def test_bad_data_of_one_vendor_is_named_and_the_others_are_planned(
    data: object, vendor: str, code: str, names: list[str]
):
    problem, faults = read_problem(data)
    assert (code, vendor) in [(one.code, one.vendor) for one in faults]
    answer = propose(problem)
    refused = {one.vendor: one.reason for one in answer.refused}
    assert refused[vendor].code == "bad_data"
    assert refused[vendor].facts == {"fault": code, "names": names}
    bad = {one for one, reason in refused.items() if reason.code == "bad_data"}
    everybody = {one.vendor for one in answer.placements} | set(refused)
    assert everybody == {one.id for one in problem.vendors}
    assert {one.vendor for one in answer.placements} == {"anna", "juris", "zane"} - bad


@pytest.mark.parametrize(
    ("data", "code", "names"),
    [
        ([], "not_a_problem", ()),
        (changed(stalls="many"), "not_a_problem", ("stalls",)),
        (changed(stalls=[{"id": "A1", "row": "A"}]), "not_a_problem", ("A1",)),
        (changed(stalls=[*DAY["stalls"], {"id": "A1", "row": "B", "position": 1}]),
         "duplicate_stall", ("A1",)),
        (changed(stalls=[*DAY["stalls"], {"id": "B1", "row": "A", "position": 1}]),
         "duplicate_place", ("A1", "B1")),
        (changed(stalls=[*DAY["stalls"],
                         {"id": "B1", "row": "B", "position": 1, "reserved_for": ["wine"]}]),
         "unknown_reserved_for", ("B1", "wine")),
        (changed(categories=[{"id": "honey"}, {"id": "craft"}, {"id": "honey"}]),
         "duplicate_category", ("honey",)),
        (changed(gaps=[["A1", "Z9"]]), "unknown_gap", ("A1", "Z9")),
        (changed(pins=[{"vendor": "nobody", "stalls": ["A1"]}]), "unknown_pinned",
         ("nobody", "A1")),
        (changed(previous=[{"vendor": "nobody", "stalls": ["A1"]}]), "unknown_previous",
         ("nobody", "A1")),
        ({"days": []}, "not_a_problem", ("days",)),
    ],
)  # fmt: skip
def test_a_bad_day_is_refused_with_the_names_concerned(
    data: object, code: str, names: tuple[str, ...]
):
    with pytest.raises(BadProblem) as refused:
        read_problem(data)
    assert [(one.code, one.names) for one in refused.value.faults] == [(code, names)]


def test_a_problem_written_and_read_again_is_the_same():
    problem, _faults = read_problem(changed(pins=[{"vendor": "zane", "stalls": ["A6"]}], calm=True))
    assert isinstance(problem, Problem)
    again, _faults = read_problem(json.loads(json.dumps(problem_as_json(problem))))
    assert again == problem


def test_the_order_of_a_file_decides_nothing():
    turned = changed(
        vendors=DAY["vendors"][::-1], stalls=DAY["stalls"][::-1], categories=DAY["categories"][::-1]
    )
    one, other = (answer_as_json(propose(read_problem(data)[0])) for data in (DAY, turned))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def test_a_festival_keeps_a_vendor_on_the_same_stall():
    second = changed(vendors=[one for one in DAY["vendors"] if one["id"] != "zane"])
    second["vendors"] = [
        one if one["id"] == "anna" else {**one, "max_stalls": 1, "wishes": []}
        for one in second["vendors"]
    ]
    first = changed(juris={"max_stalls": 1, "wishes": ["A6"]})
    festival, _faults = read_problem({"days": [first, second]})
    assert isinstance(festival, Festival)
    answers = propose_festival(festival)
    plans = [{one.vendor: one.stalls for one in answer.placements} for answer in answers]
    assert plans[0]["juris"] == plans[1]["juris"] == ("A6",)


def test_whoever_watches_can_cancel():
    seen = []
    with pytest.raises(Cancelled):
        propose(read_problem(DAY)[0], progress=lambda now: seen.append(now.aim) or len(seen) < 3)
    assert len(seen) == 3


def test_without_time_an_answer_says_that_it_is_not_complete():
    answer = propose(read_problem(DAY)[0], seconds=1e-9)
    assert not answer.complete
    assert len(answer.placements) + len(answer.refused) == 3
    assert all(aim.bound >= aim.value for aim in answer.aims if aim.better == "more")


def test_what_a_wish_would_cost_is_an_aim_that_gets_worse():
    vendors = [
        {"id": "long", "class": "guest", "seniority": 1, "min_stalls": 3, "max_stalls": 3},
        {"id": "short", "class": "guest", "seniority": 2, "wishes": ["A2"]},
        {"id": "late", "class": "guest", "seniority": 3, "wishes": []},
    ]
    stalls = DAY["stalls"][:4]
    answer = propose(read_problem(changed(vendors=vendors, stalls=stalls))[0])
    (short,) = (one for one in answer.placements if one.vendor == "short")
    assert short.stalls == ("A4",)
    assert [(one.stall, one.code) for one in short.reason.better] != []


@pytest.mark.parametrize("standing", CLASSES)
def test_every_class_has_its_place_in_the_order(standing: str):
    assert PlanningVendor("x", standing).order[0] == CLASSES.index(standing)


def test_flask_propose_writes_the_answer(demo_app: Flask, tmp_path: Path):
    problem, out = tmp_path / "problem.json", tmp_path / "answer.json"
    problem.write_text(json.dumps(DAY))
    runner = demo_app.test_cli_runner()
    result = runner.invoke(args=["propose", str(problem), "--out", str(out)])
    assert result.exit_code == 0, result.output
    answer = json.loads(out.read_text())
    assert {one["vendor"] for one in answer["placements"]} == {"anna", "juris", "zane"}
    assert all(one["reason"]["code"] for one in answer["placements"])
    assert all(aim["proven"] and aim["value"] == aim["bound"] for aim in answer["aims"])
    problem.write_text(json.dumps(changed(gaps=[["A1", "Z9"]])))
    result = runner.invoke(args=["propose", str(problem)])
    assert result.exit_code == 1
    assert "unknown_gap: A1, Z9" in result.output
