import { NativeSelect, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf, http, type Schemas, seen } from "@/api/client";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import classes from "./Rows.module.css";

const SETTINGS = "/api/v1/notifications/settings/";

type Setting = Schemas["NotificationSettingOut"];
type Channel = Schemas["ChannelEnum"];
type Choice = { kind: string; channel: Channel; version: string };

const CHANNELS: Record<Channel, string> = {
  at_once: "od razu e-mailem",
  digest: "raz dziennie, w zbiorczym liście",
  bell: "tylko pod dzwonkiem",
};

/** How each kind of news reaches the person who works. A choice counts at once; there is nothing to save. */
export function OwnNotifications() {
  const cache = useQueryClient();
  const settings = api.useQuery("get", SETTINGS, {});
  const choose = useMutation({
    mutationFn: async ({ version, ...body }: Choice) =>
      bodyOf(await http.PATCH(SETTINGS, { params: { header: seen(version) }, body })),
    onSuccess: (all, { kind, channel }) => {
      cache.setQueryData(api.queryOptions("get", SETTINGS, {}).queryKey, all);
      const label = all.find((one) => one.kind === kind)?.label ?? "Powiadomienie";
      notifyDone(`${label}: ${CHANNELS[channel]}.`);
    },
    onError: (error) => {
      notifyRefused(error);
      void settings.refetch();
    },
  });
  const chosen = settings.data?.filter(({ is_fixed }) => !is_fixed) ?? [];
  const fixed = settings.data?.filter(({ is_fixed }) => is_fixed) ?? [];
  const modules = [...new Map(chosen.map(({ module, module_label }) => [module, module_label]))];

  return (
    <Panel title="Powiadomienia">
      <Stack>
        <Text c="dimmed">
          Pod dzwonkiem u góry zobaczysz wszystko. Wybierz, o czym pisać też na Twoją skrzynkę; zbiorczy list wychodzi
          raz dziennie, rano.
        </Text>
        <ProblemAlert error={settings.error} retry={() => void settings.refetch()} />
        {settings.isPending && <Skeleton height={120} />}
        {modules.map(([module, label]) => (
          <div key={module}>
            <Title order={3}>{label}</Title>
            <ul className={classes.list} aria-label={`Powiadomienia: ${label}`}>
              {chosen
                .filter((setting) => setting.module === module)
                .map((setting) => (
                  <SettingRow
                    key={setting.kind}
                    setting={setting}
                    isSaving={choose.isPending && choose.variables.kind === setting.kind}
                    choose={(channel) => choose.mutate({ kind: setting.kind, channel, version: setting.version })}
                  />
                ))}
            </ul>
          </div>
        ))}
        {fixed.length > 0 && (
          <div>
            <Title order={3}>Zawsze e-mailem</Title>
            <ul className={classes.list} aria-label="Powiadomienia: zawsze e-mailem">
              {fixed.map((setting) => (
                <li key={setting.kind} className={classes.row}>
                  <Named setting={setting} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </Stack>
    </Panel>
  );
}

interface SettingRowProps {
  setting: Setting;
  isSaving: boolean;
  choose: (channel: Channel) => void;
}

function SettingRow({ setting, isSaving, choose }: SettingRowProps) {
  const channels = Object.keys(CHANNELS) as Channel[];
  return (
    <li className={classes.row}>
      <Named setting={setting} />
      <NativeSelect
        aria-label={`Jak powiadamiać: ${setting.label}`}
        w="17rem"
        maw="100%"
        value={setting.channel}
        disabled={isSaving}
        onChange={(event) => choose(event.currentTarget.value as Channel)}
        data={channels.map((channel) => ({ value: channel, label: CHANNELS[channel] }))}
      />
    </li>
  );
}

function Named({ setting: { label, sentence } }: { setting: Setting }) {
  return (
    <div className={classes.what}>
      <Text fw={600}>{label}</Text>
      <Text size="sm" c="dimmed">
        {sentence}
      </Text>
    </div>
  );
}
