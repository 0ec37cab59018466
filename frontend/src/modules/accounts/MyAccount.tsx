import { Alert, Stack } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { READING } from "@/ui/widths";
import { OwnAppearance } from "./OwnAppearance";
import { OwnEmail } from "./OwnEmail";
import { OwnFactors } from "./OwnFactors";
import { OwnNotifications } from "./OwnNotifications";
import { OwnPassword } from "./OwnPassword";
import { OwnRights } from "./OwnRights";
import { OwnSessions } from "./OwnSessions";
import { OwnSubstitute } from "./OwnSubstitute";
import { DetailsPanel } from "./PersonDetails";

/** What everybody keeps themselves: data, password, second factor, sessions, and who stands in for them. */
export function MyAccount() {
  const { may, modules, must_enrol } = useSession();
  const { data: account } = api.useSuspenseQuery("get", "/api/v1/accounts/account/", {});
  const [isEnrolling] = useState(must_enrol); // what stands where does not change while codes are shown
  const change = api.useMutation("patch", "/api/v1/accounts/account/", {
    onSuccess: () => {
      notifyDone("Zapisano dane.");
    },
  });

  return (
    <>
      <PageHeader title="Moje konto" description={account.email} />
      <Stack maw={READING}>
        {must_enrol && (
          <Alert color="caution" icon={<IconShieldLock aria-hidden />} title="Ustaw drugi składnik">
            Twoja rola wymaga, aby przy logowaniu oprócz hasła podać kod z telefonu albo użyć klucza. Zrób to teraz;
            potem odblokuje się reszta systemu.
          </Alert>
        )}
        {isEnrolling && <OwnFactors account={account} />}
        <DetailsPanel
          title="Dane"
          details={account}
          version={account.version}
          email={account.email}
          mayChange
          saving={change}
          save={(body, header) => change.mutateAsync({ params: { header }, body })}
        />
        <OwnPassword hasPassword={account.has_password} email={account.email} />
        <OwnEmail email={account.email} />
        {!isEnrolling && <OwnFactors account={account} />}
        {!must_enrol && modules.includes("notifications") && <OwnNotifications />}
        {may("accounts.appoint_substitute") && <OwnSubstitute />}
        <OwnAppearance />
        <OwnSessions />
        <OwnRights />
      </Stack>
    </>
  );
}
