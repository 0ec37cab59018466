import { type MantineColorScheme, Radio, Stack, useMantineColorScheme } from "@mantine/core";
import { Panel } from "@/ui/Panel";

const SCHEMES = [
  { value: "auto", label: "Tak jak w systemie", description: "Ciemny, gdy komputer albo telefon ma ciemny wygląd." },
  { value: "light", label: "Jasny", description: "" },
  { value: "dark", label: "Ciemny", description: "" },
] as const;

/** Light or dark screens; kept in this browser, since an office and a telephone differ. Paper is always white. */
export function OwnAppearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title="Wygląd">
      <Radio.Group
        label="Kolory ekranu"
        description="Wybór działa w tej przeglądarce. Wydruki są zawsze jasne."
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        <Stack gap="xs" mt="xs">
          {SCHEMES.map((one) => (
            <Radio key={one.value} value={one.value} label={one.label} description={one.description || undefined} />
          ))}
        </Stack>
      </Radio.Group>
    </Panel>
  );
}
