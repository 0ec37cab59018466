import { screen } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { expect, it } from "vitest";
import { MoreFilters } from "@/ui/MoreFilters";

it("tells how many of the filters out of sight narrow the list", async () => {
  const { user } = renderAlone(
    <MoreFilters used={2}>
      <input aria-label="Rola" />
    </MoreFilters>,
  );
  const button = screen.getByRole("button", { name: "Filtry: 2 włączone" });
  expect(button).toHaveAttribute("aria-expanded", "false");
  await user.click(button);
  expect(button).toHaveAttribute("aria-expanded", "true");
  expect(document.getElementById(button.getAttribute("aria-controls") ?? "")).toContainElement(
    screen.getByLabelText("Rola"),
  );
});
