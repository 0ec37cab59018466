import { Button, type ButtonProps, Group, Stack, type StackProps } from "@mantine/core";
import type { ReactNode } from "react";
import type { Seen } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { OvertakenDialog } from "@/ui/OvertakenDialog";
import type { Edit } from "@/ui/useEdit";

interface EditFormProps<F> extends Pick<StackProps, "maw" | "gap"> {
  form: Edit<F>;
  /** Over what was refused: "Nie zapisano puli". */
  refused?: string;
  /** What tells of a refusal in place of the usual summary. */
  refusal?: ReactNode;
  /** The deed itself: "Zapisz", "Wyślij zaproszenie". Without it the form can only be read. */
  save: string | null;
  /** How the button of the deed differs from the usual one. */
  press?: ButtonProps & { "data-autofocus"?: boolean };
  /** Whether that button takes the whole line and stands alone, as on a page for signing in. */
  isWide?: boolean;
  isIncomplete?: boolean;
  /** Where "Anuluj" leads, or what it does; without it there is none. */
  cancel?: string | (() => void);
  cancelWord?: string;
  /** What stands beside the buttons: at the left alone, in front of them with `end`. */
  aside?: ReactNode;
  end?: ReactNode;
  /** `seen` is what the change says of the version that was seen. */
  onSave: (fields: F, seen: Seen) => void;
  children: ReactNode;
}

/** A form as it always is: what was refused above, the fields, its buttons below, and a question before it is lost. */
export function EditForm<F>(props: EditFormProps<F>) {
  const {
    form,
    refused,
    refusal,
    save,
    press,
    isWide,
    isIncomplete,
    cancel,
    cancelWord = "Anuluj",
    aside,
    end,
    onSave,
    children,
    ...layout
  } = props;
  const button = (
    <Button type="submit" loading={form.isSaving} disabled={isIncomplete} {...press}>
      {save}
    </Button>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // a dialog's form lies, for React, within the form that opened it
        form.submit(onSave);
      }}
    >
      {form.isUnsaved && (
        <LeaveGuard isNeeded title="Wyjść bez zapisania?">
          Zmiany nie są jeszcze zapisane; po wyjściu przepadną.
        </LeaveGuard>
      )}
      {form.overtaken && <OvertakenDialog isOpen {...form.overtaken} />}
      <Stack {...layout}>
        {refusal ?? <FormErrorSummary error={form.error} labels={form.labels} title={refused} />}
        {children}
        {isWide && button}
        {save !== null && !isWide && (
          <Group justify={aside ? "space-between" : "flex-end"}>
            {aside}
            <Group gap="xs" justify="flex-end">
              {end}
              {typeof cancel === "string" && (
                <ButtonLink to={cancel} variant="default">
                  {cancelWord}
                </ButtonLink>
              )}
              {typeof cancel === "function" && (
                <Button variant="default" onClick={cancel}>
                  {cancelWord}
                </Button>
              )}
              {button}
            </Group>
          </Group>
        )}
      </Stack>
    </form>
  );
}
