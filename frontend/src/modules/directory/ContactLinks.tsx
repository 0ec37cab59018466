import { Anchor } from "@mantine/core";

export function MailLink({ address }: { address: string }) {
  return (
    <Anchor href={`mailto:${address}`} underline="always">
      {address}
    </Anchor>
  );
}

export function PhoneLink({ number }: { number: string }) {
  return (
    <Anchor style={{ whiteSpace: "nowrap" }} href={`tel:${number.replace(/[^+\d]/g, "")}`} underline="always">
      {number}
    </Anchor>
  );
}

/** The register gives addresses of sites with and without the scheme. */
export function WebLink({ address }: { address: string }) {
  return (
    <Anchor href={/^https?:\/\//i.test(address) ? address : `https://${address}`} underline="always" rel="noreferrer">
      {address}
    </Anchor>
  );
}
