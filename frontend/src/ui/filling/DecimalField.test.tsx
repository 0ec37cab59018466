import { screen } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { DecimalField } from "@/ui/filling/DecimalField";
import type { Answer } from "@/ui/filling/definition";
import { TableField } from "@/ui/filling/TableField";

const EMPTY = { choices: [], isRequired: false, help: "" };

function Amount({ told }: { told: (answer: Answer) => void }) {
  const [value, setValue] = useState<Answer>("3000.00");
  const change = (answer: Answer) => {
    setValue(answer);
    told(answer);
  };
  return <DecimalField {...EMPTY} id="a" type="money" label="Kwota" options={{}} value={value} onChange={change} />;
}

const COLUMNS = [
  { key: "ile", label: "Ile", type: "number" as const },
  { key: "kwota", label: "Kwota", type: "money" as const },
];

function Costs({ told }: { told: (answer: Answer) => void }) {
  const [value, setValue] = useState<Answer>([{ id: "w1", ile: "2", kwota: "3000.00" }]);
  const change = (answer: Answer) => {
    setValue(answer);
    told(answer);
  };
  return (
    <TableField
      {...EMPTY}
      path="koszty"
      type="table"
      label="Koszty"
      options={{ columns: COLUMNS }}
      value={value}
      onChange={change}
      drawn={{ is_visible: true, is_required: false, value: null, errors: [] } as never}
      refusals={[]}
    />
  );
}

it("replaces an amount that is entered with Tab and typed anew", async () => {
  const told = vi.fn();
  const { user } = renderAlone(<Amount told={told} />);
  expect(await screen.findByLabelText("Kwota")).toHaveValue("3\u00a0000,00");
  await user.tab();
  await user.keyboard("500");
  expect(told).toHaveBeenLastCalledWith("500");
  await user.tab();
  expect(screen.getByLabelText("Kwota")).toHaveValue("500,00");
});

it("replaces an amount that is clicked into and typed anew, and lets a second click put the caret", async () => {
  const told = vi.fn();
  const { user } = renderAlone(<Amount told={told} />);
  const field = await screen.findByLabelText<HTMLInputElement>("Kwota");
  await user.click(field);
  await user.keyboard("500");
  expect(told).toHaveBeenLastCalledWith("500");
  await user.click(field);
  await user.keyboard("0");
  expect(told).toHaveBeenLastCalledWith("5000");
});

it("takes a pasted amount as Poles write it, in place of what stood there", async () => {
  const told = vi.fn();
  const { user } = renderAlone(<Amount told={told} />);
  await user.click(await screen.findByLabelText("Kwota"));
  await user.paste("1 234,56 zł");
  expect(told).toHaveBeenLastCalledWith("1234.56");
  await user.tab();
  expect(screen.getByLabelText("Kwota")).toHaveValue("1\u00a0234,56");
});

it("replaces the numbers in the cells of a table too, by keyboard alone", async () => {
  const told = vi.fn();
  const { user } = renderAlone(<Costs told={told} />);
  await screen.findByLabelText("Kwota");
  await user.tab();
  await user.keyboard("7");
  await user.tab();
  await user.paste("1 234,56 zł");
  expect(told).toHaveBeenLastCalledWith([{ id: "w1", ile: "7", kwota: "1234.56" }]);
});
