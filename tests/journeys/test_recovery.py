"""The IT officer asks a second person to let a head back in, who has more rights."""

from playwright.sync_api import expect

from tests.journeys.people import (
    ADMIN,
    confirmed_by_operator,
    expect_settled_fit,
    expect_title,
    give_password,
    letter_to,
    newcomer,
)

HEAD = "dyrektor.sp7@example.org"
NEW = "dyrektor.sp7.nowy@example.org"


def test_a_stronger_person_is_let_back_in_by_two_and_roles_are_offered_as_far_as_they_go(
    installation, person, visitor
):
    office = installation.client(ADMIN)
    [account] = office.get(f"accounts/people/?search={HEAD}")["results"]
    roles = office.get("accounts/roles/?page_size=500")["results"]
    [officers] = [one["id"] for one in roles if one["name"] == "Informatyk"]
    officer = visitor()
    give_password(officer, newcomer(installation, "iwo", officers))
    expect_title(officer, "Co na mnie czeka")
    officer.goto(f"/accounts/people/{account['id']}")
    expect_title(officer, account["name"])
    expect(officer.get_by_role("button", name="Zmień adres e-mail")).to_have_count(0)
    officer.get_by_role("button", name="Poproś drugą osobę o zgodę").click()
    officer.get_by_label("Nowy adres e-mail").fill(NEW)
    expect_settled_fit(officer)
    officer.get_by_role("button", name="Wyślij prośbę").click()
    expect_title(officer, "Potwierdzenie drugiej osoby")
    for address in (HEAD, NEW):
        told = letter_to(installation.folder, address, "Bezpieczeństwo konta")
        assert "Iwo Nowy prosi drugą osobę o zgodę" in told

    officer.go_back()
    expect(officer.get_by_role("region", name="Czekają na drugą osobę")).to_be_visible()
    expect_settled_fit(officer)
    confirmed_by_operator(installation, officer, f"Nowy adres do logowania {NEW}")
    letter_to(installation.folder, NEW, "Potwierdź nowy adres")

    head = person(HEAD)
    head.goto("/accounts/assignments/new")
    role = head.get_by_label("Rola", exact=True)
    expect(role.get_by_role("option", name="Administrator miasta")).to_have_count(0)
    expect(role.get_by_role("option")).not_to_have_count(1)
    expect_settled_fit(head)
