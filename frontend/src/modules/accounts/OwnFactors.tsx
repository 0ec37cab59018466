import { Button, Group, Stack, Text } from "@mantine/core";
import { IconDeviceMobile, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import type { Schemas } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { formatDate, plural } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { FactorRemoval, RecoveryRenewal } from "./FactorDialogs";
import { KeySetup } from "./KeySetup";
import { RecoveryCodes } from "./RecoveryCodes";
import classes from "./Rows.module.css";
import { TotpSetup } from "./TotpSetup";

type Account = Schemas["OwnAccountOut"];

const KINDS: Record<string, string> = { totp: "Aplikacja z kodami", webauthn: "Klucz" };

/** The second factor: an app with codes, keys, and the codes for the day when both are lost. */
export function OwnFactors({ account }: { account: Account }) {
  const [setup, setSetup] = useState<"totp" | "key" | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const { factors, recovery_codes_left: left } = account;
  const hasApp = factors.some(({ kind }) => kind === "totp");

  const added = (fresh: readonly string[]) => {
    setSetup(null);
    setCodes(fresh);
  };

  return (
    <Panel
      title="Drugi składnik logowania"
      actions={
        factors.length > 0 ? (
          <StatusBadge tone="success">włączony</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">wyłączony</StatusBadge>
        )
      }
    >
      <Stack>
        <Text>
          Przy logowaniu oprócz hasła podasz kod z telefonu albo użyjesz klucza. Kto podejrzy lub wyłudzi samo hasło, i
          tak się nie zaloguje.
        </Text>
        {codes.length > 0 && <RecoveryCodes codes={codes} onDone={() => setCodes([])} />}
        {factors.length > 0 && (
          <ul className={classes.list} aria-label="Ustawione składniki">
            {factors.map((factor) => (
              <li key={factor.id} className={classes.row}>
                <div className={classes.what}>
                  <Text fw={600}>
                    {factor.kind === "totp" ? KINDS.totp : `${KINDS[factor.kind] ?? factor.kind}: ${factor.name}`}
                  </Text>
                  <Text size="sm" c="dimmed">
                    dodano {formatDate(factor.created_at)}
                    {factor.last_used_at ? `, użyto ${formatDate(factor.last_used_at)}` : ", jeszcze nie użyto"}
                  </Text>
                </div>
                <FactorRemoval factor={factor} isLast={factors.length === 1} />
              </li>
            ))}
            <li className={classes.row}>
              <div className={classes.what}>
                <Text fw={600}>Kody zapasowe</Text>
                <Text size="sm" c="dimmed">
                  {left === 0
                    ? "nie ma żadnego: utwórz nowe"
                    : `${left} ${plural(left, "niewykorzystany", "niewykorzystane", "niewykorzystanych")}`}
                </Text>
              </div>
              <RecoveryRenewal onCodes={added} />
            </li>
          </ul>
        )}
        {setup === "totp" && <TotpSetup onDone={added} onCancel={() => setSetup(null)} />}
        {setup === "key" && <KeySetup onDone={added} onCancel={() => setSetup(null)} />}
        {setup === null && codes.length === 0 && (
          <Group gap="xs">
            {!hasApp && (
              <Button
                variant={factors.length === 0 ? "filled" : "default"}
                leftSection={<IconDeviceMobile size={18} aria-hidden />}
                onClick={() => setSetup("totp")}
              >
                Dodaj aplikację z kodami
              </Button>
            )}
            {hasPasskeys() && (
              <Button variant="default" leftSection={<IconKey size={18} aria-hidden />} onClick={() => setSetup("key")}>
                Dodaj klucz
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
