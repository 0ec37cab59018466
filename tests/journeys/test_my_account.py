"""What a person keeps themselves, in a real browser."""

from playwright.sync_api import expect

from tests.journeys.people import expect_fit, give_password, newcomer


def test_each_person_chooses_how_news_comes_and_the_choice_stays(installation, visitor):
    who = newcomer(installation, "nina")
    page = visitor()
    give_password(page, who)
    expect(page.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()
    page.goto("/accounts/me")
    how = page.get_by_label("Jak powiadamiać: Nowa wiadomość")
    expect(how).to_have_value("at_once")
    expect(page.get_by_role("list", name="Powiadomienia: zawsze e-mailem")).to_be_visible()
    how.select_option(label="raz dziennie, w zbiorczym liście")
    expect(page.get_by_text("Nowa wiadomość: raz dziennie, w zbiorczym liście.")).to_be_visible()
    expect_fit(page)

    page.reload()

    expect(how).to_have_value("digest")
