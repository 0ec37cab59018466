import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SEES_RIGHTS } from "./accounts";
import { RightGroups } from "./RightGroups";

/** What the person who works may do, and which role gives it. */
export function OwnRights() {
  const { may } = useSession();
  const [isShown, setIsShown] = useState(false);
  const rights = api.useQuery("get", "/api/v1/accounts/rights/", {}, { enabled: isShown });
  return (
    <Panel
      title="Moje uprawnienia"
      actions={
        <Button variant="default" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          {isShown ? "Ukryj" : "Pokaż"}
        </Button>
      }
    >
      <Stack>
        <Text c="dimmed">
          Co możesz w systemie i która rola to daje. Czegoś brakuje? Poproś osobę, która prowadzi konta.
        </Text>
        {isShown && (
          <>
            <ProblemAlert error={rights.error} retry={() => void rights.refetch()} />
            {rights.isPending && <Skeleton height={80} />}
            {rights.data && <RightGroups rights={rights.data} linksToRoles={SEES_RIGHTS.some(may)} />}
          </>
        )}
      </Stack>
    </Panel>
  );
}
