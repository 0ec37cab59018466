import { Button, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconDownload } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { notifyDone, notifyRefused } from "@/ui/notify";
import type { Form } from "./nouns";

/** What may be done with a form besides editing it. */
export function FormMenu({ form }: { form: Pick<Form, "id" | "name" | "can" | "sheets"> }) {
  const navigate = useNavigate();
  const params = { path: { id: form.id } };
  const copy = api.useMutation("post", "/api/v1/forms/forms/{id}/copy/", {
    onSuccess: async ({ id, name }) => {
      await navigate(`/forms/forms/${id}`);
      notifyDone(`Utworzono kopię: ${name}.`);
    },
    onError: notifyRefused,
  });
  const shelved = {
    onSuccess: async ({ is_archived }: Form) => {
      await navigate("/forms/forms");
      notifyDone(is_archived ? "Przeniesiono do archiwum." : "Przywrócono z archiwum.");
    },
    onError: notifyRefused,
  };
  const archive = api.useMutation("post", "/api/v1/forms/forms/{id}/archive/", shelved);
  const restore = api.useMutation("post", "/api/v1/forms/forms/{id}/restore/", shelved);

  return (
    <Menu position="bottom-end" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots size={18} aria-hidden />} aria-label={`Więcej: ${form.name}`}>
          Więcej
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Więcej: ${form.name}`}>
        {(["xlsx", "json"] as const).map((kind) => (
          <Menu.Item
            key={kind}
            component="a"
            href={`/api/v1/forms/forms/${form.id}/export/?as=${kind}`}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Pobierz formularz ({kind})
          </Menu.Item>
        ))}
        {form.sheets > 0 && (
          <Menu.Item
            component="a"
            href={`/api/v1/forms/forms/${form.id}/answers/`}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Pobierz odpowiedzi (xlsx)
          </Menu.Item>
        )}
        {form.can.includes("copy") && (
          <Menu.Item
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => copy.mutate({ params, body: { name: "" } })}
          >
            Utwórz kopię
          </Menu.Item>
        )}
        {form.can.includes("archive") && (
          <Menu.Item leftSection={<IconArchive size={16} aria-hidden />} onClick={() => archive.mutate({ params })}>
            Przenieś do archiwum
          </Menu.Item>
        )}
        {form.can.includes("restore") && (
          <Menu.Item leftSection={<IconArchiveOff size={16} aria-hidden />} onClick={() => restore.mutate({ params })}>
            Przywróć z archiwum
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
