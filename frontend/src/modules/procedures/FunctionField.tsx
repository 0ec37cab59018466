import { Button, Modal, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { TextLink } from "@/ui/TextLink";
import { UnreadChoices } from "@/ui/UnreadChoices";
import { useEdit } from "@/ui/useEdit";
import { APPLICANT, type Draft, keyFrom, type StageFunction } from "./draft";

const KEY = /^[a-z][a-z0-9_]{0,59}$/;
const FUNCTIONS = "/accounts/functions";

/** Functions that the city has bound to people, whose codes a definition can name. */
function useCityFunctions() {
  const { may } = useSession();
  const { data, error, refetch } = api.useQuery(
    "get",
    "/api/v1/accounts/functions/",
    { params: { query: { page_size: 500 } } },
    { enabled: may("accounts.manage_roles") || may("accounts.view_rights"), staleTime: 60_000 },
  );
  const functions: readonly StageFunction[] = (data?.results ?? [])
    .filter(({ code }) => KEY.test(code))
    .map(({ code, name }) => ({ key: code, name }));
  return { functions, error, retry: () => void refetch() };
}

interface FunctionFieldProps {
  id: string;
  label: string;
  description?: string;
  draft: Draft;
  value: string;
  /** The function by itself, and as a new one of the procedure when it was not among them. */
  onChange: (key: string, added: StageFunction | null) => void;
  error?: string;
  /** Without the applicant: the office's own functions. */
  isOffice?: boolean;
}

/** Who acts: a function of this procedure, one that the city has, or a new one. */
export function FunctionField(props: FunctionFieldProps) {
  const { id, label, description, draft, value, onChange, error, isOffice = false } = props;
  const [isNew, dialog] = useDisclosure(false);
  const { functions, error: unread, retry } = useCityFunctions();
  const city = functions.filter(({ key }) => draft.functions.every((one) => one.key !== key));
  const asChoice = ({ key, name }: StageFunction) => ({ value: key, label: name || key });

  const choose = (key: string | null) => onChange(key ?? "", city.find((one) => one.key === key) ?? null);

  return (
    <div>
      <ChoiceField
        id={id}
        label={label}
        description={description}
        choices={[
          ...(isOffice ? [] : [{ value: APPLICANT, label: "Wnioskodawca" }]),
          ...(draft.functions.length > 0 ? [{ group: "W tej procedurze", items: draft.functions.map(asChoice) }] : []),
          ...(city.length > 0 ? [{ group: "Inne funkcje w mieście", items: city.map(asChoice) }] : []),
        ]}
        value={value || null}
        onChange={choose}
        error={error}
      />
      <UnreadChoices label="Inne funkcje w mieście" error={unread} retry={retry} />
      <Button variant="subtle" size="compact-sm" mt={4} onClick={dialog.open}>
        Nowa funkcja…
      </Button>
      <NewFunction
        isOpen={isNew}
        onClose={dialog.close}
        taken={[APPLICANT, ...draft.functions.map(({ key }) => key), ...city.map(({ key }) => key)]}
        onAdd={(added) => {
          onChange(added.key, added);
          dialog.close();
        }}
      />
    </div>
  );
}

interface NewFunctionProps {
  isOpen: boolean;
  taken: readonly string[];
  onAdd: (added: StageFunction) => void;
  onClose: () => void;
}

function NewFunction({ isOpen, taken, onAdd, onClose }: NewFunctionProps) {
  const form = useEdit({ begin: { name: "" }, labels: { name: "Nazwa funkcji" } });
  return (
    <Modal opened={isOpen} onClose={onClose} title="Nowa funkcja">
      <EditForm
        form={form}
        save="Dodaj funkcję"
        isIncomplete={!form.fields.name.trim()}
        cancel={onClose}
        onSave={({ name }) => {
          onAdd({ key: keyFrom(name, taken, "funkcja"), name: name.trim() });
          form.reset();
        }}
      >
        <TextInput
          {...form.input("name")}
          description="Na przykład: Referent prowadzący, Komisja, Dyrektor wydziału."
          data-autofocus
          required
        />
        <Text size="sm">
          Kto pełni funkcję, wskazuje się w <TextLink to={FUNCTIONS}>funkcjach i zastępstwach</TextLink>. Procedurę da
          się opublikować, gdy ktoś ją pełni.
        </Text>
      </EditForm>
    </Modal>
  );
}
