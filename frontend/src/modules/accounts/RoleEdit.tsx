import { Alert, Button, Checkbox, Stack, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, type Schemas, type Seen } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { type Saving, useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { PermissionChooser } from "./PermissionChooser";
import { ofRoles } from "./permissionSearch";
import { RoleOffer } from "./RoleOffer";

const LIST = "/accounts/roles";
const BACK = { to: LIST, label: "Role" };
const LABELS = { name: "Nazwa", description: "Opis", permissions: "Uprawnienia" };

type RoleFields = Required<Schemas["RoleInRequest"]>;

const EMPTY: RoleFields = { name: "", description: "", permissions: [], requires_mfa: false };

function useReturnToList() {
  const navigate = useNavigate();
  return async (message: string) => {
    await navigate(LIST);
    notifyDone(message);
  };
}

/** A new role, or a copy of the one named in the address. */
export function RoleNew() {
  const [params] = useSearchParams();
  const copied = params.get("copy");
  return copied ? <RoleCopy id={copied} /> : <NewRole title="Nowa rola" initial={EMPTY} keptAs="new" />;
}

function RoleCopy({ id }: { id: string }) {
  const { data: role } = api.useSuspenseQuery("get", "/api/v1/accounts/roles/{id}/", { params: { path: { id } } });
  const { description, permissions, requires_mfa } = role;
  return (
    <NewRole
      title={`Kopia roli: ${role.name}`}
      initial={{ name: `${role.name} (kopia)`, description, permissions, requires_mfa }}
      keptAs={`copy.${id}`}
    />
  );
}

function NewRole({ title, initial, keptAs }: { title: string; initial: RoleFields; keptAs: string }) {
  const leave = useReturnToList();
  const create = api.useMutation("post", "/api/v1/accounts/roles/");
  return (
    <>
      <PageHeader title={title} back={BACK} />
      <RoleForm
        initial={initial}
        keptAs={keptAs}
        saving={create}
        save={(body, forget) =>
          create.mutate(
            { body },
            {
              onSuccess: () => {
                forget();
                void leave("Utworzono rolę.");
              },
            },
          )
        }
      />
    </>
  );
}

export function RoleEdit() {
  const { id = "" } = useParams();
  const { may } = useSession();
  const params = { path: { id } };
  const leave = useReturnToList();
  const { data: role } = api.useSuspenseQuery("get", "/api/v1/accounts/roles/{id}/", { params });
  const change = api.useMutation("patch", "/api/v1/accounts/roles/{id}/");
  const remove = api.useMutation("delete", "/api/v1/accounts/roles/{id}/", {
    onSuccess: () => leave("Usunięto rolę."),
  });
  const [isAsked, question] = useDisclosure(false);
  const mayChange = may("accounts.manage_roles");
  const { data: groups } = api.useSuspenseQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });

  return (
    <>
      <PageHeader
        title={role.name}
        description={`Ma ją ${counted(role.holder_count, "osoba", "osoby", "osób")}.`}
        back={BACK}
        actions={
          <>
            <ButtonLink to={`/accounts/assignments?role=${role.id}&in_force=true`} variant="default">
              Kto ma tę rolę
            </ButtonLink>
            {mayChange && (
              <ButtonLink
                to={`/accounts/roles/new?copy=${role.id}`}
                variant="default"
                leftSection={<IconCopy size={18} aria-hidden />}
              >
                Kopiuj
              </ButtonLink>
            )}
          </>
        }
      />
      {mayChange && <RoleOffer role={role} groups={groups} />}
      <RoleForm
        key={role.id}
        initial={role}
        version={role.version}
        keptAs={role.id}
        holders={role.holder_count}
        saving={change}
        save={
          mayChange
            ? (body, forget, header) =>
                change.mutate(
                  { params: { ...params, header }, body },
                  {
                    onSuccess: () => {
                      forget();
                      void leave("Zapisano rolę. Zmiana działa od następnego kliknięcia osób, które ją mają.");
                    },
                  },
                )
            : undefined
        }
        actions={
          <Button variant="default" onClick={question.open}>
            Usuń rolę
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć rolę „${role.name}”?`}
        confirmLabel="Usuń rolę"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
        onClose={question.close}
      >
        Usunąć można tylko rolę, której nikt nie ma. Usuniętej roli nie da się przywrócić; wpisy w dzienniku zostają.
      </ConfirmDialog>
    </>
  );
}

interface RoleFormProps {
  initial: RoleFields;
  /** Under what name the unsaved fields are kept in this tab. */
  keptAs: string;
  holders?: number;
  saving: Saving;
  /** Absent for people who may only look. */
  save: ((role: RoleFields, forget: () => void, seen: Seen) => void) | undefined;
  version?: string;
  actions?: ReactNode;
}

const fieldsOf = ({ name, description, permissions, requires_mfa }: RoleFields): RoleFields => ({
  name,
  description,
  permissions,
  requires_mfa,
});

function RoleForm({ initial, version, keptAs, holders = 0, saving, save, actions }: RoleFormProps) {
  const { person } = useSession();
  const begin = fieldsOf(initial);
  const form = useEdit({ begin, version, labels: LABELS, saving: [saving], keptAs: `${person?.id}.role.${keptAs}` });
  const [wasKept] = useState(Object.keys(form.changes).length > 0);
  const { data: catalogue } = api.useSuspenseQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });

  return (
    <EditForm
      form={form}
      refused="Nie zapisano roli"
      maw={READING}
      save={save ? "Zapisz" : null}
      cancel={LIST}
      end={
        <>
          {holders > 0 && <span>Zmiana obejmie {counted(holders, "osobę", "osoby", "osób")}.</span>}
          {actions}
        </>
      }
      onSave={(fields, seen) =>
        save?.({ ...fields, name: fields.name.trim(), description: fields.description.trim() }, form.forget, seen)
      }
    >
      {wasKept && save && (
        <Alert color="gray" title="Wróciły niezapisane zmiany">
          Zmiany z poprzedniej wizyty na tej stronie czekają na zapisanie.{" "}
          <Button variant="default" size="compact-sm" onClick={form.reset}>
            Cofnij je
          </Button>
        </Alert>
      )}
      <Panel title="Nazwa i opis">
        <Stack>
          <TextInput {...form.input("name")} readOnly={!save} required />
          <Textarea
            {...form.input("description")}
            description="Jedno zdanie: kto ma mieć tę rolę."
            autosize
            minRows={1}
            maxLength={300}
            readOnly={!save}
          />
          <Checkbox
            label="Wymaga drugiego składnika"
            description="Kto ma tę rolę, przy logowaniu oprócz hasła podaje kod z telefonu albo używa klucza."
            {...form.check("requires_mfa")}
            disabled={!save}
          />
        </Stack>
      </Panel>
      <Panel title="Uprawnienia">
        <div id="permissions" tabIndex={-1}>
          <PermissionChooser
            groups={ofRoles(catalogue)}
            value={form.fields.permissions}
            onChange={(permissions) => form.set({ permissions })}
            isReadOnly={!save}
          />
        </div>
      </Panel>
    </EditForm>
  );
}
