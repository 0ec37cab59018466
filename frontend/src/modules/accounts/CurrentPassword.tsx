import { PasswordInput } from "@mantine/core";

interface CurrentPasswordProps {
  id: string;
  value: string;
  onChange: (password: string) => void;
  error?: string;
}

/** Asked before what must not be done by somebody who only found the computer open. */
export function CurrentPassword({ id, value, onChange, error }: CurrentPasswordProps) {
  return (
    <PasswordInput
      id={id}
      label="Obecne hasło"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj obecne hasło", tabIndex: 0, "aria-hidden": false }}
      required
    />
  );
}
