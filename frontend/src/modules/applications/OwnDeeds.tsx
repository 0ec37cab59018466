import { Button, Group, Menu } from "@mantine/core";
import { ButtonLink } from "@/ui/ButtonLink";
import { PrintButton } from "@/ui/filling/PrintButton";
import { notifyRefused } from "@/ui/notify";
import type { Opening, OwnApplication } from "./nouns";
import { useBegin } from "./useBegin";

const LOOK = { variant: "subtle", size: "compact-sm" } as const;

interface OwnDeedsProps {
  application: OwnApplication;
  openings: readonly Opening[];
}

/** What the applicant does from the list with one application; null where there is nothing. */
export function deedsOf({ application, openings }: OwnDeedsProps) {
  const { case: id, sheet, title, withdrawal } = application;
  const calls = copiedTo(application, openings);
  if (!sheet && !withdrawal) {
    return null;
  }
  return (
    <Group gap={4}>
      {sheet && <PrintButton sheet={sheet} about={title} {...LOOK} />}
      {calls.length > 0 && <CopyButton application={application} calls={calls} />}
      {withdrawal && (
        <ButtonLink
          to={`/procedures/cases/${id}?press=${withdrawal}`}
          aria-label={`Wycofaj: ${title}`}
          color="danger"
          {...LOOK}
        >
          Wycofaj
        </ButtonLink>
      )}
    </Group>
  );
}

/** Other calls of the same type in which its applicant may begin one now. */
const copiedTo = ({ call, procedure, sheet, unit, is_draft }: OwnApplication, openings: readonly Opening[]) =>
  openings.filter(
    (one) =>
      sheet !== null &&
      !is_draft &&
      one.procedure === procedure &&
      one.id !== call.id &&
      one.places.some((place) => place.may && place.unit === (unit?.id ?? null)),
  );

/** Begins a new one with the same answers; asks in which call, where there are several. */
function CopyButton({ application: { id, title, unit }, calls }: { application: OwnApplication; calls: Opening[] }) {
  const begin = useBegin(notifyRefused);
  const copy = (call: string) => begin.mutate({ body: { call, unit: unit?.id ?? null, title, copied_from: id } });
  const [only, ...others] = calls;
  const looks = { ...LOOK, loading: begin.isPending, "aria-label": `Skopiuj do nowego naboru: ${title}` };
  if (only && others.length === 0) {
    return (
      <Button {...looks} title={only.title} onClick={() => copy(only.id)}>
        Skopiuj do nowego naboru
      </Button>
    );
  }
  return (
    <Menu position="bottom-start" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button {...looks}>Skopiuj do nowego naboru…</Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Do którego naboru">
        {calls.map((call) => (
          <Menu.Item key={call.id} onClick={() => copy(call.id)}>
            {call.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
