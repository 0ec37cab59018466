import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { RichText } from "@/ui/filling/RichText";

const draw = (text: string) =>
  render(
    <MantineProvider>
      <RichText text={text} />
    </MantineProvider>,
  );

it("draws paragraphs, marks, lists and links", () => {
  draw("Wniosek **do 30 listopada**,\nnie *później*.\n\n- jeden\n- dwa\n\n1. raz\n\n[BIP](https://bip.example.org)");
  expect(screen.getByText("do 30 listopada").tagName).toBe("STRONG");
  expect(screen.getByText("później").tagName).toBe("EM");
  expect(screen.getAllByRole("list").map((list) => list.tagName)).toEqual(["UL", "OL"]);
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["jeden", "dwa", "raz"]);
  expect(screen.getByRole("link", { name: "BIP" })).toHaveAttribute("href", "https://bip.example.org");
});

it("takes neither HTML nor an address that runs something", () => {
  const { container } = draw("<img src=x onerror=alert(1)> [tu](javascript:alert(1))");
  expect(container.querySelector("img, a")).toBeNull();
  expect(container).toHaveTextContent("<img src=x onerror=alert(1)> [tu](javascript:alert(1))");
});
