"""A vendor's card on paper: a machine reads it, the PIN is elsewhere, and it looks like no sign."""

import pytest
from sqlmodel import select

from app.keys import pin_fits
from market.signs.drawing import SMALLEST_MODULE_MM, qr_matrix
from tests.own.coming_in import database_of, is_in, new_card, send, with_card
from tests.reading_paper import codes_of, texts_of
from vendors.keys.models import Card
from vendors.keys.numbers import in_groups

A6_WIDTH, A6_HEIGHT = 105, 148.5


def printed(app, folder, vendor="siltrasas"):
    """The PDF that the command writes."""
    out = folder / "card.pdf"
    result = app.test_cli_runner().invoke(args=["print", "vendor-card", vendor, str(out)])
    assert result.exit_code == 0, result.output
    return out.read_bytes()


def test_the_printed_card_lets_its_vendor_in(demo_app, tmp_path):
    pdf = printed(demo_app, tmp_path)
    (code,) = codes_of(pdf)
    address, _hash, number = code.text.partition("#")
    assert address == "https://tirgus.example/lv/ieiet"
    texts = [found.text for found in texts_of(pdf)]
    typed = "".join("".join(text.split()) for text in texts if len(text.split()) == 3)
    assert number in typed
    (pin,) = [text.replace(" ", "") for text in texts if text.replace(" ", "").isdigit()]
    phone = demo_app.test_client()
    assert send(phone, way="card", card=number, pin=pin).status_code == 303
    assert is_in(phone)
    with demo_app.app_context(), database_of(demo_app).reading() as session:
        card = session.exec(select(Card).where(Card.revoked_at == None)).one()  # noqa: E711
        assert pin_fits(card, pin)
        assert number not in card.model_dump_json()


def test_number_and_pin_lie_on_different_parts_to_be_cut_apart(demo_app, tmp_path):
    pdf = printed(demo_app, tmp_path)
    (code,) = codes_of(pdf)
    (pin,) = [one for one in texts_of(pdf) if one.text.replace(" ", "").isdigit()]
    assert code.box.right < A6_WIDTH < pin.box.left
    assert code.box.bottom < A6_HEIGHT
    side = code.box.right - code.box.left
    assert side / (len(qr_matrix(code.text)) - 8) >= SMALLEST_MODULE_MM


def test_the_card_says_what_it_is_and_carries_no_number_of_a_stall(demo_app, tmp_path):
    texts = [found.text for found in texts_of(printed(demo_app, tmp_path))]
    assert "Tirgotāja karte" in texts
    assert "Šī ir Jūsu atslēga. Nerādiet to citiem." in texts
    assert any(text.startswith("Nav galda zīme") for text in texts)
    assert "Dārzniecība „Siltrasas“" in texts
    with database_of(demo_app).reading() as session:
        from market.places.models import Stall

        stalls = set(session.exec(select(Stall.number)))
    assert stalls & set(texts) == set()


def test_printing_a_card_revokes_the_older_one_but_only_if_the_paper_is_there(demo_app, tmp_path):
    older = new_card(demo_app)
    phone = demo_app.test_client()
    with_card(phone, older)
    run = demo_app.test_cli_runner().invoke
    nowhere = tmp_path / "missing" / "card.pdf"
    assert run(args=["print", "vendor-card", "siltrasas", str(nowhere)]).exit_code == 1
    assert is_in(phone)
    printed(demo_app, tmp_path)
    assert not is_in(phone)


@pytest.mark.parametrize(
    "verb",
    [
        ["print", "vendor-card", "nobody", "x.pdf"],
        ["code", "nobody"],
        ["card", "issue", "nobody"],
        ["card", "revoke", "nobody"],
    ],
)
def test_nobody_gets_no_key(demo_app, verb):
    result = demo_app.test_cli_runner().invoke(args=verb)
    assert (result.exit_code, "nobody" in result.output) == (1, True)


def test_a_public_address_that_is_too_long_is_refused(demo_app, tmp_path):
    demo_app.config["PUBLIC_URL"] = f"https://{'a' * 60}.example"
    out = str(tmp_path / "card.pdf")
    result = demo_app.test_cli_runner().invoke(args=["print", "vendor-card", "siltrasas", out])
    assert result.exit_code == 1
    assert "PUBLIC_URL" in result.output


def test_the_command_shows_a_card_once_and_revokes_it(demo_app):
    run = demo_app.test_cli_runner().invoke
    said = run(args=["card", "issue", "siltrasas"]).output
    number = said.strip().rsplit("#", 1)[1]
    assert in_groups(number) in said
    pin = next(line for line in said.splitlines() if line.startswith("PIN")).split()[1]
    phone = demo_app.test_client()
    send(phone, way="card", card=number, pin=pin)
    assert is_in(phone)
    assert run(args=["card", "revoke", "siltrasas"]).exit_code == 0
    assert not is_in(phone)
