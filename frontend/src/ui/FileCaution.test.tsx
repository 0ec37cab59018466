import { screen } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { expect, it } from "vitest";
import { FileCaution } from "@/ui/FileCaution";

it.each([
  ["Plan.XLSM", "ma makra"],
  ["stary.xls", "może mieć makra"],
  ["binarny.xlsb", "może mieć makra"],
  ["pismo.doc", "może mieć makra"],
  ["zdjecia.zip", "archiwum"],
  ["zdjecia.tar.7z", "archiwum"],
])("marks %s as a file that %s", (name, caution) => {
  renderAlone(<FileCaution name={name} />);
  expect(screen.getByText(caution)).toBeVisible();
});

it.each(["ankieta.xlsx", "pismo.docx", "skan.pdf", "zip", ""])("says nothing about %s", (name) => {
  renderAlone(<FileCaution name={name} />);
  expect(screen.queryByText(/makra|archiwum/)).not.toBeInTheDocument();
});
