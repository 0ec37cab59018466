import { PasswordInput } from "@mantine/core";

interface NewPasswordFieldProps {
  value: string;
  onChange: (password: string) => void;
  error?: string;
}

/** Typed once: it can be looked at, and a letter helps whoever mistypes it. */
export function NewPasswordField({ value, onChange, error }: NewPasswordFieldProps) {
  return (
    <PasswordInput
      id="password"
      label="Nowe hasło"
      description="Co najmniej 8 znaków. Najlepiej kilka przypadkowych słów; nie imię, nie adres, nie „haslo123”."
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj nowe hasło", tabIndex: 0, "aria-hidden": false }}
      required
    />
  );
}
