import { Radio, Skeleton, Stack, Switch } from "@mantine/core";
import { api, type Schemas, seen } from "@/api/client";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";

const RULES = "/api/v1/accounts/sign-in-rules/";

type LostFactor = Schemas["LostFactorEnum"];

/** What holds for everybody of the city when they sign in. A choice counts at once; there is nothing to save. */
export function SignInRules() {
  const rules = api.useQuery("get", RULES, {});
  const change = api.useMutation("patch", RULES, {
    onSuccess: () => {
      notifyDone("Zapisano zasady logowania.");
    },
    onError: notifyRefused, // what stands there now is read again
  });
  const params = { header: seen(rules.data?.version ?? "") };
  return (
    <Panel title="Zasady logowania">
      <ProblemAlert error={rules.error} retry={() => void rules.refetch()} />
      {rules.isPending && <Skeleton height={120} />}
      {rules.data && (
        <Stack>
          <Radio.Group
            label="Kto ustawia nowe hasło, a nie ma już drugiego składnika"
            description="Sama skrzynka pocztowa nigdy nie wystarczy."
            value={rules.data.lost_factor}
            onChange={(value) => change.mutate({ params, body: { lost_factor: value as LostFactor } })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="recovery_code"
                disabled={change.isPending}
                label="Podaje kod zapasowy, a bez kodu czeka na decyzję osoby, która prowadzi konta"
              />
              <Radio
                value="administrator"
                disabled={change.isPending}
                label="Zawsze czeka na decyzję osoby, która prowadzi konta"
              />
            </Stack>
          </Radio.Group>
          <Switch
            label="Pisz do osób o logowaniu z nieznanego urządzenia"
            description="Każdy może wybrać w „Moje konto”, jak się o tym dowie."
            checked={rules.data.tells_new_devices}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ params, body: { tells_new_devices: event.currentTarget.checked } })}
          />
        </Stack>
      )}
    </Panel>
  );
}
