import { Stack } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "@/api/session";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { READING } from "@/ui/widths";
import { SubstitutionForm } from "./SubstitutionForm";

/** A substitute for oneself, or for anybody where one may say so. */
export function SubstitutionNew() {
  const { may, person: actor } = useSession();
  const navigate = useNavigate();
  const [absent, setAbsent] = useState<ChosenPerson | null>(actor && { id: actor.id, name: actor.name });
  return (
    <>
      <PageHeader title="Nowe zastępstwo" back={{ to: "/accounts/substitutions", label: "Zastępstwa" }} />
      <Stack maw={READING}>
        <Panel title="Nieobecność">
          <Stack>
            {may("accounts.manage_roles") && (
              <PersonField label="Kogo nie będzie" value={absent} onChange={setAbsent} isRequired />
            )}
            <SubstitutionForm absent={absent} onDone={() => void navigate("/accounts/substitutions")} />
          </Stack>
        </Panel>
      </Stack>
    </>
  );
}
