import type { Tone } from "@/ui/StatusBadge";

/** One number of a picture: what it counts, in words, and the list of just these where there is one. */
export interface PicturePart {
  label: string;
  value: number;
  tone: Tone;
  url: string;
}

export const sumOf = (parts: readonly PicturePart[]): number => parts.reduce((sum, { value }) => sum + value, 0);

/** How wide a part is of so many, for CSS. */
export const shareOf = (value: number, all: number): string => `${all > 0 ? (100 * value) / all : 0}%`;
