import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";

const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/;

/** While an amount is typed: whether the pot could give it. What cannot be checked is told, and is no yes. */
export function FitNote({ potId, amount }: { potId: string; amount: string }) {
  const [asked] = useDebouncedValue(amount, 300);
  const isAmount = AMOUNT.test(asked) && Number(asked) > 0;
  const { data, error } = api.useQuery(
    "get",
    "/api/v1/budget/pots/{id}/fit/",
    { params: { path: { id: potId }, query: { amount: asked } } },
    { enabled: isAmount, placeholderData: keepPreviousData, retry: false },
  );
  if (!isAmount) {
    return null;
  }
  if (error) {
    return (
      <Text size="sm" c="var(--opium-bad)" role="status">
        Nie można sprawdzić, czy kwota się zmieści. {asProblem(error).detail}
      </Text>
    );
  }
  return (
    <Text size="sm" c={data && !data.fits ? "var(--opium-bad)" : "dimmed"} role="status">
      {data?.sentence ?? ""}
    </Text>
  );
}
