import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ChoiceField } from "@/ui/ChoiceField";

/** The functions that approve a recommendation, one after another; the order is that of adding. */
export function ApproverFields({ value, onChange }: { value: string[]; onChange: (codes: string[]) => void }) {
  const { may } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const functions = api.useQuery(
    "get",
    "/api/v1/accounts/functions/",
    { params: { query: { page_size: 500 } } },
    { enabled: may("accounts.manage_roles") || may("accounts.view_rights"), staleTime: 60_000 },
  );
  const known = (functions.data?.results ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const names = new Map(known.map(({ value: code, label }) => [code, label]));
  const others = known.filter(({ value: code }) => !value.includes(code));

  return (
    <Stack gap="sm">
      <Text size="sm">
        Zatwierdzają jeden po drugim; każdy może zwrócić podział z powodem. Puste: podział od razu można rozstrzygnąć.
      </Text>
      <List type="ordered">
        {value.map((code) => (
          <List.Item key={code}>
            {names.get(code) ?? code}{" "}
            <Button
              variant="subtle"
              size="xs"
              color="danger"
              aria-label={`Usuń: ${names.get(code) ?? code}`}
              onClick={() => onChange(value.filter((one) => one !== code))}
            >
              Usuń
            </Button>
          </List.Item>
        ))}
      </List>
      <Group align="flex-end">
        <ChoiceField label="Następna funkcja" choices={others} value={chosen} onChange={setChosen} />
        <Button
          variant="default"
          disabled={chosen === null}
          onClick={() => {
            if (chosen !== null) {
              onChange([...value, chosen]);
              setChosen(null);
            }
          }}
        >
          Dodaj
        </Button>
      </Group>
    </Stack>
  );
}
