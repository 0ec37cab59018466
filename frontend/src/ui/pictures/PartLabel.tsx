import { TextLink } from "@/ui/TextLink";
import type { PicturePart } from "./pictures";

/** What a number counts, as a link to the list of just these where there is one. */
export const PartLabel = ({ part: { label, url } }: { part: PicturePart }) =>
  url === "" ? label : <TextLink to={url}>{label}</TextLink>;
